// How far a screening is: the hypergeometric test of Callaghan and Müller-Hansen (Systematic Reviews 9:273, 2020), as
// the command line's screen-report computes it; both are tested with the same values.

/**
 * The smallest p-value of "recall is below the target" over all points from which the rest of the order is taken for a
 * random sample of what was left there.
 *
 * @param decided booleans in the order in which the records were decided: whether each was included
 * @param total records, decided or not
 * @returns in [0, 1]; null where nothing was decided
 */
export function recallPValue(decided, total, target = 0.95) {
  if (decided.length === 0) return null;
  const found = decided.filter(Boolean).length;
  const unseen = total - decided.length;
  // The fewest relevant ones among the unseen with which recall is below the target; 1e-9 is above a quotient's error.
  const missed = Math.floor(found / target + 1e-9) + 1 - found;
  let smallest = 1;
  let drawn = 0; // relevant ones in the sample
  for (let size = 1; size <= decided.length; size += 1) {
    if (decided[decided.length - size]) drawn += 1;
    // Between two relevant records the value falls with each that is taken in: only the last one counts.
    if (size === decided.length || decided[decided.length - size - 1]) {
      smallest = Math.min(smallest, atMost(drawn, unseen + size, drawn + missed, size));
    }
  }
  return smallest;
}

/** P(X ≤ k), X relevant ones among n drawn without replacement out of N, K of which are relevant. */
export function atMost(k, N, K, n) {
  if (K > N || k < n - (N - K)) return 0;
  if (k >= Math.min(K, n)) return 1;
  const below = k <= n * K / N;
  // The smaller tail, from its largest term on: the terms shrink, so that few of them make the sum.
  let i = below ? k : k + 1;
  let term = Math.exp(choose(K, i) + choose(N - K, n - i) - choose(N, n));
  let sum = 0;
  while (term > sum * 1e-17) {
    sum += term;
    if (below) {
      term *= (i * (N - K - n + i)) / ((K - i + 1) * (n - i + 1));
      i -= 1;
    } else {
      term *= ((K - i) * (n - i)) / ((i + 1) * (N - K - n + i + 1));
      i += 1;
    }
  }
  return Math.min(1, below ? sum : 1 - sum);
}

function choose(n, k) {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const LOGS = [0];
let lost = 0; // of the sum's last digits (Kahan)

function logFactorial(n) {
  while (LOGS.length <= n) {
    const add = Math.log(LOGS.length) - lost;
    const sum = LOGS.at(-1) + add;
    lost = sum - LOGS.at(-1) - add;
    LOGS.push(sum);
  }
  return LOGS[n];
}
