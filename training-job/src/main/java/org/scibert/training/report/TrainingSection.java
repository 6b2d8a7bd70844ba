package org.scibert.training.report;

import static org.scibert.training.report.Chart.Series.point;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.finetune.RunState.Epoch;
import org.scibert.training.finetune.TrainingHistory.Step;
import org.scibert.training.report.Chart.Axis;
import org.scibert.training.report.Chart.Series;
import org.scibert.training.report.Chart.Style;

/** The report's section on the training: loss, dev scores and learning rate over the steps. */
final class TrainingSection {
    /** Points of a line; of more steps, so many are drawn as one, their mean. */
    private static final int POINTS = 400;
    /** Weight of the steps before in the smoothed loss. */
    private static final double SMOOTHING = 0.95;
    /** In the order in which they are drawn; each task has some of them. */
    private static final List<String> DEV_SCORES = List.of("prAuc", "rocAuc", "f1", "macroF1", "accuracy");

    private TrainingSection() {}

    static Section of(FineTuning.Result training) {
        List<Step> steps = training.history().steps();
        List<Epoch> epochs = training.state().epochs();
        if (epochs.stream().anyMatch(epoch -> epoch.dev() == null)) {
            return new Section(
                    "training",
                    "Training",
                    "Of the released model, which was trained on all rows for all epochs; the folds' models were"
                            + " trained alike. The loss of the steps is with dropout and class weights.",
                    List.of(
                            Chart.of("Loss over the steps", "Lower is better.", Axis.fromZero("step"),
                                    Axis.fromZero("loss (nats)"), lossOfSteps(steps)),
                            learningRate(steps)),
                    List.of(),
                    List.of(Table.numbers("Epochs", List.of("Epoch", "Training loss"), epochs.stream()
                            .map(epoch -> List.of(Integer.toString(epoch.epoch()), Format.score(epoch.loss())))
                            .toList())));
        }
        return new Section(
                "training",
                "Training",
                "The epoch with the best score on dev is the one released. The loss of the steps is with dropout and"
                        + " class weights; that of dev is without, so that the two are not on one scale.",
                List.of(loss(steps, epochs), devScores(steps, epochs), learningRate(steps)),
                List.of(),
                List.of(epochs(epochs)));
    }

    private static List<Series> lossOfSteps(List<Step> steps) {
        return List.of(
                new Series("steps", Style.FAINT, thinned(steps)),
                new Series("steps, smoothed", Style.LINE, thinned(smoothed(steps))));
    }

    private static Chart loss(List<Step> steps, List<Epoch> epochs) {
        return Chart.of(
                "Loss over the steps", "Lower is better. Where dev rises while the steps fall, the model overfits.",
                Axis.fromZero("step"), Axis.fromZero("loss (nats)"),
                Stream.concat(lossOfSteps(steps).stream(), Stream.of(
                        new Series("dev, after each epoch", Style.LINE, epochs.stream()
                                .map(epoch -> point(lastStep(epoch, steps, epochs), epoch.dev().loss()))
                                .toList()))).toList());
    }

    private static Chart devScores(List<Step> steps, List<Epoch> epochs) {
        List<Series> series = new ArrayList<>();
        for (String score : DEV_SCORES) {
            List<double[]> points = new ArrayList<>();
            for (Epoch epoch : epochs) {
                Double value = epoch.dev().scalars().get(score);
                if (value != null) {
                    points.add(point(lastStep(epoch, steps, epochs), value));
                }
            }
            if (!points.isEmpty()) {
                series.add(new Series(MetricTitles.of(score), Style.LINE, points));
            }
        }
        return Chart.of(
                "Dev scores after each epoch", "Without calibration, by a threshold of 0.5. Higher is better.",
                Axis.fromZero("step"), Axis.share("score"), series);
    }

    private static Chart learningRate(List<Step> steps) {
        return Chart.of(
                "Learning rate over the steps", "Warm-up, then decay.",
                Axis.fromZero("step"), Axis.fromZero("learning rate"),
                List.of(new Series("learning rate", Style.LINE, means(steps.stream()
                        .map(s -> point(s.step(), s.learningRate()))
                        .toList()))));
    }

    private static Table epochs(List<Epoch> epochs) {
        Epoch best = epochs.stream()
                .max(Comparator.comparingDouble((Epoch e) -> e.dev().selectionScore())
                        .thenComparing(e -> -e.dev().loss()))
                .orElseThrow();
        List<String> keys = new ArrayList<>(best.dev().scalars().keySet());
        keys.removeAll(List.of("rows", "positives"));
        List<String> columns = new ArrayList<>(List.of("Epoch", "Training loss"));
        keys.forEach(key -> columns.add("Dev " + MetricTitles.of(key)));
        List<List<String>> rows = new ArrayList<>();
        for (Epoch epoch : epochs) {
            List<String> row = new ArrayList<>();
            row.add(epoch.epoch() + (epoch.epoch() == best.epoch() ? " (released)" : ""));
            row.add(Format.score(epoch.loss()));
            Metrics dev = epoch.dev();
            keys.forEach(key -> row.add(Format.score(dev.scalars().get(key))));
            rows.add(row);
        }
        return Table.numbers("Epochs", columns, rows);
    }

    /** The step that an epoch ended with; all epochs have as many. */
    private static int lastStep(Epoch epoch, List<Step> steps, List<Epoch> epochs) {
        return epoch.epoch() * steps.size() / epochs.size();
    }

    private static List<double[]> thinned(List<Step> steps) {
        return means(steps.stream().map(s -> point(s.step(), s.loss())).toList());
    }

    private static List<Step> smoothed(List<Step> steps) {
        List<Step> smooth = new ArrayList<>();
        double loss = Double.NaN;
        for (Step s : steps) {
            loss = Double.isNaN(loss) ? s.loss() : SMOOTHING * loss + (1 - SMOOTHING) * s.loss();
            smooth.add(new Step(s.step(), s.rows(), loss, s.learningRate()));
        }
        return smooth;
    }

    /** Neighbours drawn together into their mean, so that at most {@value #POINTS} are left. */
    private static List<double[]> means(List<double[]> points) {
        int size = (points.size() + POINTS - 1) / POINTS;
        List<double[]> means = new ArrayList<>();
        for (int start = 0; start < points.size(); start += size) {
            List<double[]> group = points.subList(start, Math.min(start + size, points.size()));
            means.add(point(
                    group.stream().mapToDouble(p -> p[0]).average().orElseThrow(),
                    group.stream().mapToDouble(p -> p[1]).average().orElseThrow()));
        }
        return means;
    }
}
