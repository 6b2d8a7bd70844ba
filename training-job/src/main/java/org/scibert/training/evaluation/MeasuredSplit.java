package org.scibert.training.evaluation;

import java.util.List;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.io.Text;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * The rows of a split with their gold labels and a model's logits, ready to be measured. One implementation a task; the
 * rows are sorted when it is made, and never again for metrics, details, curves or samples.
 */
public sealed interface MeasuredSplit permits BinarySplit, MultiClassSplit, MultiLabelSplit {

    /**
     * A split as a decision rule decides it.
     *
     * @param labels as the rows write them, in the order of the rule's
     * @param logits (N, outputs of the task), row-major, in the rows' order
     * @throws IllegalArgumentException if there are more or fewer logits than that, or one is not finite
     */
    static MeasuredSplit of(DecisionRule rule, LabelSet labels, Rows rows, float[] logits) {
        check(rule.outputs(), rows, logits);
        double[] before = Calibration.none(rule.outputs()).apply(logits);
        double[] after = rule.calibration().apply(logits);
        return switch (rule.task()) {
            case BINARY -> new BinarySplit(
                    labels.labels().get(1), before, after, positives(labels.classes(rows)), rule.thresholds().get(0));
            case MULTI_CLASS -> new MultiClassSplit(labels.labels(), before, after, labels.classes(rows));
            case MULTI_LABEL -> new MultiLabelSplit(
                    labels.labels(), before, after, labels.flags(rows), rule.thresholds());
        };
    }

    /** A split as it is measured in training: without calibration, by a threshold of 0.5. */
    static MeasuredSplit of(LabelSet labels, Rows rows, float[] logits) {
        return of(new DecisionRule(labels.task(), labels.labels(), DecisionRule.DEFAULT_THRESHOLD), labels, rows,
                logits);
    }

    /** The numbers that every epoch is measured by. */
    Metrics metrics();

    /**
     * The further numbers of a released model. Draws 1,000 samples of the rows, which takes seconds on large splits.
     */
    Details details();

    /** The curves of the positive label for binary, else of each label against the others. */
    List<LabelCurves> curves();

    /**
     * The {@link Metrics#selectionScore} of a sample of the rows; null if the sample does not define it.
     *
     * @param times how often each row stands in the sample, (N)
     */
    Double selectionScore(int[] times);

    /** Metrics, details and curves together. */
    default Measurement measurement() {
        return new Measurement(metrics(), details(), curves());
    }

    private static boolean[] positives(int[] classes) {
        boolean[] positive = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            positive[i] = classes[i] == 1;
        }
        return positive;
    }

    private static void check(int outputs, Rows rows, float[] logits) {
        if (logits.length != (long) rows.size() * outputs) {
            throw new IllegalArgumentException(Text.format("%s with %s each don't go with %s",
                    Text.count(rows.size(), "row"), Text.count(outputs, "output"), Text.count(logits.length, "logit")));
        }
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new IllegalArgumentException(Text.format(
                        "row %s has the logit %s; train with a lower learning rate",
                        i / outputs + 1, logits[i]));
            }
        }
    }
}
