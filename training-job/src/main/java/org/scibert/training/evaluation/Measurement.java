package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * All that is measured of a released model on one split. In JSON the keys of metrics and details stand side by side.
 *
 * @param curves of the positive label for binary, else of each label
 */
public record Measurement(
        @JsonUnwrapped Metrics metrics, @JsonUnwrapped Details details, List<LabelCurves> curves) {
    public Measurement {
        curves = List.copyOf(curves);
    }
}
