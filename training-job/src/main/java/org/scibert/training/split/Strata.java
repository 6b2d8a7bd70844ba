package org.scibert.training.split;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scibert.training.rows.LabelText;
import org.scibert.training.rows.Row;

/**
 * The label that a work is stratified by: the rarest of its rows' labels. Words that say the same of a screening
 * decision count as one.
 */
record Strata(List<Row> rows, Map<String, Integer> counts) {

    static Strata of(List<Row> rows) {
        Map<String, Integer> counts = new HashMap<>();
        rows.forEach(row -> row.labels().forEach(label -> counts.merge(key(label), 1, Integer::sum)));
        return new Strata(rows, counts);
    }

    /** The rarest label of some rows; empty for rows without one. */
    String of(Collection<Integer> numbers) {
        return numbers.stream()
                .flatMap(number -> rows.get(number).labels().stream())
                .map(Strata::key)
                .min(Comparator.<String, Integer>comparing(counts::get).thenComparing(Comparator.naturalOrder()))
                .orElse("");
    }

    private static String key(String label) {
        return LabelText.isPositive(label) ? "1" : LabelText.isNegative(label) ? "0" : label;
    }
}
