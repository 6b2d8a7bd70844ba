package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scibert.training.rows.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** Texts that stand in two splits: what was learned by heart then counts as understood. */
final class Leaks {
    private Leaks() {}

    static List<Finding> find(Splits<Rows> rows, TextIndex index) {
        List<Finding> findings = new ArrayList<>();
        for (SplitPair pair : SplitPair.of(rows)) {
            List<TextIndex.Entry> shared = index.entries().stream()
                    .filter(entry -> entry.standsIn(pair.earlier()) && entry.standsIn(pair.later()))
                    .toList();
            if (!shared.isEmpty()) {
                findings.add(finding(pair, rows.bySplit().get(pair.later()).size(), shared));
            }
        }
        return findings;
    }

    private static Finding finding(SplitPair pair, int laterRows, List<TextIndex.Entry> shared) {
        int later = shared.stream().mapToInt(entry -> entry.in(pair.later()).size()).sum();
        int earlier = shared.stream().mapToInt(entry -> entry.in(pair.earlier()).size()).sum();
        String what = "%d of %d %s rows stand in %s too: %d texts, in %d %s rows".formatted(
                later, laterRows, pair.later().title(), pair.earlier().title(),
                shared.size(), earlier, pair.earlier().title());
        String next = pair.earlier() == Split.TRAIN
                ? "leave the train rows out (--drop-leaks does), or split again so that no text stands in two splits"
                : "remove these rows from %s; --drop-leaks leaves it as it is".formatted(pair.earlier().title());
        return new Finding(FindingKind.LEAK, Severity.ERROR, pair.splits(), later, what, next, shared.stream()
                .limit(Finding.MAX_EXAMPLES)
                .map(entry -> Example.of(entry.in(pair.later()), entry.in(pair.earlier())))
                .toList());
    }

    /**
     * Leaves out the training rows whose text stands in dev or test.
     *
     * @return what is left, and a finding that says what was left out, if anything was
     * @throws DataException if no training row would be left
     */
    static Dropped drop(Splits<Rows> rows) throws DataException {
        Set<String> held = Stream.concat(Stream.of(rows.dev()), rows.test().stream())
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
            return new Dropped(rows, 0, Optional.empty());
        }
        if (kept.isEmpty()) {
            throw new DataException(train.file(), "each of its %d rows stands in dev or test too; split again"
                    .formatted(train.size()));
        }
        Rows left = new Rows(train.file(), train.sha256(), train.labelLists(), kept);
        String what = "%d of %d train rows stand in dev or test and are left out".formatted(
                dropped.size(), train.size());
        return new Dropped(
                rows.withTrain(left),
                dropped.size(),
                Optional.of(new Finding(FindingKind.DROPPED_LEAK, Severity.NOTE, List.of(Split.TRAIN), dropped.size(),
                        what, "nothing; all that follows is about the rows that are left", dropped)));
    }

    /** What {@link #drop} left, and how many training rows it left out. */
    record Dropped(Splits<Rows> rows, int count, Optional<Finding> finding) {}
}
