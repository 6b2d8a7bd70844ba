package org.scibert.training.promotion;

/**
 * When a new version takes the place of the one in service: if the lower bound of its advantage is at least
 * {@code −margin}.
 *
 * @param mode whether that decides
 * @param margin in points of the selection score, in [0, 1]; 0 asks for evidence that it is better, or for the same
 *     answers; with 0.02 it may turn out at most 2 points worse, which few rows often can't show of an equal
 * @param confidence one-sided, of the bound, in [0.5, 1); 0.5 is to go by the difference itself
 */
public record PromotionConfig(PromotionMode mode, double margin, double confidence) {
    public static final double DEFAULT_CONFIDENCE = 0.95;
    public static final PromotionConfig DEFAULT = new PromotionConfig(PromotionMode.GATE, 0, DEFAULT_CONFIDENCE);

    public PromotionConfig {
        if (!(margin >= 0 && margin <= 1)) {
            throw new IllegalArgumentException(
                    "margin must be points of the score in [0, 1], is %s; 0.02 is 2 points of 100".formatted(margin));
        }
        if (!(confidence >= 0.5 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "the promotion's confidence must be in [0.5, 1), is %s; %s is usual"
                            .formatted(confidence, DEFAULT_CONFIDENCE));
        }
    }
}
