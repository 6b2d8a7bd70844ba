package org.scibert.training.calibration;

import org.scibert.training.evaluation.Ranking;

/** How a label's threshold is chosen on dev. */
public sealed interface ThresholdRule permits BestF1, FixedThreshold, TargetPrecision, TargetRecall {

    /** As {@link #parse} takes it. */
    String title();

    /**
     * Chooses.
     *
     * @param ranking of dev by the label's calibrated probability
     * @param confidence of bounds, in (0, 1)
     */
    ChosenThreshold choose(String label, Ranking ranking, double confidence);

    /**
     * @param given {@code best-f1}, {@code recall=SHARE}, {@code precision=SHARE}, or a probability
     * @throws IllegalArgumentException if it is none of these
     */
    static ThresholdRule parse(String given) {
        if (given.equals(BestF1.TITLE)) {
            return new BestF1();
        }
        int at = given.indexOf('=');
        try {
            double number = Double.parseDouble(given.substring(at + 1));
            switch (given.substring(0, Math.max(at, 0))) {
                case "":
                    return new FixedThreshold(number);
                case "recall":
                    return new TargetRecall(number);
                case "precision":
                    return new TargetPrecision(number);
                default:
                    throw unknown(given, null);
            }
        } catch (NumberFormatException e) {
            throw unknown(given, e);
        }
    }

    private static IllegalArgumentException unknown(String given, Throwable cause) {
        return new IllegalArgumentException(
                "a threshold rule is best-f1, recall=0.95, precision=0.80 or a probability such as 0.5; got \"%s\""
                        .formatted(given), cause);
    }
}
