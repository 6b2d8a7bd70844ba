package org.scibert.training.assessment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * The precisions that a release carries, each measured on dev and test, and the one that it is to be served in: the
 * fastest that loses no more than the tolerance of fp32's selection score on dev. The test rows are not chosen by.
 *
 * <p>The order of {@link Precision} tells which one is fastest, and not the latency measured: the function runs on
 * another machine, and the same rows and seed are to make the same model.
 *
 * @param served title of the precision that the function serves unless told otherwise
 * @param tolerance of the loss, in the selection score's unit, from 0
 * @param measured by the precision's title, from the slowest
 * @param notes why a precision is not carried
 */
public record Precisions(String served, double tolerance, Map<String, Measured> measured, List<String> notes) {
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
     * @param splits metrics by split, decided as in fp32. Rows are read in batches of similar length, which in int8
     *     share their scales
     */
    public record Measured(
            long bytes, double millisPerText, Map<Split, Double> scoreLoss, Map<Split, Metrics> splits) {}

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
                ReleaseEvaluation.logits(splits.of(split), classifier, beforeBatch));
    }

    /**
     * Writes the reduced weights into the release's folder and measures them by given answers.
     *
     * @param labels as the rows write them
     * @param full measured in fp32
     * @param logits of a precision on a held-out split, (N, C); throws ArithmeticException if one is not finite
     */
    public static Precisions of(
            Path release, Splits<Rows> splits, LabelSet labels, Assessment full, double tolerance, Logits logits)
            throws IOException {
        Map<String, Measured> measured = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            if (!precision.runsOn(System.getProperty("os.arch"))) {
                notes.add(precision.title() + " is left out: this processor does not have its kernels");
                continue;
            }
            if (precision != Precision.FP32) {
                ReleaseWeights.reduce(release, precision);
            }
            try {
                measured.put(precision.title(), measure(release, precision, splits, labels, full, logits));
            } catch (ArithmeticException e) {
                Files.delete(release.resolve(ReleaseWeights.file(precision)));
                notes.add(Text.format("%s is left out: %s", precision.title(), e.getMessage()));
            }
        }
        return new Precisions(fastest(measured, splits.chosenBy(), tolerance), tolerance, measured, notes);
    }

    /** @throws ArithmeticException if a logit is not finite in this precision */
    private static Measured measure(
            Path release, Precision precision, Splits<Rows> splits, LabelSet labels, Assessment full, Logits logits)
            throws IOException {
        try (Classifier classifier = Classifier.open(release, precision)) {
            Map<Split, Metrics> metrics =
                    precision == Precision.FP32 ? full.metrics() : metrics(splits, labels, full, precision, classifier, logits);
            Map<Split, Double> losses = new EnumMap<>(Split.class);
            full.metrics().forEach((split, reference) -> {
                if (reference.hasSelectionScore()) {
                    losses.put(split, reference.selectionScore() - metrics.get(split).selectionScore());
                }
            });
            long bytes = Files.size(release.resolve(ReleaseWeights.file(precision)));
            return new Measured(bytes, millisPerText(classifier, splits.dev().texts()), losses, metrics);
        }
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
    static String fastest(Map<String, Measured> measured, Split chosenBy, double tolerance) {
        return measured.entrySet().stream()
                .filter(found -> found.getValue().scoreLoss().get(chosenBy) <= tolerance)
                .map(Map.Entry::getKey)
                .reduce((slower, faster) -> faster)
                .orElseThrow();
    }
}
