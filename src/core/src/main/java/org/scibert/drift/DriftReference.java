package org.scibert.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.scibert.io.Json;
import org.scibert.io.Text;

/**
 * What a release found in its dev texts, for comparison with those that it is asked about: {@code drift.json}.
 *
 * @param texts of dev, N
 * @param labels texts by the label given, in the rule's order; a multi-label text counts for each of its labels
 * @param edges of the bins of the score, ascending: a score belongs to the bin whose number is that of the edges that
 *     it reaches. They are dev's deciles, fewer where dev has not {@value #LEAST_IN_BIN} texts for each bin or scores
 *     are the same
 * @param scores texts in each bin of the score, one bin more than edges
 * @param unsure the confidence that nine of ten dev texts reach
 * @param asked texts that a person would be asked about
 * @param truncated texts whose end was not read
 * @param tokens that were read, [CLS] and [SEP] left out
 * @param unknownTokens of these that are [UNK]
 */
public record DriftReference(
        int texts, Map<String, Integer> labels, List<Double> edges, List<Integer> scores, double unsure, int asked,
        int truncated, long tokens, long unknownTokens) {
    public static final String FILE = "drift.json";
    private static final int BINS = 10;
    /** With fewer, a histogram differs from its like by chance as much as by drift. */
    static final int LEAST_IN_BIN = 20;

    public DriftReference {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        edges = List.copyOf(edges);
        scores = List.copyOf(scores);
        if (texts < 1 || scores.size() != edges.size() + 1 || sum(scores) != texts) {
            throw new IllegalArgumentException(Text.format(
                    "%d texts, %d edges and a histogram of %d texts in %d bins don't go together",
                    texts, edges.size(), sum(scores), scores.size()));
        }
        for (int i = 1; i < edges.size(); i++) {
            if (!(edges.get(i - 1) < edges.get(i))) {
                throw new IllegalArgumentException("edges must rise, are " + edges);
            }
        }
    }

    /**
     * The reference of dev's texts.
     *
     * @param labels of the rule, in its order
     * @param dev at least one text
     */
    public static DriftReference of(List<String> labels, List<TextFacts> dev) {
        Map<String, Integer> given = new LinkedHashMap<>();
        for (int place = 0; place < labels.size(); place++) {
            int label = place;
            given.put(labels.get(place), (int) dev.stream()
                    .filter(text -> IntStream.of(text.labels()).anyMatch(l -> l == label)).count());
        }
        List<Double> edges = edges(dev.stream().mapToDouble(TextFacts::score).sorted().toArray());
        int[] counts = new int[edges.size() + 1];
        dev.forEach(text -> counts[bin(edges, text.score())]++);
        List<Integer> scores = new ArrayList<>();
        for (int count : counts) {
            scores.add(count);
        }
        double[] confidences = dev.stream().mapToDouble(TextFacts::confidence).sorted().toArray();
        return new DriftReference(dev.size(), given, edges, scores, confidences[confidences.length / BINS],
                (int) dev.stream().filter(TextFacts::asked).count(),
                (int) dev.stream().filter(TextFacts::truncated).count(),
                dev.stream().mapToLong(TextFacts::tokens).sum(),
                dev.stream().mapToLong(TextFacts::unknownTokens).sum());
    }

    /**
     * Reads drift.json.
     *
     * @throws JsonProcessingException if the bytes are not a reference
     */
    public static DriftReference read(byte[] json) throws JsonProcessingException {
        return Json.read(json, DriftReference.class);
    }

    /** The bytes of drift.json. */
    public byte[] toBytes() {
        return Json.write(this);
    }

    /** The bin of a score, from 0. */
    public int bin(double score) {
        return bin(edges, score);
    }

    /** Whether dev has texts enough for a histogram of this many bins to be compared with. */
    public boolean comparable(int bins) {
        return bins > 1 && texts >= bins * LEAST_IN_BIN;
    }

    private static int bin(List<Double> edges, double score) {
        int bin = 0;
        while (bin < edges.size() && score >= edges.get(bin)) {
            bin++;
        }
        return bin;
    }

    /** @param sorted scores, ascending */
    private static List<Double> edges(double[] sorted) {
        int bins = Math.max(1, Math.min(BINS, sorted.length / LEAST_IN_BIN));
        List<Double> edges = new ArrayList<>();
        double last = sorted[0]; // an edge there would leave the lowest bin empty
        for (int i = 1; i < bins; i++) {
            double edge = sorted[(int) ((long) i * sorted.length / bins)];
            if (edge > last) {
                edges.add(edge);
                last = edge;
            }
        }
        return edges;
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(count -> count).sum();
    }
}
