package org.scibert.training.datacheck;

import java.util.List;
import java.util.Set;

/** The same text with different labels, in one split or in two: no model can be right about all of them. */
final class Conflicts {
    private Conflicts() {}

    static List<Finding> find(TextIndex index) {
        List<TextIndex.Entry> conflicts = index.entries().stream()
                .filter(entry -> entry.places().stream().map(place -> Set.copyOf(place.labels())).distinct().count() > 1)
                .toList();
        if (conflicts.isEmpty()) {
            return List.of();
        }
        int rows = conflicts.stream().mapToInt(entry -> entry.places().size()).sum();
        return List.of(new Finding(
                FindingKind.CONFLICT,
                Severity.WARNING,
                conflicts.stream().flatMap(entry -> entry.places().stream()).map(Place::split).distinct().sorted().toList(),
                conflicts.size(),
                "%d texts have different labels, in %d rows".formatted(conflicts.size(), rows),
                "decide on one label for each text, or make the task multi-label",
                conflicts.stream()
                        .limit(Finding.MAX_EXAMPLES)
                        .map(entry -> Example.of(entry.places()))
                        .toList()));
    }
}
