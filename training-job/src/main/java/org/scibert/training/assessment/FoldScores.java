package org.scibert.training.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;
import org.scibert.decision.DecisionRule;
import org.scibert.io.Text;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.split.OutOfFold;

/**
 * The selection score of each fold of a cross-validation, by the model that was trained without it; its components are
 * keys of JSON. How far the folds lie apart tells how much the rows that happen to be measured on matter.
 *
 * @param measure key of the score
 * @param mean over the folds that define it
 * @param deviation of the folds as a sample, which divides by one less than their number
 */
public record FoldScores(String measure, double mean, double deviation, List<Fold> folds) {
    /**
     * One fold.
     *
     * @param fold counted from 1
     * @param score null where the fold's rows don't define it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Fold(int fold, int rows, Double score) {}

    public FoldScores {
        folds = List.copyOf(folds);
    }

    /** Measures each fold by one decision rule. */
    public static FoldScores of(DecisionRule rule, LabelSet labels, Rows rows, OutOfFold answers) {
        List<Integer> numbers = IntStream.range(0, rows.size()).boxed().toList();
        int outputs = answers.outputs();
        List<Fold> folds = new ArrayList<>();
        for (int fold = 0; fold < answers.folds().count(); fold++) {
            List<Integer> heldOut = answers.folds().heldOut(fold, numbers);
            float[] logits = new float[heldOut.size() * outputs]; // (rows of the fold, C)
            for (int i = 0; i < heldOut.size(); i++) {
                System.arraycopy(answers.logits(), heldOut.get(i) * outputs, logits, i * outputs, outputs);
            }
            Metrics metrics = MeasuredSplit.of(
                    rule, labels, rows.with(answers.folds().heldOut(fold, rows.rows())), logits).metrics();
            folds.add(new Fold(
                    fold + 1, heldOut.size(), metrics.hasSelectionScore() ? metrics.selectionScore() : null));
        }
        DoubleStatistics statistics = folds.stream()
                .map(Fold::score)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .collect(
                        () -> DoubleStatistics.of(Statistic.MEAN, Statistic.STANDARD_DEVIATION),
                        DoubleStatistics::accept,
                        DoubleStatistics::combine);
        return new FoldScores(
                Metrics.selectionMeasure(rule.task()), statistics.getAsDouble(Statistic.MEAN),
                statistics.getAsDouble(Statistic.STANDARD_DEVIATION), folds);
    }

    /** The scores in a sentence. */
    public String sentence() {
        return Text.format("%s folds: %s %.4f ± %.4f (mean ± deviation of the folds)",
                folds.size(), measure, mean, deviation);
    }
}
