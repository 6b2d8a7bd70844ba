// How far a screening is: the hypergeometric test of Callaghan and Müller-Hansen (Systematic Reviews 9:273, 2020).

/**
 * The smallest p-value of "recall is below the target" over all points from which the rest of the order is taken for a
 * random sample of what was left there.
 *
 * @param decided booleans in the order in which the records were decided: whether each was included
 * @param total records, decided or not
 * @returns in [0, 1]; null where nothing was included or decided
 */
export function recallPValue(decided, total, target = 0.95) {
  const found = decided.filter(Boolean).length;
  if (found === 0 || decided.length === 0) return null;
  let smallest = 1;
  let drawn = 0; // relevant ones in the sample
  for (let size = 1; size <= decided.length; size += 1) {
    if (decided[decided.length - size]) drawn += 1;
    const population = total - (decided.length - size);
    // The fewest relevant ones in the population with which the recall so far is below the target.
    const relevant = Math.floor(found / target + 1 - (found - drawn));
    smallest = Math.min(smallest, hypergeometricCdf(drawn, population, relevant, size));
  }
  return smallest;
}

/** P(X ≤ k), X relevant ones among n drawn without replacement out of N, K of which are relevant. */
export function hypergeometricCdf(k, N, K, n) {
  if (K > N) return 0;
  let sum = 0;
  for (let i = Math.max(0, n - (N - K)); i <= Math.min(k, K, n); i += 1) {
    sum += Math.exp(choose(K, i) + choose(N - K, n - i) - choose(N, n));
  }
  return Math.min(1, sum);
}

function choose(n, k) {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const LOGS = [0];

function logFactorial(n) {
  while (LOGS.length <= n) LOGS.push(LOGS.at(-1) + Math.log(LOGS.length));
  return LOGS[n];
}
