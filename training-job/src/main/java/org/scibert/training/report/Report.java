package org.scibert.training.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.scibert.io.Text;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.rows.Split;

/** The report of a training job, as one HTML file. */
public final class Report {
    private Report() {}

    /**
     * The report as HTML.
     *
     * @param texts whether the texts of the worst mistakes stand in it; they may be people's data
     */
    public static String html(ReportInput input, boolean texts) {
        List<Section> sections = new ArrayList<>();
        sections.add(result(input));
        List<Split> splits = new ArrayList<>(input.assessment().splits().keySet());
        Collections.reverse(splits); // test, the one that counts, before dev
        input.lexical().ifPresent(choice -> sections.add(LexicalSection.of(choice, input.assessment())));
        if (!input.baselines().isEmpty()) {
            sections.add(BaselineSection.of(input.baselines(), input.assessment()));
        }
        splits.forEach(split -> sections.add(SplitSection.of(split, input, texts)));
        input.run().folds().ifPresent(folds -> sections.add(FoldsSection.of(folds)));
        input.study().ifPresent(study -> sections.add(StudySection.of(study)));
        sections.add(TrainingSection.of(input.run().training()));
        sections.add(DecisionsSection.of(input.assessment()));
        sections.add(PrecisionsSection.of(input.precisions()));
        input.explanations().ifPresent(found -> sections.add(ExplanationsSection.of(found)));
        sections.add(DataSection.of(input.data()));
        sections.add(ProvenanceSection.of(input.run().provenance()));
        return Page.html("training report", input.title().name(), subtitle(input), highlights(input), sections);
    }

    private static String subtitle(ReportInput input) {
        return Text.format("%s: %s. Encoder %s, %s%s; %s.",
                capitalized(input.assessment().model().network().task().title()),
                String.join(", ", input.assessment().model().rule().labels()),
                input.run().provenance().encoder(),
                input.lexical()
                        .map(choice -> choice.isEncoderAlone() ? "" : choice.released().title() + " released, ")
                        .orElse(""),
                "fine-tuned on " + Text.count(input.data().splits().get(0).rows(), "row"),
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
                        .format(input.title().madeAt().truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC)));
    }

    /** The few numbers that most readers look for, of the last split: test, if there is one. */
    private static List<Page.Highlight> highlights(ReportInput input) {
        List<Split> splits = List.copyOf(input.assessment().splits().keySet());
        Split split = splits.get(splits.size() - 1);
        Measurement measured = input.assessment().splits().get(split);
        List<Page.Highlight> highlights = new ArrayList<>();
        measured.metrics().scalars().forEach((key, value) -> {
            if (!List.of("rows", "positives", "loss").contains(key)) {
                highlights.add(new Page.Highlight(split + " " + MetricTitles.of(key), Format.score(value)));
            }
        });
        return highlights;
    }

    private static Section result(ReportInput input) {
        return Section.of("result", "Result",
                "As the release decides: calibrated, by its thresholds. The intervals tell how far a number would move"
                        + " with other rows of the same kind.",
                List.of(MetricsTable.of(input.assessment().splits())));
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
