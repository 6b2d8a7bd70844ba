package org.scibert.training.promotion;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.scibert.release.Version;
import org.scibert.training.evaluation.PairedComparison;
import org.scibert.training.rows.Split;

/**
 * Whether a version was put in service, and why: {@code NAME/decisions/VERSION.json}.
 *
 * @param name the release's
 * @param version that was to go in service
 * @param current the version that was in service; null if none
 * @param decidedAt time of the decision, in whole seconds
 * @param mode whether the comparison decided
 * @param promoted whether {@code version} went in service
 * @param verdict the result of the comparison
 * @param reason the same in words, with the numbers
 * @param split that the versions were compared on
 * @param dataSha256 of the rows' file
 * @param margin in points of the score
 * @param comparison the numbers; null if there are none
 */
public record PromotionDecision(
        String name,
        Version version,
        Version current,
        Instant decidedAt,
        PromotionConfig.Mode mode,
        boolean promoted,
        Outcome verdict,
        String reason,
        Split split,
        String dataSha256,
        double margin,
        PairedComparison comparison) {

    /** The result of a comparison, and whether the new version goes in service. */
    public enum Outcome {
        /** No version was in service. */
        FIRST(true),
        /** The lower bound of the difference is above 0. */
        BETTER(true),
        /** The lower bound is at least minus the margin. */
        NOT_WORSE(true),
        /** Promotion was asked for whatever the comparison says. */
        ALWAYS(true),
        /** Promotion was ruled out whatever the comparison says. */
        NEVER(false),
        /** The lower bound is below minus the margin: worse, or too few rows to tell. */
        NOT_SHOWN(false),
        /** There are no numbers: other labels, no positives, or the version in service can't be opened. */
        NOT_COMPARABLE(false),
        /** Another version was put in service during the comparison. */
        OVERTAKEN(false);

        private final boolean promotes;

        Outcome(boolean promotes) {
            this.promotes = promotes;
        }

        /** Whether the version goes in service. */
        boolean promotes() {
            return promotes;
        }

        @JsonValue
        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
