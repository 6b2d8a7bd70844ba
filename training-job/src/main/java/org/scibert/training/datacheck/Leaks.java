package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.scibert.io.Text;
import org.scibert.training.datacheck.Finding.Example;
import org.scibert.training.datacheck.Finding.Place;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * The rows without those training rows whose text stands in dev or test.
 *
 * @param count training rows that were left out
 * @param finding says what was left out, if anything was
 */
record Leaks(Splits<Rows> rows, int count, Optional<Finding> finding) {

    /** Leaves nothing out. */
    static Leaks kept(Splits<Rows> rows) {
        return new Leaks(rows, 0, Optional.empty());
    }

    /**
     * Leaves out the training rows whose text stands in dev or test.
     *
     * @throws DataException if no training row would be left
     */
    static Leaks dropped(Splits<Rows> rows) throws DataException {
        if (rows.crossValidated()) {
            return kept(rows); // related rows stand in one fold
        }
        Set<String> held = rows.heldOut().values().stream()
                .flatMap(split -> split.texts().stream())
                .map(Normalisation::of)
                .collect(Collectors.toSet());
        Rows train = rows.train();
        List<Row> kept = new ArrayList<>();
        List<Example> dropped = new ArrayList<>();
        for (Row row : train.rows()) {
            if (held.contains(Normalisation.of(row.text()))) {
                dropped.add(Example.of(List.of(Place.of(Split.TRAIN, row))));
            } else {
                kept.add(row);
            }
        }
        if (dropped.isEmpty()) {
            return kept(rows);
        }
        if (kept.isEmpty()) {
            throw new DataException(train.file(), Text.format(
                    "each of its %s rows stands in dev or test too; split again",
                    train.size()));
        }
        String what = Text.format("%s of %s train rows stand in dev or test and are left out",
                dropped.size(), train.size());
        return new Leaks(
                rows.withTrain(train.with(kept)),
                dropped.size(),
                Optional.of(new Finding(
                        Finding.Kind.DROPPED_LEAK, Severity.NOTE, List.of(Split.TRAIN), dropped.size(), what,
                        "nothing; all that follows is about the rows that are left", dropped)));
    }
}
