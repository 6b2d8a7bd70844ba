package org.scibert.training.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ReleaseWeights;
import org.scibert.io.Text;
import org.scibert.network.Precision;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * The precisions that a release carries, each measured on dev and test, and those that it may be served in: those that
 * lose no more than the tolerance of fp32's selection score on dev. The tolerance is no finer than dev: one row of N
 * may be answered otherwise, which moves a score by about 1/N. The function takes the fastest of them that its
 * processor has kernels for. The test rows are not chosen by.
 *
 * <p>The order of {@link Precision} tells which one is fastest, and not the latency measured; and the loss is measured
 * by the same rounding on every processor. So the same rows and seed make the same release, whichever machine makes it.
 *
 * @param served title of the precision that is fastest on a processor that has the kernels of all
 * @param within titles of all that lose no more than the tolerance, from the slowest
 * @param tolerance the most loss, in the selection score's unit, from 0
 * @param measured by the precision's title, from the slowest
 * @param notes why a precision is not carried
 */
public record Precisions(
        String served, List<String> within, double tolerance, Map<String, Measured> measured, List<String> notes) {
    /** A fifth of a point. */
    public static final double DEFAULT_TOLERANCE = 0.002;

    /** The number of texts timed. */
    private static final int TIMED = 16;

    /**
     * The cost and the scores of a precision.
     *
     * @param bytes of its weights file
     * @param millisPerText median of dev texts that are asked one at a time, on the machine of the job: to be compared
     *     with the other precisions' and nothing else
     * @param scoreLoss fp32's selection score less this one's, by split; below 0 where this one is better; none where
     *     the split does not define the score
     * @param splits metrics by split, decided as in fp32
     * @param layersIn16Bits linear layers that int8 leaves in 16 bits, by name; none in the other precisions
     */
    public record Measured(
            long bytes, double millisPerText, Map<Split, Double> scoreLoss, Map<Split, Metrics> splits,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> layersIn16Bits) {
        /** All linear layers in the precision. */
        public Measured(
                long bytes, double millisPerText, Map<Split, Double> scoreLoss, Map<Split, Metrics> splits) {
            this(bytes, millisPerText, scoreLoss, splits, Set.of());
        }
    }

    /** The precisions of {@link #within}. */
    public List<Precision> allowed() {
        return within.stream().map(Precision::ofTitle).toList();
    }

    /** A release's logits in one of its precisions. */
    @FunctionalInterface
    public interface Logits {
        /**
         * The logits of a split's rows.
         *
         * @param classifier with the release's weights in the precision
         * @return (N, C), row-major
         * @throws ArithmeticException if there are none in this precision
         */
        float[] of(Precision precision, Classifier classifier, Split split);
    }

    /**
     * Writes the reduced weights into the release's folder and measures them on the held-out splits.
     *
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     */
    public static Precisions of(
            Path release, Splits<Rows> splits, LabelSet labels, Assessment full, double tolerance,
            Runnable beforeBatch)
            throws IOException {
        return of(release, splits, labels, full, tolerance, (precision, classifier, split) ->
                ReleaseEvaluation.logits(splits.of(split), classifier, beforeBatch), beforeBatch);
    }

    /**
     * Writes the reduced weights into the release's folder and measures them by given answers.
     *
     * @param labels as the rows write them
     * @param full measured in fp32
     * @param tolerance of the loss; 1/N where it is less, N being the rows chosen by; 0 allows none whatever N is
     * @param logits of a precision on a held-out split, (N, C); throws ArithmeticException if one is not finite
     * @param beforeBatch runs before each forward pass that the 8-bit weights are calibrated by; ends the work by an
     *     exception
     */
    public static Precisions of(
            Path release, Splits<Rows> splits, LabelSet labels, Assessment full, double tolerance, Logits logits,
            Runnable beforeBatch)
            throws IOException {
        double mostLoss = mostLoss(tolerance, splits.of(splits.chosenBy()).size());
        Map<String, Measured> measured = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            try {
                Set<String> half = write(release, precision, splits, labels, full, mostLoss, logits, beforeBatch);
                measured.put(precision.title(), measure(release, precision, splits, labels, full, half, logits));
            } catch (ArithmeticException e) {
                if (!carries(measured.keySet(), ReleaseWeights.file(precision))) {
                    Files.delete(release.resolve(ReleaseWeights.file(precision)));
                }
                notes.add(Text.format("%s is left out: %s", precision.title(), e.getMessage()));
            }
        }
        List<String> within = within(measured, splits.chosenBy(), mostLoss);
        return new Precisions(within.get(within.size() - 1), within, mostLoss, measured, notes);
    }

    /** The tolerance, or one row's share of a score where that is more; none where the tolerance is 0. */
    static double mostLoss(double tolerance, int rows) {
        return tolerance == 0 ? 0 : Math.max(tolerance, 1. / rows);
    }

    /** Whether one of the precisions, named by title, is served from this file; fp16 and bf16 share theirs. */
    private static boolean carries(Set<String> titles, String file) {
        return titles.stream().anyMatch(title -> ReleaseWeights.file(Precision.ofTitle(title)).equals(file));
    }

    /**
     * Writes the weights of a precision. In a cross-validation the loss of the folds' models is that of all layers in 8
     * bits: no layers can be chosen by it.
     *
     * @return linear layers that are left in 16 bits
     */
    private static Set<String> write(
            Path release, Precision precision, Splits<Rows> splits, LabelSet labels, Assessment full, double mostLoss,
            Logits logits, Runnable beforeBatch)
            throws IOException {
        if (precision == Precision.INT8) {
            return new Int8Release(release, beforeBatch).write(
                    splits,
                    folder -> splits.crossValidated() ? 0 : devLoss(folder, splits, labels, full, logits),
                    mostLoss);
        }
        if (!Files.exists(release.resolve(ReleaseWeights.file(precision)))) { // fp16 and bf16 share theirs
            ReleaseWeights.reduce(release, precision);
        }
        return Set.of();
    }

    private static double devLoss(
            Path release, Splits<Rows> splits, LabelSet labels, Assessment full, Logits logits)
            throws IOException {
        try (Classifier classifier = Classifier.openExact(release, Precision.INT8)) {
            Splits<Rows> dev = new Splits<>(splits.train(), splits.dev());
            return losses(full, metrics(dev, labels, full, Precision.INT8, classifier, logits)).get(Split.DEV);
        }
    }

    /** @throws ArithmeticException if a logit is not finite in this precision */
    private static Measured measure(
            Path release, Precision precision, Splits<Rows> splits, LabelSet labels, Assessment full, Set<String> half,
            Logits logits)
            throws IOException {
        Map<Split, Metrics> metrics = full.metrics();
        if (precision != Precision.FP32) {
            try (Classifier classifier = Classifier.openExact(release, precision)) {
                metrics = metrics(splits, labels, full, precision, classifier, logits);
            }
        }
        long bytes = Files.size(release.resolve(ReleaseWeights.file(precision)));
        try (Classifier classifier = Classifier.open(release, precision)) {
            double millis = millisPerText(classifier, splits.dev().texts());
            return new Measured(bytes, millis, losses(full, metrics), metrics, half);
        }
    }

    private static Map<Split, Double> losses(Assessment full, Map<Split, Metrics> metrics) {
        Map<Split, Double> losses = new EnumMap<>(Split.class);
        metrics.forEach((split, found) -> {
            Metrics reference = full.metrics().get(split);
            if (reference.hasSelectionScore()) {
                losses.put(split, reference.selectionScore() - found.selectionScore());
            }
        });
        return losses;
    }

    private static Map<Split, Metrics> metrics(
            Splits<Rows> splits, LabelSet labels, Assessment full, Precision precision, Classifier classifier,
            Logits logits) {
        Map<Split, Metrics> metrics = new EnumMap<>(Split.class);
        splits.heldOut().forEach((split, rows) -> metrics.put(split, MeasuredSplit.of(
                        full.model().rule(), labels, rows, logits.of(precision, classifier, split))
                .metrics()));
        return metrics;
    }

    private static double millisPerText(Classifier classifier, List<String> texts) {
        List<String> timed = texts.subList(0, Math.min(TIMED, texts.size()));
        classifier.classify(timed); // first calls are slower
        double[] millis = timed.stream()
                .mapToDouble(text -> {
                    long start = System.nanoTime();
                    classifier.classify(List.of(text));
                    return (System.nanoTime() - start) / 1e6;
                })
                .sorted()
                .toArray();
        return Math.round(millis[millis.length / 2] * 100) / 100.;
    }

    /** @param measured from the slowest; the first, fp32, loses nothing */
    static List<String> within(Map<String, Measured> measured, Split chosenBy, double mostLoss) {
        return measured.entrySet().stream()
                .filter(found -> found.getValue().scoreLoss().get(chosenBy) <= mostLoss)
                .map(Map.Entry::getKey)
                .toList();
    }
}
