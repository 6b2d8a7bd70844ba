package org.scibert.training.report;

import static org.scibert.training.report.Chart.Series.guide;
import static org.scibert.training.report.Chart.Series.point;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.scibert.io.Text;
import org.scibert.training.report.Chart.Axis;
import org.scibert.training.report.Chart.Series;
import org.scibert.training.report.Chart.Style;
import org.scibert.training.screening.Screening;
import org.scibert.training.screening.Screening.Point;

/** The progress of a screening, as one HTML file. */
public final class ScreeningReport {
    /** Places in the order at which curves have points. */
    private static final int POINTS = 200;
    private static final int P_VALUES = 60;

    private ScreeningReport() {}

    /** What the p-value is and is not, wherever it is shown. */
    private static final String CAVEAT = "The test (Callaghan and Müller-Hansen 2020) takes the records screened from"
            + " some point on for a random sample of what was left there, and shows the smallest value over all such"
            + " points, uncorrected for that choice. It is a number about the screening so far and no advice to stop.";

    /**
     * The report as HTML.
     *
     * @param title the file's name
     * @param recall the target of the p-value and of the work saved, in (0, 1)
     */
    public static String html(String title, Screening screening, double recall) {
        return Page.html(
                "screening report", title, subtitle(screening), highlights(screening, recall),
                List.of(progress(screening, recall), test(screening, recall)));
    }

    /** The same numbers as lines of text. */
    public static List<String> lines(Screening screening, double recall) {
        List<String> lines = new ArrayList<>();
        lines.add(subtitle(screening));
        numbers(screening, recall).subList(2, numbers(screening, recall).size())
                .forEach(row -> lines.add(row.get(0) + ": " + row.get(1)));
        lines.add(Text.format("p-value of \"recall below %s\": %s", percent(recall), pValue(screening.pValue(recall))));
        lines.add(CAVEAT);
        return lines;
    }

    private static String subtitle(Screening screening) {
        return Text.format("%s of %s screened, %s.%s", screening.screened(), Text.count(screening.records(), "record"),
                screening.ranked() ? "the most probable first" : "in the file's order",
                screening.skipped() == 0 ? ""
                        : Text.format(" Of those before the last screened one, %s not.",
                                screening.skipped() == 1 ? "1 was" : screening.skipped() + " were"));
    }

    private static List<Page.Highlight> highlights(Screening screening, double recall) {
        List<Page.Highlight> highlights = new ArrayList<>(List.of(
                new Page.Highlight("Screened", Format.percent((double) screening.screened() / screening.records())),
                new Page.Highlight("Relevant found", Integer.toString(screening.found()))));
        if (screening.isRemainderKnown()) {
            highlights.add(new Page.Highlight("Expected among the rest", remaining(screening)));
        }
        highlights.add(new Page.Highlight(
                Text.format("p-value of “recall below %s”", percent(recall)), pValue(screening.pValue(recall))));
        return highlights;
    }

    private static Section progress(Screening screening, double recall) {
        List<Point> curve = screening.curve(POINTS);
        List<Point> reached = curve.stream().filter(Point::reached).toList();
        List<Series> series = new ArrayList<>();
        series.add(new Series("found", Style.LINE, reached.stream().map(p -> point(p.records(), p.found())).toList()));
        boolean expects = screening.isRemainderKnown() && screening.screened() < screening.records();
        if (expects) {
            Point last = reached.get(reached.size() - 1);
            List<double[]> ahead = new ArrayList<>(List.of(point(last.records(), last.found())));
            curve.subList(reached.size() - 1, curve.size()).forEach(p -> ahead.add(point(p.records(), p.expected())));
            series.add(new Series("expected", Style.LINE, ahead));
        }
        double all = screening.found() + (expects ? screening.expectedRemaining() : 0);
        series.add(guide("in an order by chance", 0, 0, screening.records(), all));
        return new Section("progress", "Progress",
                expects
                        ? "What was found, and what the rest of the order should bring if its probabilities are"
                                + " calibrated for these records."
                        : "What was found, in the order of the screening.",
                List.of(Chart.of(
                        "Recall curve: relevant records by records read",
                        "The sooner the curve is flat, the more work the order saves.",
                        Axis.fromZero("records, in order"), Axis.fromZero("relevant"), series)),
                List.of(),
                List.of(Table.texts("Numbers", List.of("What", "Value"), numbers(screening, recall))));
    }

    private static List<List<String>> numbers(Screening screening, double recall) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Records", Integer.toString(screening.records())));
        rows.add(List.of("Screened", Text.format("%s (%s)", screening.screened(),
                Format.percent((double) screening.screened() / screening.records()))));
        rows.add(List.of("Relevant found", Integer.toString(screening.found())));
        if (screening.isRemainderKnown()) {
            rows.add(List.of("Relevant expected among the rest", remaining(screening)));
            rows.add(List.of("Recall, if that is so", Double.isNaN(screening.expectedRecall())
                    ? Format.NONE : Format.percent(screening.expectedRecall())));
        }
        OptionalDouble saved = screening.workSaved(recall);
        if (saved.isPresent() && screening.isRemainderKnown()) {
            rows.add(List.of(
                    Text.format("Work saved over sampling (WSS) at %s recall%s", percent(recall),
                            screening.screened() < screening.records() ? ", if that is so" : ""),
                    Format.percent(saved.getAsDouble())));
        }
        if (screening.unknown() > 0) {
            rows.add(List.of("Not screened and without a probability", Text.format(
                    "%s; nothing is expected of them for want of knowledge", screening.unknown())));
        }
        return rows;
    }

    private static Section test(Screening screening, double recall) {
        int screened = screening.screened();
        List<double[]> points = Stream.iterate(1, i -> i <= P_VALUES, i -> i + 1)
                .map(i -> (int) ((long) i * screened / P_VALUES))
                .distinct()
                .filter(i -> i > 0)
                .map((Function<Integer, double[]>) i -> point(i, screening.pValueAfter(i, recall)))
                .toList();
        return new Section("test", "Test of recall", CAVEAT,
                List.of(Chart.of(
                        Text.format("p-value of “recall below %s” by records screened", percent(recall)),
                        "Small values speak against the hypothesis that more is missing than the target allows.",
                        new Axis("records screened", 0., null), Axis.share("p-value"),
                        List.of(new Series("p-value", Style.LINE, points), guide("0.05", 0, 0.05, screened, 0.05)))),
                List.of(), List.of());
    }

    /** {@code 3.2 ± 1.7}. */
    private static String remaining(Screening screening) {
        return screening.screened() == screening.records()
                ? "0"
                : Text.format("%.1f ± %.1f", screening.expectedRemaining(), screening.remainingDeviation());
    }

    private static String percent(double share) {
        return Format.compact(100 * share) + " %";
    }

    private static String pValue(double value) {
        return value < 0.001 ? "< 0.001" : Text.format("%.3f", value);
    }
}
