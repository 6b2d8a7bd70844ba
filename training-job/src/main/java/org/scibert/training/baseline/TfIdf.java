package org.scibert.training.baseline;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TF-IDF vectors of words and pairs of words: sublinear term frequencies {@code 1 + ln tf}, smoothed inverse document
 * frequencies {@code ln((1 + N) / (1 + df)) + 1}, vectors of length 1.
 *
 * <p>As scikit-learn's {@code TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)}: words of two characters
 * or more, in lower case.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting">the formulas</a>
 */
final class TfIdf {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]{2,}");
    private static final int LEAST_TEXTS = 2;

    /** Columns of the terms, from 0, in the order of the alphabet. */
    private final Map<String, Integer> columns;
    /** (V) */
    private final double[] inverseFrequencies;

    /**
     * A sparse vector.
     *
     * @param columns of the values, rising
     */
    record Vector(int[] columns, double[] values) {}

    private TfIdf(Map<String, Integer> columns, double[] inverseFrequencies) {
        this.columns = columns;
        this.inverseFrequencies = inverseFrequencies;
    }

    /** Learns the terms that two texts or more have. */
    static TfIdf of(List<String> texts) {
        Map<String, Integer> frequencies = new HashMap<>();
        texts.forEach(text -> terms(text).keySet().forEach(term -> frequencies.merge(term, 1, Integer::sum)));
        frequencies.values().removeIf(count -> count < LEAST_TEXTS);
        Map<String, Integer> columns = new HashMap<>();
        double[] inverse = new double[frequencies.size()];
        new TreeMap<>(frequencies).forEach((term, count) -> {
            inverse[columns.size()] = Math.log((1. + texts.size()) / (1. + count)) + 1;
            columns.put(term, columns.size());
        });
        return new TfIdf(columns, inverse);
    }

    /** V, the number of terms. */
    int size() {
        return inverseFrequencies.length;
    }

    /** The vector of a text; empty if no term of the text is known. */
    Vector vector(String text) {
        Map<Integer, Double> weights = new TreeMap<>();
        terms(text).forEach((term, count) -> {
            Integer column = columns.get(term);
            if (column != null) {
                weights.put(column, (1 + Math.log(count)) * inverseFrequencies[column]);
            }
        });
        double length = Math.sqrt(weights.values().stream().mapToDouble(w -> w * w).sum());
        return new Vector(
                weights.keySet().stream().mapToInt(Integer::intValue).toArray(),
                weights.values().stream().mapToDouble(w -> w / length).toArray());
    }

    /** The words and the pairs of neighbouring words of a text, with their counts. */
    private static Map<String, Integer> terms(String text) {
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        Map<String, Integer> counts = new HashMap<>();
        String previous = null;
        while (matcher.find()) {
            String word = matcher.group();
            counts.merge(word, 1, Integer::sum);
            if (previous != null) {
                counts.merge(previous + ' ' + word, 1, Integer::sum);
            }
            previous = word;
        }
        return counts;
    }
}
