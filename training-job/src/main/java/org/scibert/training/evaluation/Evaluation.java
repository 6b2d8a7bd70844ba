package org.scibert.training.evaluation;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Probabilities;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * From logits and gold labels to what they are worth.
 *
 * <p>Logits are (N, outputs of the task), row-major, in the rows' order; more or fewer of them, or one that is not
 * finite, is an {@link IllegalArgumentException}.
 */
public final class Evaluation {
    private Evaluation() {}

    /** Measures a split as a model in training: without calibration, by a threshold of 0.5. */
    public static Metrics of(LabelSet labels, Rows rows, float[] logits) {
        return of(new DecisionRule(labels.task(), labels.labels(), DecisionRule.DEFAULT_THRESHOLD), labels, rows, logits);
    }

    /**
     * Measures a split as the rule decides it.
     *
     * @param labels as the rows write them, in the order of the rule's
     */
    public static Metrics of(DecisionRule rule, LabelSet labels, Rows rows, float[] logits) {
        check(rule, rows, logits);
        return switch (rule.task()) {
            case BINARY -> BinaryMetrics.of(binary(rule, labels, rows, logits).all());
            case MULTI_CLASS -> MultiClassMetrics.of(
                    multiClass(rule, labels, rows, logits).all(), labels.labels());
            case MULTI_LABEL -> MultiLabelMetrics.of(
                    multiLabel(rule, labels, rows, logits).all(), labels.labels());
        };
    }

    /** What more is worth knowing of a released model; it draws 1,000 samples of the rows, and takes its time for it. */
    public static Details details(DecisionRule rule, LabelSet labels, Rows rows, float[] logits) {
        check(rule, rows, logits);
        DecisionRule uncalibrated = uncalibrated(rule);
        return switch (rule.task()) {
            case BINARY -> BinaryDetails.of(
                    rule.thresholds().get(0),
                    binary(rule, labels, rows, logits),
                    binary(uncalibrated, labels, rows, logits).all());
            case MULTI_CLASS -> MultiClassDetails.of(
                    labels.labels(),
                    multiClass(rule, labels, rows, logits),
                    multiClass(uncalibrated, labels, rows, logits));
            case MULTI_LABEL -> MultiLabelDetails.of(
                    labels.labels(),
                    rule.thresholds(),
                    multiLabel(rule, labels, rows, logits),
                    multiLabel(uncalibrated, labels, rows, logits).all());
        };
    }

    /** The key of {@link Metrics#selectionScore} in the metrics' JSON. */
    public static String selectionMeasure(Task task) {
        return task == Task.BINARY ? "prAuc" : "macroF1";
    }

    /** From how often each row stands in a sample, (N), to its {@link Metrics#selectionScore}; null if not defined. */
    static Function<int[], Double> selectionScore(DecisionRule rule, LabelSet labels, Rows rows, float[] logits) {
        check(rule, rows, logits);
        return switch (rule.task()) {
            case BINARY -> {
                BinarySplit split = binary(rule, labels, rows, logits);
                yield times -> split.sample(times).ranking().averagePrecision();
            }
            case MULTI_CLASS -> {
                MultiClassSplit split = multiClass(rule, labels, rows, logits);
                yield times -> split.sample(times).macroF1();
            }
            case MULTI_LABEL -> {
                MultiLabelSplit split = multiLabel(rule, labels, rows, logits);
                yield times -> split.sample(times).macroF1();
            }
        };
    }

    /** What can be drawn of each label against the others: of the positive one for binary, else of all. */
    public static List<LabelCurves> curves(DecisionRule rule, LabelSet labels, Rows rows, float[] logits) {
        check(rule, rows, logits);
        List<String> names = labels.labels();
        DecisionRule uncalibrated = uncalibrated(rule);
        return switch (rule.task()) {
            case BINARY -> List.of(LabelCurves.of(
                    names.get(1),
                    binary(rule, labels, rows, logits).all().ranking(),
                    binary(uncalibrated, labels, rows, logits).all().ranking(),
                    Probabilities::sigmoid));
            case MULTI_CLASS -> {
                MultiClassSample all = multiClass(rule, labels, rows, logits).all();
                MultiClassSample before = multiClass(uncalibrated, labels, rows, logits).all();
                yield IntStream.range(0, names.size())
                        .mapToObj(c -> LabelCurves.of(
                                names.get(c), all.rankings().get(c), before.rankings().get(c), p -> p))
                        .toList();
            }
            case MULTI_LABEL -> {
                MultiLabelSample all = multiLabel(rule, labels, rows, logits).all();
                MultiLabelSample before = multiLabel(uncalibrated, labels, rows, logits).all();
                yield IntStream.range(0, names.size())
                        .mapToObj(c -> LabelCurves.of(
                                names.get(c),
                                all.labels().get(c).ranking(),
                                before.labels().get(c).ranking(),
                                Probabilities::sigmoid))
                        .toList();
            }
        };
    }

    private static DecisionRule uncalibrated(DecisionRule rule) {
        return new DecisionRule(
                rule.task(), rule.labels(), Calibration.none(rule.outputs()), rule.thresholds(), rule.review());
    }

    private static BinarySplit binary(DecisionRule rule, LabelSet labels, Rows rows, float[] logits) {
        boolean[] positive = Column.where(labels.classes(rows), 1);
        return new BinarySplit(rule.calibration().apply(logits), positive, rule.thresholds().get(0));
    }

    private static MultiClassSplit multiClass(DecisionRule rule, LabelSet labels, Rows rows, float[] logits) {
        return new MultiClassSplit(
                rule.calibration().apply(logits), labels.classes(rows), labels.labels().size());
    }

    private static MultiLabelSplit multiLabel(DecisionRule rule, LabelSet labels, Rows rows, float[] logits) {
        return MultiLabelSplit.of(rule.calibration().apply(logits), labels.flags(rows), rule.thresholds());
    }

    private static void check(DecisionRule rule, Rows rows, float[] logits) {
        int outputs = rule.outputs();
        if (logits.length != (long) rows.size() * outputs) {
            throw new IllegalArgumentException("%d rows with %d outputs each don't go with %d logits"
                    .formatted(rows.size(), outputs, logits.length));
        }
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new IllegalArgumentException("row %d has the logit %s; train with a lower learning rate"
                        .formatted(i / outputs + 1, logits[i]));
            }
        }
    }
}
