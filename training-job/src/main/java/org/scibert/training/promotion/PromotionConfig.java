package org.scibert.training.promotion;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.scibert.io.Text;

/**
 * When a new version takes the place of the one in service: if the lower bound of its advantage is at least
 * {@code −margin}.
 *
 * @param mode whether that decides
 * @param margin in points of the selection score, in [0, 1]; 0 asks for evidence that it is better, or for the same
 *     answers; with 0.02 it may turn out at most 2 points worse, which few rows often can't show of an equal
 * @param confidence one-sided, of the bound, in [0.5, 1); 0.5 is to go by the difference itself
 */
public record PromotionConfig(Mode mode, double margin, double confidence) {
    public static final double DEFAULT_CONFIDENCE = 0.95;
    public static final PromotionConfig DEFAULT = new PromotionConfig(Mode.GATE, 0, DEFAULT_CONFIDENCE);

    /** Whether the comparison decides. */
    public enum Mode {
        /** The comparison decides. */
        GATE,
        /** The new version goes in service however it compares. */
        ALWAYS,
        /** The new version is published only. */
        NEVER;

        @JsonValue
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PromotionConfig {
        if (!(margin >= 0 && margin <= 1)) {
            throw new IllegalArgumentException(
                    Text.format("margin must be points of the score in [0, 1], is %s; 0.02 is 2 points of 100",
                            margin));
        }
        if (!(confidence >= 0.5 && confidence < 1)) {
            throw new IllegalArgumentException(
                    Text.format("the promotion's confidence must be in [0.5, 1), is %s; %s is usual",
                            confidence, DEFAULT_CONFIDENCE));
        }
    }
}
