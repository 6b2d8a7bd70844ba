package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.scibert.decision.DecisionRule;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

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

    /** As {@link Evaluation} takes them. */
    public static Measurement of(DecisionRule rule, LabelSet labels, Rows rows, float[] logits) {
        return new Measurement(
                Evaluation.of(rule, labels, rows, logits),
                Evaluation.details(rule, labels, rows, logits),
                Evaluation.curves(rule, labels, rows, logits));
    }
}
