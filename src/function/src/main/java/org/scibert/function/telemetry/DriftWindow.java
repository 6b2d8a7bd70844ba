package org.scibert.function.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.drift.DriftReference;
import org.scibert.drift.Psi;
import org.scibert.drift.TextFacts;

/**
 * The numbers of the last texts that a model classified, a fixed number of them, beside those of its dev texts. The
 * same texts in the same order give the same summary. Used by one thread at a time.
 */
public final class DriftWindow {
    private final int size;
    private final List<String> labels;
    private final boolean oneEach;
    private final boolean asks;
    private final Optional<DriftReference> dev;
    private final Deque<TextFacts> texts = new ArrayDeque<>();
    private final long[] labelled;
    private final long[] scores;
    private int asked;
    private int unsure;
    private int truncated;
    private long tokens;
    private long unknownTokens;

    /**
     * @param size texts that are kept
     * @param rule that decides
     * @param dev empty for a release that does not have it
     */
    DriftWindow(int size, DecisionRule rule, Optional<DriftReference> dev) {
        this.size = size;
        this.labels = rule.labels();
        this.oneEach = rule.task() != Task.MULTI_LABEL;
        this.asks = rule.review().isPresent();
        this.dev = dev;
        this.labelled = new long[labels.size()];
        this.scores = new long[dev.map(found -> found.scores().size()).orElse(0)];
    }

    /**
     * What the window shows; shares are in [0, 1], null while there is nothing to take a share of.
     *
     * @param window texts that it holds when it is full
     * @param texts that it holds now
     * @param labels share of the texts by the label given, in the rule's order; null for no texts
     * @param asked share of the texts that a person is asked about; null where the model never asks
     * @param unsure share of the texts less confident than nine of ten dev texts; null without dev's numbers
     * @param truncated share of the texts whose end was not read
     * @param unknownTokens share of the tokens read that are [UNK]
     * @param scorePsi {@link Psi} of the score's histogram; null until the window is full, and where dev has too few
     *     texts or none
     * @param labelPsi the same of the labels given; null for a multi-label model too
     * @param dev the same shares of the dev texts; null for a release without them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Summary(
            int window, int texts, Map<String, Double> labels, Double asked, Double unsure, Double truncated,
            Double unknownTokens, Double scorePsi, Double labelPsi, Dev dev) {

        /**
         * The shares of the dev texts.
         *
         * @param texts of dev
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Dev(
                int texts, Map<String, Double> labels, Double asked, Double truncated, Double unknownTokens) {}
    }

    List<String> labels() {
        return labels;
    }

    boolean asks() {
        return asks;
    }

    boolean hasDev() {
        return dev.isPresent();
    }

    void add(TextFacts text) {
        if (texts.size() == size) {
            count(texts.removeFirst(), -1);
        }
        texts.addLast(text);
        count(text, 1);
    }

    private void count(TextFacts text, int by) {
        for (int label : text.labels()) {
            labelled[label] += by;
        }
        if (dev.isPresent()) {
            scores[dev.get().bin(text.score())] += by;
            unsure += text.confidence() < dev.get().unsure() ? by : 0;
        }
        asked += text.asked() ? by : 0;
        truncated += text.truncated() ? by : 0;
        tokens += (long) by * text.tokens();
        unknownTokens += (long) by * text.unknownTokens();
    }

    Summary summary() {
        int n = texts.size();
        return new Summary(
                size, n, n == 0 ? null : shares(labelled, n), asks ? share(asked, n) : null,
                dev.isPresent() ? share(unsure, n) : null, share(truncated, n), share(unknownTokens, tokens),
                scorePsi(), labelPsi(), dev.map(this::devShares).orElse(null));
    }

    private Double scorePsi() {
        return n() < size || dev.isEmpty() || !dev.get().comparable(scores.length)
                ? null
                : Psi.of(histogram(dev.get().scores()), scores);
    }

    private Double labelPsi() {
        // Several labels of one text are not parts of one whole.
        return n() < size || !oneEach || dev.isEmpty() || !dev.get().comparable(labelled.length)
                ? null
                : Psi.of(labelled(dev.get()), labelled);
    }

    private Summary.Dev devShares(DriftReference found) {
        return new Summary.Dev(found.texts(), shares(labelled(found), found.texts()),
                asks ? share(found.asked(), found.texts()) : null, share(found.truncated(), found.texts()),
                share(found.unknownTokens(), found.tokens()));
    }

    private int n() {
        return texts.size();
    }

    private Map<String, Double> shares(long[] counts, int of) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int i = 0; i < counts.length; i++) {
            shares.put(labels.get(i), share(counts[i], of));
        }
        return Collections.unmodifiableMap(shares);
    }

    private static Double share(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }

    /** Dev's texts by label, in the rule's order. */
    private long[] labelled(DriftReference found) {
        return labels.stream().mapToLong(label -> found.labels().getOrDefault(label, 0)).toArray();
    }

    private static long[] histogram(Collection<Integer> counts) {
        return counts.stream().mapToLong(count -> count).toArray();
    }
}
