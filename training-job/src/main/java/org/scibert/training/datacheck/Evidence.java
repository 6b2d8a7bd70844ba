package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.training.datacheck.ClassBalance.LabelCount;
import org.scibert.training.rows.Split;

/**
 * What the division of one file can show of the label that is hardest to measure: the positive one of two, else the
 * rarest.
 *
 * @param rule of the division
 * @param folds of a cross-validation; null for a split
 * @param label as the rows write it
 * @param rows that have it, by split; all are train in a cross-validation
 * @param recallShown the recall, in [0, 1), that a model can be shown to have on test, or on all folds, if it finds
 *     every one of these rows: the lower bound of Clopper and Pearson (1934), 0.05^(1/n), of confidence 0.95; 0 without
 *     rows
 * @param sentence the same for people, and what would show more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evidence(
        String rule, Integer folds, String label, Map<Split, Integer> rows, double recallShown, String sentence) {
    private static final double CONFIDENCE = 0.95;

    /** With fewer, not even a model that finds them all can be shown to find nine of ten: 0.05^(1/29) = 0.9019. */
    private static final int ENOUGH = 29;

    private static final int USUAL_FOLDS = 5;

    static Evidence of(ClassBalance balance, String rule, int folds) {
        LabelCount hardest = balance.task().equals(Task.BINARY.title())
                ? balance.labels().get(1)
                : balance.labels().stream().min(Comparator.comparingInt(Evidence::total)).orElseThrow();
        Map<Split, Integer> rows = new LinkedHashMap<>(hardest.rows());
        int measured = folds == 0 ? rows.getOrDefault(Split.TEST, 0) : total(hardest);
        String what = Text.format("%s with the %slabel \"%s\"",
                Text.count(total(hardest), "record"),
                balance.task().equals(Task.BINARY.title()) ? "" : "rarest ", hardest.label());
        return new Evidence(
                rule, folds == 0 ? null : folds, hardest.label(), rows, recallShown(measured),
                folds == 0 ? ofSplit(what, rows, total(hardest)) : Text.format(
                        "%s, each answered by a model that was not trained on it: %s", what, shown(measured)));
    }

    private static int total(LabelCount label) {
        return label.rows().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String ofSplit(String what, Map<Split, Integer> rows, int total) {
        int dev = rows.get(Split.DEV);
        int test = rows.get(Split.TEST);
        String sentence = Text.format("%s: %s to learn from, %s in dev to choose the threshold by, %s in test: %s",
                what, rows.get(Split.TRAIN), dev, test, shown(test));
        if (Math.min(dev, test) >= ENOUGH) {
            return sentence;
        }
        return total < USUAL_FOLDS
                ? sentence + "; label more"
                : sentence + Text.format("; cross-validation measures on all %s and can show %s: --folds %s",
                        total, percent(recallShown(total)), USUAL_FOLDS);
    }

    private static String shown(int rows) {
        return rows == 0
                ? "nothing can be shown about it"
                : Text.format("if all %s are found, that shows a recall of %s or more (confidence 95 %%), and each one"
                        + " missed costs %s", rows, percent(recallShown(rows)), points(rows));
    }

    private static String points(int rows) {
        return Text.format(rows < 100 ? "%.0f points" : "%.1f points", 100. / rows);
    }

    private static double recallShown(int rows) {
        return rows == 0 ? 0 : Math.pow(1 - CONFIDENCE, 1. / rows);
    }

    private static String percent(double share) {
        return Text.format("%.0f %%", Math.floor(100 * share));
    }
}
