package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.ReleaseWeights;
import org.scibert.network.Precision;
import org.scibert.training.report.PrecisionSummary;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * The precisions that a release carries, each measured on dev and test, and the one that it is to be served in: the
 * fastest that loses no more than the tolerance of fp32's selection score on dev. The test rows are not chosen by.
 *
 * <p>Which one is fastest goes by the order of {@link Precision} and not by the latency measured: the function runs on
 * another machine, and the same rows and seed are to make the same model.
 *
 * @param served title of the one that the function serves unless told otherwise
 * @param tolerance of the loss, in the selection score's unit, from 0
 * @param measured by the precision's title, from the slowest
 * @param notes why a precision is not carried
 */
public record Precisions(
        String served, double tolerance, Map<String, MeasuredPrecision> measured, List<String> notes) {
    /** A fifth of a point. */
    public static final double DEFAULT_TOLERANCE = 0.002;

    /** Writes the reduced weights into the release's folder and measures them. */
    static Precisions of(Path release, Splits<Rows> splits, LabelSet labels, Assessment full, double tolerance) throws IOException {
        Map<String, MeasuredPrecision> measured = new LinkedHashMap<>();
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
                measured.put(precision.title(), MeasuredPrecision.of(release, precision, splits, labels, full));
            } catch (ArithmeticException e) {
                Files.delete(release.resolve(ReleaseWeights.file(precision)));
                notes.add("%s is left out: %s".formatted(precision.title(), e.getMessage()));
            }
        }
        return new Precisions(fastest(measured, tolerance), tolerance, measured, notes);
    }

    PrecisionSummary forReport() {
        return new PrecisionSummary(served, tolerance, measured.entrySet().stream()
                .map(found -> new PrecisionSummary.Row(
                        found.getKey(), found.getValue().bytes(), found.getValue().millisPerText(),
                        found.getValue().scoreLoss()))
                .toList(), notes);
    }

    /** @param measured from the slowest; the first, fp32, loses nothing */
    static String fastest(Map<String, MeasuredPrecision> measured, double tolerance) {
        return measured.entrySet().stream()
                .filter(found -> found.getValue().scoreLoss().get(Split.DEV) <= tolerance)
                .map(Map.Entry::getKey)
                .reduce((slower, faster) -> faster)
                .orElseThrow();
    }
}
