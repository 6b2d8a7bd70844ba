package org.scibert.training.finetune;

import com.fasterxml.jackson.annotation.JsonValue;

/** How the learning rate goes up and down. */
public enum Schedule {
    /** Linear from nearly 0 to the peak, then linear towards 0 (Devlin et al. 2019, appendix A.2). */
    LINEAR("linear"),
    /** The same shape between the peak / 32 and the peak (Howard and Ruder 2018, section 3.2). */
    SLANTED_TRIANGULAR("slanted-triangular");

    private final String title;

    Schedule(String title) {
        this.title = title;
    }

    /** As options and releases name it. */
    @JsonValue
    @Override
    public String toString() {
        return title;
    }
}
