package org.scibert.training.datacheck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scibert.training.datacheck.Finding.Place;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/** Rows made by hand: texts and labels in turn, one row a line. */
final class RowSets {
    private RowSets() {}

    static Rows rows(String name, String... textsAndLabels) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < textsAndLabels.length; i += 2) {
            int line = i / 2 + 1;
            rows.add(new Row(line, Integer.toString(line), textsAndLabels[i], List.of(textsAndLabels[i + 1])));
        }
        return new Rows(Path.of(name), "0".repeat(64), false, rows);
    }

    static Splits<Rows> splits(Rows train, Rows dev, Rows test) {
        return new Splits<>(train, dev, test);
    }

    static Splits<Rows> splits(Rows train, Rows dev) {
        return new Splits<>(train, dev);
    }

    static DataCheck check(Splits<Rows> rows) throws Exception {
        return DataCheck.of(rows, false, Optional.empty(), Optional.empty());
    }

    static List<Finding> findings(Splits<Rows> rows, Finding.Kind kind) throws Exception {
        return check(rows).report().findings().stream().filter(finding -> finding.kind() == kind).toList();
    }

    /** The lines that a finding's examples name, example by example. */
    static List<List<Integer>> lines(Finding finding) {
        return finding.examples().stream()
                .map(example -> example.rows().stream().map(Place::line).toList())
                .toList();
    }
}
