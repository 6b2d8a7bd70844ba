package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** Texts that stand twice in one split: they count twice in the loss or in the scores. */
final class Duplicates {
    private Duplicates() {}

    static List<Finding> find(Splits<Rows> rows, TextIndex index) {
        List<Finding> findings = new ArrayList<>();
        rows.bySplit().forEach((split, of) -> {
            List<List<Place>> groups = index.entries().stream()
                    .map(entry -> entry.in(split))
                    .filter(places -> places.size() > 1)
                    .toList();
            if (!groups.isEmpty()) {
                findings.add(finding(split, of.size(), groups));
            }
        });
        return findings;
    }

    private static Finding finding(Split split, int rows, List<List<Place>> groups) {
        int repeated = groups.stream().mapToInt(group -> group.size() - 1).sum();
        return new Finding(
                FindingKind.DUPLICATE,
                Severity.WARNING,
                List.of(split),
                repeated,
                "%d of %d %s rows repeat the text of an earlier one: %d texts".formatted(
                        repeated, rows, split.title(), groups.size()),
                split == Split.TRAIN
                        ? "keep one row of each text, unless it is meant to weigh more"
                        : "keep one row of each text: a repeated one counts as often in the scores",
                groups.stream().limit(Finding.MAX_EXAMPLES).map(Example::of).toList());
    }
}
