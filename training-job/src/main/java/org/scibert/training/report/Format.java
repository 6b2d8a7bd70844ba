package org.scibert.training.report;

import java.math.BigDecimal;
import java.math.MathContext;
import org.scibert.io.Text;
import org.scibert.training.evaluation.Details.Interval;

/** The format of numbers in the report; "–" for a number that is not defined. */
final class Format {
    static final String NONE = "–";

    private Format() {}

    static String score(Number value) {
        return value == null ? NONE : Text.format("%.4f", value.doubleValue());
    }

    static String interval(Interval interval) {
        return interval == null ? NONE : Text.format("%.3f to %.3f", interval.low(), interval.high());
    }

    static String percent(double share) {
        return Text.format("%.1f %%", 100 * share);
    }

    /** At most four significant digits. */
    static String compact(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        double size = Math.abs(value);
        boolean plain = size == 0 || (size >= 1e-4 && size < 1e7);
        return plain ? rounded.toPlainString() : Text.format("%.2e", value);
    }
}
