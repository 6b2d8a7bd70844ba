package org.scibert.function.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scibert.decision.Decision;
import org.scibert.io.Text;

/** What a trial has shown so far, in numbers, and whether that is enough to end it. Used by one thread at a time. */
final class TrialStatistics {
    /** Upper ends of the differences' bins but the last, which ends at 1. */
    private static final double[] BINS = {0.01, 0.05, 0.1, 0.25, 0.5};
    /** Requests of each model that latencies are taken from: the last ones. */
    private static final int LATENCIES = 256;
    private static final int LEAST_LATENCIES = 50;

    private final CandidateSettings limits;
    private int texts;
    private int errors;
    private int skipped;
    private int compared;
    private int agreed;
    private double difference;
    private final int[] differences = new int[BINS.length + 1];
    private final Latencies served = new Latencies();
    private final Latencies candidate = new Latencies();

    TrialStatistics(CandidateSettings limits) {
        this.limits = limits;
    }

    /**
     * A trial in numbers.
     *
     * @param texts that the candidate read: answered, or compared only
     * @param errors texts that it failed for; the model in service answered them
     * @param skipped texts that were not compared for want of time
     * @param compared texts that both models read
     * @param agreement share of these with the same labels; null for none
     * @param difference of the probabilities: the largest of any label, the mean over the texts; null for none
     * @param differences texts by that largest difference: up to 0.01, 0.05, 0.1, 0.25, 0.5 and 1
     * @param latencyRatio the candidate's median time for a token over the other's; null for too few requests
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Summary(
            int texts, int errors, int skipped, int compared, Double agreement, Double difference,
            List<Integer> differences, Double latencyRatio) {}

    /** The last times for a token, in nanoseconds. */
    private static final class Latencies {
        private final double[] nanos = new double[LATENCIES];
        private int count;

        void add(double value) {
            nanos[count++ % LATENCIES] = value;
        }

        boolean enough() {
            return count >= LEAST_LATENCIES;
        }

        double median() {
            double[] sorted = Arrays.copyOf(nanos, Math.min(count, LATENCIES));
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }

    void read(int more) {
        texts += more;
    }

    void failed(int more) {
        errors += more;
    }

    void skipped(int more) {
        skipped += more;
    }

    /** @param byCandidate which of the two took this long for these tokens */
    void took(boolean byCandidate, long nanos, int tokens) {
        (byCandidate ? candidate : served).add((double) nanos / tokens);
    }

    /** Counts two decisions on one text, and returns their difference. */
    double compare(Decision one, Decision other) {
        double largest = 0;
        for (String label : one.probabilities().keySet()) {
            largest = Math.max(largest, Math.abs(one.probabilities().get(label) - other.probabilities().get(label)));
        }
        compared++;
        agreed += one.chosen().equals(other.chosen()) ? 1 : 0;
        difference += largest;
        int bin = 0;
        while (bin < BINS.length && largest > BINS[bin]) {
            bin++;
        }
        differences[bin]++;
        return largest;
    }

    Summary summary() {
        return new Summary(
                texts, errors, skipped, compared, compared == 0 ? null : (double) agreed / compared,
                compared == 0 ? null : difference / compared, Arrays.stream(differences).boxed().toList(),
                latencyRatio());
    }

    /** Null for too few requests. */
    Double latencyRatio() {
        return candidate.enough() && served.enough() ? candidate.median() / served.median() : null;
    }

    /** Why the candidate is to be withdrawn; empty while it may stay. */
    Optional<String> against() {
        int tried = texts + errors;
        if (tried >= limits.texts() && errors > limits.mostErrors() * tried) {
            return Optional.of(Text.format("it failed for %d of %d texts, and may for a share of %s",
                    errors, tried, limits.mostErrors()));
        }
        if (compared >= limits.texts() && agreed < limits.leastAgreement() * compared) {
            return Optional.of(Text.format("it agrees on %d of %d texts, and must on a share of %s",
                    agreed, compared, limits.leastAgreement()));
        }
        Double ratio = tried < limits.texts() ? null : latencyRatio();
        if (ratio != null && ratio > limits.mostLatency()) {
            return Optional.of(Text.format("it takes %.2f times as long as the model in service, and may %s times",
                    ratio, limits.mostLatency()));
        }
        return Optional.empty();
    }
}
