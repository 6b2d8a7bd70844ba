package org.scibert.training.assessment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scibert.classifier.Classifier;
import org.scibert.decision.DecisionRule;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explainer;
import org.scibert.explain.Explanation.Method;
import org.scibert.explain.Explanation;
import org.scibert.explain.TextParts.TextPart;
import org.scibert.explain.TextParts;
import org.scibert.text.Encoding;
import org.scibert.text.TokenizedText;
import org.scibert.training.evaluation.MeanDifference;

/**
 * How faithful a release's explanations are to the model: what becomes of a label's probability when the words that an
 * explanation puts first are taken out of the text, or kept alone (ERASER; DeYoung et al. 2020), beside words in random
 * order.
 *
 * <p>Words are taken out, several at a time. Leave-one-out takes out each by itself, so this measure is nearer to it
 * than to the other methods of explaining; against random order that gives it nothing. The label is the one that the
 * text is given; its words are ordered by their contribution to it, those without one last.
 *
 * @param method that explained
 * @param precision that the network computed in
 * @param rows texts that were explained; those of a single word are left out
 * @param shares of a text's words that are taken out or kept, at least one word
 * @param comprehensiveness fall of the probability without these words; higher is better
 * @param sufficiency fall of the probability with these words alone; lower is better
 * @param betterThanRandom whether comprehensiveness is above that of random order by its interval
 * @param seed of the rows' choice and the random orders
 * @param seconds that the measurement took on the machine of the job
 */
public record Faithfulness(
        Method method,
        String precision,
        int rows,
        List<Double> shares,
        Erasure comprehensiveness,
        Erasure sufficiency,
        boolean betterThanRandom,
        long seed,
        double seconds) {
    /** The most rows that are worth their time: the interval hardly narrows with more. */
    public static final int MOST_ROWS = 200;

    private static final List<Double> SHARES = List.of(0.01, 0.05, 0.1, 0.2, 0.5);
    private static final long SEED = 42;

    /**
     * A measure of erasure, in probability, for words in the explanation's order and in random order.
     *
     * @param aopc mean over shares and rows (area over the perturbation curve)
     * @param random the same for random order
     * @param difference {@code aopc − random}, paired by row
     * @param byShare mean over the rows for each share
     * @param randomByShare the same for random order
     */
    public record Erasure(
            double aopc,
            double random,
            MeanDifference difference,
            List<Double> byShare,
            List<Double> randomByShare) {

        /** @param found falls of the rows by share, each (shares) */
        static Erasure of(List<Falls> found, ToDoubleFunction<double[]> mean, boolean without) {
            List<double[]> ordered = found.stream().map(row -> without ? row.without : row.only).toList();
            List<double[]> random = found.stream().map(row -> without ? row.randomWithout : row.randomOnly).toList();
            double[] differences = IntStream.range(0, found.size())
                    .mapToDouble(i -> mean.applyAsDouble(ordered.get(i)) - mean.applyAsDouble(random.get(i)))
                    .toArray();
            return new Erasure(
                    ordered.stream().mapToDouble(mean).average().orElseThrow(),
                    random.stream().mapToDouble(mean).average().orElseThrow(),
                    MeanDifference.of(differences),
                    byShare(ordered),
                    byShare(random));
        }

        private static List<Double> byShare(List<double[]> rows) {
            return IntStream.range(0, SHARES.size())
                    .mapToObj(s -> rows.stream().mapToDouble(row -> row[s]).average().orElseThrow())
                    .toList();
        }
    }

    /** Falls of one text's probability by share of words, (shares) each. */
    private record Falls(double[] without, double[] only, double[] randomWithout, double[] randomOnly) {}

    /**
     * Explains texts and takes their words out.
     *
     * @param texts to choose rows from
     * @param rows most texts that are explained, at least 1
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     * @return empty if no text has two words
     */
    public static Optional<Faithfulness> of(
            Classifier classifier, List<String> texts, int rows, Method method, Runnable beforeBatch) {
        long start = System.nanoTime();
        Random random = new Random(SEED);
        List<Falls> found = new ArrayList<>();
        for (String text : chosen(texts, rows, random)) {
            TokenizedText tokens = classifier.tokenize(text);
            List<TextPart> words = TextParts.words(text, tokens);
            if (words.size() > 1) {
                found.add(falls(classifier, text, tokens, words, method, random, beforeBatch));
            }
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ToDoubleFunction<double[]> mean = falls -> Arrays.stream(falls).average().orElseThrow();
        Erasure comprehensiveness = Erasure.of(found, mean, true);
        return Optional.of(new Faithfulness(
                method, classifier.precision().title(), found.size(), SHARES,
                comprehensiveness, Erasure.of(found, mean, false),
                comprehensiveness.difference().isPositive(), SEED,
                Math.round((System.nanoTime() - start) / 1e8) / 10.));
    }

    /** Some texts, in their order. */
    private static List<String> chosen(List<String> texts, int rows, Random random) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(rows, all.size())).stream().sorted().map(texts::get).toList();
    }

    private static Falls falls(
            Classifier classifier, String text, TokenizedText tokens, List<TextPart> words, Method method,
            Random random, Runnable beforeBatch) {
        Explanation explanation = new Explainer(classifier)
                .explain(text, tokens, new Question(Optional.empty(), method), beforeBatch);
        Map<Integer, Double> contributions = new HashMap<>();
        explanation.words().forEach(word -> contributions.put(word.start(), word.contribution()));
        List<TextPart> ordered = words.stream()
                .sorted(Comparator.comparingDouble(
                        word -> -contributions.getOrDefault(word.start(), Double.NEGATIVE_INFINITY)))
                .toList();
        List<TextPart> shuffled = new ArrayList<>(words);
        Collections.shuffle(shuffled, random);

        int[] counts = SHARES.stream().mapToInt(share -> (int) Math.ceil(share * words.size())).toArray();
        List<Encoding> erased = new ArrayList<>(List.of(tokens.encoding()));
        List<String> texts = new ArrayList<>(List.of(text)); // the same, for a lexicon
        for (List<TextPart> order : List.of(ordered, shuffled)) {
            for (int count : Arrays.stream(counts).distinct().toArray()) {
                List<TextPart> first = order.subList(0, count).stream()
                        .sorted(Comparator.comparingInt(TextPart::start))
                        .toList();
                erased.add(kept(tokens.encoding(), first, false));
                texts.add(without(text, first));
                erased.add(kept(tokens.encoding(), first, true));
                texts.add(first.stream()
                        .map(word -> text.substring(word.start(), word.end()))
                        .collect(Collectors.joining(" ")));
            }
        }
        DecisionRule rule = classifier.config().rule();
        double[] p = classifier.blended(texts, classifier.logits(erased, beforeBatch)).stream()
                .mapToDouble(logits -> rule.decide(logits).probabilities().get(explanation.label()))
                .toArray();

        int distinct = (p.length - 1) / 4;
        double[][] falls = new double[4][counts.length];
        for (int order = 0; order < 2; order++) {
            for (int s = 0, d = 0; s < counts.length; s++) {
                d += s > 0 && counts[s] != counts[s - 1] ? 1 : 0;
                int at = 1 + 2 * (order * distinct + d);
                falls[2 * order][s] = p[0] - p[at];
                falls[2 * order + 1][s] = p[0] - p[at + 1];
            }
        }
        return new Falls(falls[0], falls[1], falls[2], falls[3]);
    }

    private static String without(String text, List<TextPart> words) {
        StringBuilder left = new StringBuilder();
        int at = 0;
        for (TextPart word : words) {
            left.append(text, at, word.start());
            at = word.end();
        }
        return left.append(text, at, text.length()).toString();
    }

    /** The encoding with some words alone, or without them; [CLS] and [SEP] stay. */
    private static Encoding kept(Encoding whole, List<TextPart> words, boolean keep) {
        int last = whole.used() - 1;
        Set<Integer> tokens = words.stream().flatMap(word -> word.tokens().stream()).collect(Collectors.toSet());
        int[] ids = IntStream.rangeClosed(0, last)
                .filter(i -> i == 0 || i == last || tokens.contains(i) == keep)
                .map(i -> whole.inputIds()[i])
                .toArray();
        return new Encoding(ids, ids.length);
    }
}
