package org.scibert.training.job;

import java.util.Locale;
import java.util.Map;
import org.scibert.training.rows.Split;

/** The model card's section on precisions. */
final class PrecisionSection {
    private PrecisionSection() {}

    static String of(Precisions precisions) {
        StringBuilder text = new StringBuilder("""

                ## Precisions

                Served in %s unless told otherwise: the fastest whose selection score on dev is at most %s below fp32's.
                Milliseconds are the median of one text at a time, on the machine that trained. In int8 the texts of a
                batch share their scales, so that an answer depends a little on what is asked beside it.

                | precision | MB | ms a text | loss of score on dev | on test |
                |---|---|---|---|---|
                """.formatted(precisions.served(), precisions.tolerance()));
        precisions.measured().forEach((title, measured) -> text.append(String.format(Locale.ROOT,
                "| %s | %.1f | %.2f | %s | %s |%n", title, measured.bytes() / 1e6, measured.millisPerText(),
                loss(measured.scoreLoss(), Split.DEV), loss(measured.scoreLoss(), Split.TEST))));
        precisions.notes().forEach(note -> text.append("\n- Note: ").append(note).append(".\n"));
        return text.toString();
    }

    private static String loss(Map<Split, Double> losses, Split split) {
        return losses.containsKey(split) ? String.format(Locale.ROOT, "%+.4f", losses.get(split)) : "";
    }
}
