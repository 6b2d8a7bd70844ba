package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ReleaseWeights;
import org.scibert.network.Precision;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * What a precision costs and gives.
 *
 * @param bytes of its weights file
 * @param millisPerText median of dev texts that are asked one at a time, on the machine of the job: to be compared with
 *     the other precisions' and nothing else
 * @param scoreLoss fp32's selection score less this one's, by split; below 0 where this one is better; none where the
 *     split does not define the score
 * @param splits metrics by split, decided as in fp32. Rows are read in batches of like length, which in int8 share
 *     their scales
 */
public record MeasuredPrecision(
        long bytes, double millisPerText, Map<Split, Double> scoreLoss, Map<Split, Metrics> splits) {
    /** Texts timed. */
    private static final int TIMED = 16;

    /** @throws ArithmeticException if a logit is not finite in this precision */
    static MeasuredPrecision of(Path release, Precision precision, Splits<Rows> splits, LabelSet labels, Assessment full)
            throws IOException {
        try (Classifier classifier = Classifier.open(release, precision)) {
            Map<Split, Metrics> measured =
                    precision == Precision.FP32 ? full.metrics() : metrics(splits, labels, full, classifier);
            Map<Split, Double> losses = new EnumMap<>(Split.class);
            full.metrics().forEach((split, metrics) -> {
                if (metrics.hasSelectionScore()) {
                    losses.put(split, metrics.selectionScore() - measured.get(split).selectionScore());
                }
            });
            long bytes = Files.size(release.resolve(ReleaseWeights.file(precision)));
            return new MeasuredPrecision(bytes, millisPerText(classifier, splits.dev().texts()), losses, measured);
        }
    }

    private static Map<Split, Metrics> metrics(Splits<Rows> splits, LabelSet labels, Assessment full, Classifier classifier) {
        Map<Split, Metrics> metrics = new EnumMap<>(Split.class);
        splits.heldOut().forEach((split, of) -> metrics.put(split, MeasuredSplit.of(
                full.model().rule(), labels, of, Measured.logits(of, classifier)).metrics()));
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
}
