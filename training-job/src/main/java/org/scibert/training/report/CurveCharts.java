package org.scibert.training.report;

import static org.scibert.training.report.Chart.Series.guide;
import static org.scibert.training.report.Chart.Series.point;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.scibert.io.Text;
import org.scibert.training.evaluation.LabelCurves;
import org.scibert.training.evaluation.Reliability;
import org.scibert.training.report.Chart.Axis;
import org.scibert.training.report.Chart.Series;
import org.scibert.training.report.Chart.Style;

/**
 * The charts of a label's curves, or of several labels'. A chart has no series where the split does not define the
 * curve.
 */
final class CurveCharts {
    private CurveCharts() {}

    static Chart roc(ShownLabels labels) {
        List<Series> series = lines(labels, LabelCurves::roc);
        if (!series.isEmpty()) {
            series.add(guide("by chance", 0, 0, 1, 1));
        }
        return Chart.of(
                "ROC curve", "Further up and left is better." + labels.omission(),
                Axis.share("false positive rate"), Axis.share("recall"), series);
    }

    static Chart precisionRecall(ShownLabels labels) {
        return Chart.of(
                "Precision and recall", "Further up and right is better." + labels.omission(),
                Axis.share("recall"), Axis.share("precision"), lines(labels, LabelCurves::pr));
    }

    static Chart reliability(String title, List<Reliability.Bin> after, List<Reliability.Bin> before) {
        return Chart.of(
                title,
                "Rows of similar probability: on the dashed line, as many are positive as predicted.",
                Axis.share("predicted probability"),
                Axis.share("observed share"),
                List.of(
                        line("calibrated", after, bin -> point(bin.predicted(), bin.observed())),
                        line("before", before, bin -> point(bin.predicted(), bin.observed())),
                        guide("ideal", 0, 0, 1, 1)));
    }

    static Chart histogram(String title, ShownLabels.Label label) {
        return Chart.of(
                title,
                "Rows by calibrated probability, those that have the label below those that don't.",
                Axis.share(Text.format("probability of \"%s\"", label.name())),
                Axis.fromZero("rows"),
                List.of(
                        bars("others", label.curves().histogram().negatives()),
                        bars(label.name(), label.curves().histogram().positives())));
    }

    static Chart thresholds(String title, ShownLabels.Label label) {
        List<LabelCurves.Threshold> points = label.curves().thresholds();
        return new Chart(
                title,
                Text.format("Rows with a calibrated probability of the threshold or more are predicted \"%s\".",
                        label.name()),
                Axis.share("threshold"),
                Axis.share("score"),
                List.of(
                        threshold("precision", points, LabelCurves.Threshold::precision),
                        threshold("recall", points, LabelCurves.Threshold::recall),
                        threshold("F1", points, LabelCurves.Threshold::f1)),
                Table.numbers(
                        title,
                        List.of("Threshold", "Predicted", "Precision", "Recall", "F1"),
                        points.stream()
                                .map(p -> List.of(
                                        Format.compact(p.threshold()),
                                        Integer.toString(p.predicted()),
                                        Format.score(p.precision()),
                                        Format.score(p.recall()),
                                        Format.score(p.f1())))
                                .toList()));
    }

    private static List<Series> lines(ShownLabels labels, Function<LabelCurves, List<LabelCurves.Point>> curve) {
        List<Series> series = new ArrayList<>();
        for (ShownLabels.Label label : labels.shown()) {
            List<LabelCurves.Point> points = curve.apply(label.curves());
            if (!points.isEmpty()) {
                series.add(line(label.name(), points, p -> point(p.x(), p.y())));
            }
        }
        return series;
    }

    private static Series threshold(
            String name, List<LabelCurves.Threshold> points, ToDoubleFunction<LabelCurves.Threshold> score) {
        return line(name, points, p -> point(p.threshold(), score.applyAsDouble(p)));
    }

    private static <P> Series line(String name, List<P> points, Function<P, double[]> place) {
        return new Series(name, Style.LINE, points.stream().map(place).toList());
    }

    /** Bins of equal width from 0 to 1, each at its middle. */
    private static Series bars(String name, List<Integer> counts) {
        return new Series(name, Style.BARS, IntStream.range(0, counts.size())
                .mapToObj(i -> point((i + 0.5) / counts.size(), counts.get(i)))
                .toList());
    }
}
