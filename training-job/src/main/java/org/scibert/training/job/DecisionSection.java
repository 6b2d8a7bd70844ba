package org.scibert.training.job;

import java.util.Locale;
import org.scibert.training.calibration.FittedDecisions;

/** The model card's section on calibration, thresholds and review. */
final class DecisionSection {
    private DecisionSection() {}

    static String of(FittedDecisions decisions) {
        StringBuilder text = new StringBuilder("\n## Decisions\n\nBounds have a one-sided confidence of %s.\n\n"
                .formatted(decisions.confidence()));
        for (FittedDecisions.Line line : decisions.calibration()) {
            text.append(String.format(Locale.ROOT, "- Calibration%s: %s, z → %.4f z %+.4f%n",
                    line.label() == null ? "" : " of \"" + ModelCard.text(line.label()) + "\"",
                    line.method().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    line.slope(),
                    line.intercept()));
        }
        for (FittedDecisions.Threshold t : decisions.thresholds()) {
            text.append(String.format(Locale.ROOT,
                    "- \"%s\" is given from a calibrated probability of %.4f (%s); on dev: precision %.4f, recall %.4f%s%n",
                    ModelCard.text(t.label()), t.threshold(), t.rule(), t.precision(), t.recall(),
                    t.lowerBound() == null ? "" : String.format(Locale.ROOT, ", at least %.4f", t.lowerBound())));
        }
        if (decisions.review() != null) {
            text.append(review(decisions.review()));
        }
        decisions.notes().forEach(note -> text.append("- Note: ").append(note).append(".\n"));
        return text.toString();
    }

    private static String review(FittedDecisions.Band band) {
        return String.format(Locale.ROOT, "- A person is asked from %.4f to %.4f, so that at most %s of the rest is wrong;"
                        + " on dev: %d asked, %d excluded (%d wrongly), %d included (%d wrongly), share of wrong %.4f, at"
                        + " most %.4f%n",
                band.low(), band.high(), band.errorBudget(), band.asked(), band.excluded().rows(),
                band.excluded().wrong(), band.included().rows(), band.included().wrong(), band.decided().share(),
                band.decided().upperBound());
    }
}
