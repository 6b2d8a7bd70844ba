package org.scibert.training.promotion;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a comparison decides. */
public enum PromotionMode {
    /** It does. */
    GATE,
    /** The new version goes in service however it compares. */
    ALWAYS,
    /** The new version is published only; somebody puts it in service, or nobody does. */
    NEVER;

    @JsonValue
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
