package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/** Findings about single rows: one for each split that has such rows. */
final class RowFindings {
    private RowFindings() {}

    /**
     * @param what follows "N of M SPLIT rows "
     * @param isOne whether a row of the given split is such a row
     */
    static List<Finding> find(
            Splits<Rows> rows,
            FindingKind kind,
            Severity severity,
            String what,
            String next,
            BiPredicate<Rows, Row> isOne) {
        List<Finding> findings = new ArrayList<>();
        rows.bySplit().forEach((split, of) -> {
            List<Example> found = of.rows().stream()
                    .filter(row -> isOne.test(of, row))
                    .map(row -> Example.of(List.of(Place.of(split, row))))
                    .toList();
            if (!found.isEmpty()) {
                String sentence = "%d of %d %s rows %s".formatted(found.size(), of.size(), split.title(), what);
                findings.add(new Finding(kind, severity, List.of(split), found.size(), sentence, next, found));
            }
        });
        return findings;
    }
}
