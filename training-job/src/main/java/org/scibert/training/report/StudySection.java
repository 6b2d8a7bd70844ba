package org.scibert.training.report;

import static org.scibert.training.report.Chart.Series.point;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.scibert.io.Text;
import org.scibert.training.report.Chart.Axis;
import org.scibert.training.report.Chart.Series;
import org.scibert.training.report.Chart.Style;
import org.scibert.training.study.SeedStudy;
import org.scibert.training.study.StudyResult;
import org.scibert.training.study.StudyResult.Trial;

/** The section on a study of hyperparameters, of the report and, in a few sentences, the model card. */
final class StudySection {
    /** Lines that can be told apart. */
    private static final int MOST_LINES = 8;

    private StudySection() {}

    static Section of(ReportInput.Study study) {
        StudyResult result = study.result();
        return new Section("study", "Study", sentences(study), List.of(chart(result)), List.of(), List.of(
                Table.numbers("Configurations, by " + MetricTitles.of(result.measure()) + " on dev",
                        result.columns(), result.rows()),
                seeds(study.seeds(), MetricTitles.of(result.measure()))));
    }

    /** What was tried, what won, and how much of the winner's dev score is luck. */
    static String sentences(ReportInput.Study study) {
        StudyResult result = study.result();
        SeedStudy seeds = study.seeds();
        List<Double> scores = result.winner().scores();
        String test = seeds.test() == null ? "; there is no test split to tell by how much" : seeds.runs().size() == 1
                ? Text.format("; on test, which took no part, it is %.4f", seeds.test().mean())
                : Text.format("; on test, which took no part, it is %s", seeds.test());
        String dev = seeds.runs().size() == 1
                ? Text.format("%.4f", seeds.dev().mean())
                : Text.format("%s (mean ± deviation of seeds %s)", seeds.dev(),
                        seeds.runs().stream().map(run -> Integer.toString(run.seed())).toList());
        return Text.format("%s Its %s on dev was %.4f in the study. The best of %s scores on one dev set is too good"
                        + " to be true of other rows: trained to its end, the winner has %s on dev%s.",
                result.sentence(), MetricTitles.of(result.measure()), scores.get(scores.size() - 1),
                result.trials().size(), dev, test);
    }

    private static Chart chart(StudyResult result) {
        List<Series> series = new ArrayList<>();
        for (Trial trial : result.trials()) {
            if (!trial.scores().isEmpty() && series.size() < MOST_LINES) {
                series.add(new Series(
                        name(trial, trial == result.winner()), Style.LINE,
                        IntStream.range(0, trial.scores().size())
                                .mapToObj(rung -> point(100 * result.shares().get(rung), trial.scores().get(rung)))
                                .toList()));
            }
        }
        String left = result.trials().size() > MOST_LINES
                ? Text.format(" The best %s of %s are drawn.", MOST_LINES, result.trials().size())
                : "";
        return Chart.of(
                "Dev score over the study",
                "A line ends where the configuration was dropped. The numbers are those of the table." + left,
                new Axis("steps done (%)", 0., 100.), new Axis(MetricTitles.of(result.measure()), null, null), series);
    }

    private static String name(Trial trial, boolean winner) {
        return Text.format("%s: %s%s", trial.number(), String.join(", ", trial.values().values()),
                winner ? " (winner)" : "");
    }

    private static Table seeds(SeedStudy seeds, String measure) {
        return Table.numbers("The winner with each seed, by " + measure, List.of("Seed", "Dev", "Test"),
                seeds.runs().stream()
                        .map(run -> List.of(
                                run.seed() + (run.seed() == seeds.released() ? " (released)" : ""),
                                Format.score(run.dev()), Format.score(run.test())))
                        .toList());
    }
}
