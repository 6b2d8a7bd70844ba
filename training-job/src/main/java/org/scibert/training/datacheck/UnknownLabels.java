package org.scibert.training.datacheck;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/** Labels of dev or test that no training row has: nothing can give them. */
final class UnknownLabels {
    private UnknownLabels() {}

    static List<Finding> find(Splits<Rows> rows) {
        Set<String> known =
                rows.train().rows().stream().flatMap(row -> row.labels().stream()).collect(Collectors.toSet());
        return RowFindings.find(
                rows,
                FindingKind.UNKNOWN_LABEL,
                Severity.ERROR,
                "have a label that no train row has",
                "correct the label, remove these rows, or add rows with it to train: fine-tune refuses them",
                (split, row) -> !known.containsAll(row.labels()));
    }
}
