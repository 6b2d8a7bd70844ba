package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** How many different texts a split has. */
    int texts(Split split) {
        return (int) entries.stream().filter(entry -> entry.standsIn(split)).count();
    }
}
