package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.scibert.io.Text;
import org.scibert.training.datacheck.Finding.Example;
import org.scibert.training.datacheck.Finding.Place;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.datacheck.TextIndex.SplitPair;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** Checks for texts that several rows have. */
final class TextChecks {
    private TextChecks() {}

    /** Texts in two splits: scores would measure memory. One finding for each pair of splits. */
    static List<Finding> leaks(Splits<Rows> rows, TextIndex index) {
        List<Finding> findings = new ArrayList<>();
        for (SplitPair pair : SplitPair.of(rows)) {
            List<TextIndex.Entry> shared = index.entries().stream()
                    .filter(entry -> entry.standsIn(pair.earlier()) && entry.standsIn(pair.later()))
                    .toList();
            if (!shared.isEmpty()) {
                findings.add(leak(pair, rows.of(pair.later()).size(), shared));
            }
        }
        return findings;
    }

    private static Finding leak(SplitPair pair, int laterRows, List<TextIndex.Entry> shared) {
        int later = shared.stream().mapToInt(entry -> entry.in(pair.later()).size()).sum();
        int earlier = shared.stream().mapToInt(entry -> entry.in(pair.earlier()).size()).sum();
        String what = Text.format("%s of %s stand in %s too: %s, in %s",
                later, Text.count(laterRows, pair.later() + " row"), pair.earlier(),
                Text.count(shared.size(), "text"), Text.count(earlier, pair.earlier() + " row"));
        String next = pair.earlier() == Split.TRAIN
                ? "leave the train rows out (--drop-leaks does), or split again so that no text stands in two splits"
                : Text.format("remove these rows from %s; --drop-leaks leaves it as it is", pair.earlier());
        return new Finding(Finding.Kind.LEAK, Severity.ERROR, pair.splits(), later, what, next, shared.stream()
                .limit(Finding.MAX_EXAMPLES)
                .map(entry -> Example.of(entry.in(pair.later()), entry.in(pair.earlier())))
                .toList());
    }

    /** Texts with different labels, in one split or in several: no model can be right about all of their rows. */
    static List<Finding> conflicts(TextIndex index) {
        List<TextIndex.Entry> conflicts = index.entries().stream()
                .filter(entry -> labelSets(entry) > 1)
                .toList();
        if (conflicts.isEmpty()) {
            return List.of();
        }
        int rows = conflicts.stream().mapToInt(entry -> entry.places().size()).sum();
        return List.of(new Finding(
                Finding.Kind.CONFLICT,
                Severity.WARNING,
                conflicts.stream()
                        .flatMap(entry -> entry.places().stream())
                        .map(Place::split)
                        .distinct()
                        .sorted()
                        .toList(),
                conflicts.size(),
                Text.format("%s with different labels, in %s",
                        Text.count(conflicts.size(), "text"), Text.count(rows, "row")),
                "decide on one label for each text, or make the task multi-label",
                conflicts.stream()
                        .limit(Finding.MAX_EXAMPLES)
                        .map(entry -> Example.of(entry.places()))
                        .toList()));
    }

    private static long labelSets(TextIndex.Entry entry) {
        return entry.places().stream().map(place -> Set.copyOf(place.labels())).distinct().count();
    }

    /** Texts twice in one split: they count twice in the loss or in the scores. One finding for each split. */
    static List<Finding> duplicates(Splits<Rows> rows, TextIndex index) {
        List<Finding> findings = new ArrayList<>();
        rows.bySplit().forEach((split, of) -> {
            List<List<Place>> groups = index.entries().stream()
                    .map(entry -> entry.in(split))
                    .filter(places -> places.size() > 1)
                    .toList();
            if (!groups.isEmpty()) {
                findings.add(duplicate(split, of.size(), groups));
            }
        });
        return findings;
    }

    private static Finding duplicate(Split split, int rows, List<List<Place>> groups) {
        int repeated = groups.stream().mapToInt(group -> group.size() - 1).sum();
        return new Finding(
                Finding.Kind.DUPLICATE,
                Severity.WARNING,
                List.of(split),
                repeated,
                Text.format("%s of %s repeat the text of an earlier one: %s",
                        repeated, Text.count(rows, split + " row"), Text.count(groups.size(), "text")),
                split == Split.TRAIN
                        ? "keep one row of each text, unless it is meant to weigh more"
                        : "keep one row of each text: a repeated one counts as often in the scores",
                groups.stream().limit(Finding.MAX_EXAMPLES).map(Example::of).toList());
    }
}
