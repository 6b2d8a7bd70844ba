package org.scibert.training.evaluation;

import java.util.Optional;
import org.scibert.io.Text;
import org.scibert.training.rows.Split;

/**
 * The test for a collapsed model, which learned nothing: its logits are the same for all rows, or rank them no better
 * than chance.
 *
 * <p>Equal decisions for all rows are no collapse: before calibration, a rare label may stay below 0.5, or below
 * another class, in every row, and still be ranked well.
 */
public final class Collapse {
    /** Mean over the labels; 0.5 is chance. */
    private static final double TRIVIAL_ROC_AUC = 0.55;
    /** In probability, less than 0.00003 between the highest and the lowest row. */
    private static final double TRIVIAL_SPREAD = 1e-4;

    private Collapse() {}

    /**
     * Why a model collapsed; empty if it did not.
     *
     * @param split that {@code dev} is of, for the reason
     * @param dev measured, with every label
     * @param logits of dev before calibration, (N, C), row-major
     */
    public static Optional<String> in(Split split, Measurement dev, float[] logits) {
        double spread =
                spread(logits, logits.length / dev.metrics().rows(), dev.metrics() instanceof Metrics.MultiClass);
        if (spread < TRIVIAL_SPREAD) {
            return Optional.of(Text.format("its logits for %s differ by %.1e at most",
                    Text.count(dev.metrics().rows(), split + " row"), spread));
        }
        Double rocAuc = rocAuc(dev);
        return rocAuc != null && rocAuc < TRIVIAL_ROC_AUC
                ? Optional.of(Text.format("%s ROC-AUC is %.4f, and 0.5 is chance", split, rocAuc))
                : Optional.empty();
    }

    private static Double rocAuc(Measurement dev) {
        if (dev.metrics() instanceof Metrics.Binary binary) {
            return binary.rocAuc();
        }
        return dev.details() instanceof Details.MultiClass multiClass
                ? multiClass.rocAuc()
                : ((Details.MultiLabel) dev.details()).rocAuc();
    }

    /**
     * The largest distance of two rows' logits of the same output.
     *
     * @param relative whether only the differences of a row's logits count, as with softmax
     */
    private static double spread(float[] logits, int outputs, boolean relative) {
        double spread = 0;
        for (int c = 0; c < outputs; c++) {
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = c; i < logits.length; i += outputs) {
                double logit = logits[i] - (relative ? logits[i - c] : 0.);
                lowest = Math.min(lowest, logit);
                highest = Math.max(highest, logit);
            }
            spread = Math.max(spread, highest - lowest);
        }
        return spread;
    }
}
