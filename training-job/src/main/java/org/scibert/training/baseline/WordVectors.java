package org.scibert.training.baseline;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scibert.lexicon.TfIdf;

/**
 * The TF-IDF vectors of texts, with smoothed inverse document frequencies {@code ln((1 + N) / (1 + df)) + 1} of the
 * terms that two texts or more have: as scikit-learn's {@code TfidfVectorizer(min_df=2)}.
 *
 * @param texts of the rows, (N)
 */
record WordVectors(List<String> texts) implements Representation {
    private static final int LEAST_TEXTS = 2;

    @Override
    public Vectors learntFrom(int[] fitted) {
        TfIdf terms = learn(Arrays.stream(fitted).mapToObj(texts::get).toList());
        return new Vectors(texts.stream().map(terms::vector).toList(), terms.size());
    }

    /** Learns the terms that two texts or more have, in the order of the alphabet. */
    static TfIdf learn(Collection<String> texts) {
        Map<String, Integer> frequencies = new HashMap<>();
        texts.forEach(text -> new HashSet<>(TfIdf.terms(text))
                .forEach(term -> frequencies.merge(term, 1, Integer::sum)));
        frequencies.values().removeIf(count -> count < LEAST_TEXTS);
        TreeMap<String, Integer> sorted = new TreeMap<>(frequencies);
        float[] inverse = new float[sorted.size()];
        int column = 0;
        for (int count : sorted.values()) {
            inverse[column++] = (float) (StrictMath.log((1. + texts.size()) / (1. + count)) + 1);
        }
        return new TfIdf(List.copyOf(sorted.keySet()), inverse);
    }
}
