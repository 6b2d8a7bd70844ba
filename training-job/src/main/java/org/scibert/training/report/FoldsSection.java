package org.scibert.training.report;

import java.util.List;
import org.scibert.io.Text;
import org.scibert.training.assessment.FoldScores;

/** The section on a cross-validation, of the report and the model card: the score of each fold. */
final class FoldsSection {
    private FoldsSection() {}

    static Section of(FoldScores scores) {
        return Section.of("folds", "Cross-validation",
                Text.format("%s A fold holds few positives, so that its own score moves more than that of all rows"
                        + " together.",
                        scores.sentence() + "."),
                List.of(Table.numbers("Each fold, by the model that was trained without it",
                        List.of("Fold", "Rows", MetricTitles.of(scores.measure())),
                        scores.folds().stream()
                                .map(fold -> List.of(
                                        Integer.toString(fold.fold()), Integer.toString(fold.rows()),
                                        Format.score(fold.score())))
                                .toList())));
    }
}
