package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** Labels that too few rows have. */
final class RareLabels {
    /** Below this, one row moves a label's recall by more than 10 points. */
    static final int ENOUGH = 10;

    private RareLabels() {}

    static List<Finding> find(Splits<Rows> rows, ClassBalance balance) {
        List<Finding> findings = new ArrayList<>();
        for (Split split : rows.bySplit().keySet()) {
            List<LabelCount> rare = balance.labels().stream()
                    .filter(label -> label.rows().get(split) < ENOUGH)
                    .toList();
            if (!rare.isEmpty()) {
                findings.add(finding(split, rare));
            }
        }
        return findings;
    }

    private static Finding finding(Split split, List<LabelCount> rare) {
        String counts = rare.stream()
                .map(label -> "\"%s\" (%d)".formatted(label.label(), label.rows().get(split)))
                .collect(Collectors.joining(", "));
        return new Finding(
                FindingKind.RARE_LABEL,
                Severity.WARNING,
                List.of(split),
                rare.size(),
                "labels with fewer than %d %s rows: %s".formatted(ENOUGH, split.title(), counts),
                split == Split.TRAIN
                        ? "label more rows, or join the label with another: it is hardly learned"
                        : "add rows: one of them moves the label's recall by more than 10 points",
                List.of());
    }
}
