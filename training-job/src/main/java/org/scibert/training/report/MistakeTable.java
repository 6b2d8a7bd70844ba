package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import org.scibert.training.evaluation.Mistake;

/** The rows that the model is most wrong about; their texts only where that is allowed. */
final class MistakeTable {
    private static final String NO_LABEL = "(none)";

    private MistakeTable() {}

    static Table of(List<Mistake> mistakes, boolean texts) {
        List<String> columns = new ArrayList<>(List.of("Row", "Line", "Labelled", "Called", "Probability", "Loss"));
        if (texts) {
            columns.add("Text");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Mistake mistake : mistakes) {
            List<String> row = new ArrayList<>(List.of(
                    mistake.id(),
                    Integer.toString(mistake.line()),
                    names(mistake.gold()),
                    names(mistake.predicted()),
                    Format.score(mistake.probability()),
                    Format.score(mistake.loss())));
            if (texts) {
                row.add(mistake.text());
            }
            rows.add(row);
        }
        return Table.texts(
                "The worst mistakes: probability of what the row is labelled, highest loss first", columns, rows);
    }

    private static String names(List<String> labels) {
        return labels.isEmpty() ? NO_LABEL : String.join(", ", labels);
    }
}
