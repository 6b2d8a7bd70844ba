package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.training.datacheck.Finding.Place;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** The different texts of all splits after {@link Normalisation}, in the order in which they first stand. */
record TextIndex(List<Entry> entries) {

    /**
     * One text.
     *
     * @param places the rows that have it, by split and line
     */
    record Entry(String text, List<Place> places) {
        List<Place> in(Split split) {
            return places.stream().filter(place -> place.split() == split).toList();
        }

        boolean standsIn(Split split) {
            return places.stream().anyMatch(place -> place.split() == split);
        }
    }

    /**
     * Two splits that must have no text in common.
     *
     * @param earlier the split that is learned from or chosen by
     * @param later the split that is chosen by or measured on
     */
    record SplitPair(Split earlier, Split later) {

        /** All pairs, those with train first. */
        static List<SplitPair> of(Splits<Rows> rows) {
            List<Split> splits = List.copyOf(rows.bySplit().keySet());
            List<SplitPair> pairs = new ArrayList<>();
            for (int i = 0; i < splits.size(); i++) {
                for (int j = i + 1; j < splits.size(); j++) {
                    pairs.add(new SplitPair(splits.get(i), splits.get(j)));
                }
            }
            return pairs;
        }

        List<Split> splits() {
            return List.of(earlier, later);
        }
    }

    static TextIndex of(Splits<Rows> rows) {
        Map<String, List<Place>> places = new LinkedHashMap<>();
        rows.bySplit().forEach((split, of) -> {
            for (Row row : of.rows()) {
                places.computeIfAbsent(Normalisation.of(row.text()), text -> new ArrayList<>(1))
                        .add(Place.of(split, row));
            }
        });
        List<Entry> entries = new ArrayList<>(places.size());
        places.forEach((text, found) -> entries.add(new Entry(text, found)));
        return new TextIndex(entries);
    }

    /** The number of different texts of a split. */
    int texts(Split split) {
        return (int) entries.stream().filter(entry -> entry.standsIn(split)).count();
    }
}
