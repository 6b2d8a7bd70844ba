package org.scibert.training.calibration;

import java.util.ArrayList;
import java.util.List;
import org.scibert.io.Text;
import org.scibert.training.calibration.FittedDecisions.Band;
import org.scibert.training.calibration.FittedDecisions.Side;
import org.scibert.training.evaluation.Ranking;

/**
 * Which rows can be decided without a person.
 *
 * <p>Of all bands around the threshold whose share of wrong among the decided rows, false exclusions and false
 * inclusions together, has an upper bound within the budget, that which asks about the fewest rows; of equals that with
 * the fewest wrong. The band holds the threshold, so that what is included has the positive label and a rule's target
 * recall is kept by what is excluded. The bound is that of one band looked at by itself; as dev is searched for it, it
 * is a little too low.
 */
final class ErrorBudget {
    private ErrorBudget() {}

    /** The rows from one end of the ranking up to a step, and how many of them would be decided wrongly. */
    private record Run(int step, int rows, int wrong) {}

    /**
     * @param ranking of dev by calibrated probability
     * @param budget in (0, 1)
     */
    static Band choose(Ranking ranking, double threshold, double budget, double confidence) {
        List<Integer> needed = rowsNeeded(ranking.rows(), budget, confidence);
        Run best = null;
        Run bestIncluded = null;
        Run bestExcluded = null;
        List<Run> exclusions = exclusions(ranking, threshold);
        for (Run included : inclusions(ranking, threshold)) {
            for (Run excluded : exclusions) {
                int wrong = included.wrong() + excluded.wrong();
                if (wrong >= needed.size()) {
                    break;
                }
                int rows = included.rows() + excluded.rows();
                boolean better = best == null || rows > best.rows() || (rows == best.rows() && wrong < best.wrong());
                if (rows >= needed.get(wrong) && better) {
                    best = new Run(0, rows, wrong);
                    bestIncluded = included;
                    bestExcluded = excluded;
                }
            }
        }
        if (best == null) {
            return nothing(ranking, budget, confidence);
        }
        return new Band(
                budget,
                low(ranking, threshold, bestExcluded),
                high(ranking, threshold, bestIncluded),
                Side.of(bestExcluded.rows(), bestExcluded.wrong(), confidence),
                Side.of(bestIncluded.rows(), bestIncluded.wrong(), confidence),
                Side.of(best.rows(), best.wrong(), confidence),
                ranking.rows() - best.rows(),
                null);
    }

    private static double low(Ranking ranking, double threshold, Run excluded) {
        if (excluded.rows() == 0) {
            return 0;
        }
        return excluded.step() == 0 ? threshold : Math.min(threshold, ranking.thresholdBelow(excluded.step() - 1));
    }

    private static double high(Ranking ranking, double threshold, Run included) {
        if (included.rows() == 0) {
            return 1;
        }
        double belowScore = Math.nextDown(ranking.score(included.step()));
        return Math.max(threshold, Math.min(belowScore, ranking.thresholdBelow(included.step())));
    }

    private static Band nothing(Ranking ranking, double budget, double confidence) {
        Side none = Side.of(0, 0, confidence);
        return new Band(budget, 0, 1, none, none, none, ranking.rows(),
                Text.format("no share of the %s to choose by can be decided with at most %s wrong with confidence %s,"
                                + " so that a person is asked about every text; without a single error it takes %s"
                                + " rows or more",
                        Text.count(ranking.rows(), "row"), budget, confidence,
                        ClopperPearson.rowsNeeded(1 - budget, confidence)));
    }

    /** Rows that must be decided for the bound to stay within the budget, by how many are wrong. */
    private static List<Integer> rowsNeeded(int rows, double budget, double confidence) {
        List<Integer> needed = new ArrayList<>();
        int least = 1;
        for (int wrong = 0; ClopperPearson.upper(wrong, rows, confidence) <= budget; wrong++) {
            int most = rows;
            least = Math.max(least, wrong);
            while (least < most) {
                int middle = (least + most) >>> 1;
                if (ClopperPearson.upper(wrong, middle, confidence) <= budget) {
                    most = middle;
                } else {
                    least = middle + 1;
                }
            }
            needed.add(least);
        }
        return needed;
    }

    /** From none on, down to the threshold: the longest run for each number of wrong ones. */
    private static List<Run> inclusions(Ranking ranking, double threshold) {
        List<Run> runs = new ArrayList<>(List.of(new Run(-1, 0, 0)));
        for (int step = 0; step < ranking.steps() && ranking.score(step) > threshold; step++) {
            add(runs, new Run(step, ranking.predicted(step), ranking.predicted(step) - ranking.truePositives(step)));
        }
        return runs;
    }

    /** From none on, up to the threshold, likewise. */
    private static List<Run> exclusions(Ranking ranking, double threshold) {
        List<Run> runs = new ArrayList<>(List.of(new Run(ranking.steps(), 0, 0)));
        for (int step = ranking.steps() - 1; step >= 0 && ranking.score(step) < threshold; step--) {
            add(runs, new Run(
                    step, ranking.rows() - ranking.predicted(step - 1),
                    ranking.positives() - ranking.truePositives(step - 1)));
        }
        return runs;
    }

    private static void add(List<Run> runs, Run longer) {
        int last = runs.size() - 1;
        if (runs.get(last).wrong() == longer.wrong()) {
            runs.set(last, longer);
        } else {
            runs.add(longer);
        }
    }
}
