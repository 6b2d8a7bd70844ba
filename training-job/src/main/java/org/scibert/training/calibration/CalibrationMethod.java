package org.scibert.training.calibration;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a calibration came about. */
public enum CalibrationMethod {
    /** Slope and intercept fitted. */
    @JsonProperty("platt")
    PLATT,
    /** Slope 1 and the intercept −ln pos_weight: what training with that weight adds to log-odds, taken away. */
    @JsonProperty("prior-shift")
    PRIOR_SHIFT,
    /** One slope for all logits fitted, 1 / T. */
    @JsonProperty("temperature")
    TEMPERATURE,
    /** Logits stay as they are. */
    @JsonProperty("none")
    NONE
}
