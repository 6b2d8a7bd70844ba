package org.scibert.training.study;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scibert.io.Text;
import org.scibert.training.study.SuccessiveHalving.Result;

/**
 * What a study's trials showed on dev.
 *
 * @param budget as it was given: {@code 12 runs}, {@code 30m}, {@code none}
 * @param configurations all that the options' lists make
 * @param seed that each trial was trained with, and that those tried were drawn by
 * @param measure key of the score: {@code prAuc}, {@code macroF1}
 * @param shares of a run's steps at the end of each rung
 * @param trials those that were tried, the winner first, then the others by how far they came and by their score there
 */
public record StudyResult(
        String budget, int configurations, int seed, String measure, List<Double> shares, List<Trial> trials) {

    /**
     * A configuration that was tried.
     *
     * @param number in the order of all configurations, from 1
     * @param values of the options that list several
     * @param scores on dev, the best until the end of each rung that it came to
     * @param diverged whether a loss was not finite; it was trained no further
     */
    public record Trial(int number, Map<String, String> values, List<Double> scores, boolean diverged) {
        public Trial {
            scores = List.copyOf(scores);
        }
    }

    public StudyResult {
        shares = List.copyOf(shares);
        trials = List.copyOf(trials);
    }

    /** @param results at least one that did not diverge */
    public static StudyResult of(
            Grid<?> grid, Budget budget, int seed, String measure, SuccessiveHalving halving, List<Result> results) {
        int winner = halving.winner(results).orElseThrow();
        List<Result> last = results.stream()
                .collect(Collectors.toMap(Result::trial, result -> result, (a, b) -> a.rung() > b.rung() ? a : b))
                .values().stream()
                .sorted(Comparator.comparing((Result result) -> result.trial() != winner)
                        .thenComparing(Comparator.comparingInt(Result::rung).reversed())
                        .thenComparing(SuccessiveHalving.BEST_FIRST))
                .toList();
        return new StudyResult(
                budget.title(), grid.size(), seed, measure,
                IntStream.range(0, halving.rungs()).mapToObj(halving::share).toList(),
                last.stream().map(result -> new Trial(
                                result.trial() + 1, grid.configurations().get(result.trial()).values(),
                                scores(result.trial(), results), result.diverged()))
                        .toList());
    }

    private static List<Double> scores(int trial, List<Result> results) {
        return results.stream()
                .filter(result -> result.trial() == trial && !result.diverged())
                .sorted(Comparator.comparingInt(Result::rung))
                .map(Result::score)
                .toList();
    }

    @JsonIgnore
    public Trial winner() {
        return trials.get(0);
    }

    /** What was tried and chosen, in a sentence or two. */
    @JsonIgnore
    public String sentence() {
        String limit = budget.equals(Budget.NONE.title()) ? "" : " within " + budget;
        String tried = trials.size() == configurations
                ? Text.format("%s configurations were tried%s", configurations, limit)
                : Text.format("%s of %s configurations, drawn by seed %s, were tried%s",
                        trials.size(), configurations, seed, limit);
        return Text.format("%s by successive halving on dev: all for %s of their steps, the better half on from"
                        + " there.%s%s The winner is %s.",
                tried, share(shares.get(0)), diverged(), endedEarly(), winner().values().entrySet().stream()
                        .map(value -> value.getKey() + " " + value.getValue())
                        .collect(Collectors.joining(", ")));
    }

    private String endedEarly() {
        int rungs = winner().scores().size();
        return rungs == shares.size()
                ? ""
                : Text.format(" The time was over when the best had done %s of them.", share(shares.get(rungs - 1)));
    }

    private String diverged() {
        long diverged = trials.stream().filter(Trial::diverged).count();
        return diverged == 0 ? "" : Text.format(" %s diverged.", diverged);
    }

    /** Heads of a table of the trials: number, options, and dev's score after each rung. */
    @JsonIgnore
    public List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("Configuration"));
        columns.addAll(winner().values().keySet());
        shares.forEach(share -> columns.add("Dev after " + share(share)));
        return columns;
    }

    /** A row of that table for each trial; "–" where it did not come to. */
    @JsonIgnore
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Trial trial : trials) {
            List<String> row = new ArrayList<>(List.of(trial.number() + (trial == winner() ? " (winner)" : "")));
            row.addAll(trial.values().values());
            for (int rung = 0; rung < shares.size(); rung++) {
                row.add(rung < trial.scores().size()
                        ? Text.format("%.4f", trial.scores().get(rung))
                        : trial.diverged() && rung == trial.scores().size() ? "diverged" : "–");
            }
            rows.add(row);
        }
        return rows;
    }

    /** The table as lines of text, columns flush left. */
    public List<String> lines() {
        List<List<String>> rows = new ArrayList<>(List.of(columns()));
        rows.addAll(rows());
        int[] widths = IntStream.range(0, columns().size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> Text.format("%-" + widths[column] + "s", row.get(column)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    private static String share(double share) {
        return share == 1 ? "all" : share == 0.5 ? "half" : "a quarter";
    }
}
