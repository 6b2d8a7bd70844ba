package org.scibert.training.split;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.scibert.io.Text;
import org.scibert.training.datacheck.RelatedRows;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;

/**
 * The split of one file's rows into train, dev and test, about 60, 20 and 20 of a hundred, by works: related rows
 * ({@link RelatedRows}) stand in one split.
 *
 * <p><b>Without an earlier split</b> a work's split follows from a keyed hash of its first row alone. No row moves when
 * rows are added after it, and one that no other is related to never moves, whatever is added, taken away, labelled
 * anew or sorted. Any rule that keeps this and knows no history must assign works independently of one another, so it
 * can't be stratified: of 40 positives, 8 ± 2.6 are in test.
 *
 * <p><b>With the split of an earlier release</b> its rows keep their split wherever they stand now, and new works are
 * assigned so that of each label train, dev and test come as near to 60, 20 and 20 as they can: when 40 positives have
 * grown to 80, 16 ± 0.03 are in test, and 16 ± 3.6 by hash alone (means and deviations of 2,000 simulated files).
 *
 * <p>A row that is related to works of two splits is left out: moving a row would make scores of two versions
 * incomparable, and keeping it would let a model learn from what it is measured on.
 */
public final class GroupedSplit {
    /** The name of this rule, for provenance. Another hash, other shares or other relations are another rule. */
    public static final String RULE = "grouped-hash-2";

    private static final int USUAL_FOLDS = 5;

    private static final Map<Split, Double> SHARES = shares();

    private GroupedSplit() {}

    private static Map<Split, Double> shares() {
        Map<Split, Double> shares = new EnumMap<>(Split.class);
        shares.put(Split.TRAIN, 0.6);
        shares.put(Split.DEV, 0.2);
        shares.put(Split.TEST, 0.2);
        return shares;
    }

    /** A work's rows, by their numbers in the file, and its split where that is known. */
    private static final class Work {
        private final List<Integer> rows = new ArrayList<>();
        private Split split;
    }

    /**
     * Splits rows.
     *
     * @param record the split of an earlier release, whose rows keep theirs; empty, or one of folds, to split by hash
     * @throws DataException if a split would have no rows
     */
    public static FileSplit of(Rows rows, Optional<SplitRecord> record) throws DataException {
        Optional<SplitRecord> earlier = record.filter(SplitRecord::hasSplits);
        List<Row> all = rows.rows();
        RelatedRows related = new RelatedRows(all);
        Strata strata = Strata.of(all);
        Split[] assigned = new Split[all.size()];
        Map<String, List<Work>> waiting = new LinkedHashMap<>(); // by label
        Map<String, Map<Split, Integer>> counts = new HashMap<>(); // works, by label
        for (List<Integer> component : related.components()) {
            for (Work work : works(component, all, related, earlier)) {
                String label = strata.of(work.rows);
                if (work.split == null) {
                    waiting.computeIfAbsent(label, key -> new ArrayList<>()).add(work);
                } else {
                    counts.computeIfAbsent(label, key -> new EnumMap<>(Split.class)).merge(work.split, 1, Integer::sum);
                    work.rows.forEach(row -> assigned[row] = work.split);
                }
            }
        }
        waiting.forEach((label, works) -> {
            works.sort(Comparator.comparingDouble(work -> KeyedHash.place(all.get(work.rows.get(0)))));
            fill(works, counts.getOrDefault(label, Map.of()));
            works.forEach(work -> work.rows.forEach(row -> assigned[row] = work.split));
        });
        int kept = (int) all.stream().filter(row -> earlier.flatMap(found -> found.splitOf(row)).isPresent()).count();
        FileSplit split = FileSplit.of(rows, assigned, related.components().size(), kept);
        requireBothLabels(rows, strata, assigned);
        return split;
    }

    /** Of two labels, train and dev need both: to learn, and to choose the epoch and the threshold by. */
    private static void requireBothLabels(Rows rows, Strata strata, Split[] assigned) throws DataException {
        if (strata.counts().size() != 2) {
            return;
        }
        for (String label : strata.counts().keySet()) {
            int[] labelled = IntStream.range(0, assigned.length)
                    .filter(row -> strata.of(List.of(row)).equals(label))
                    .toArray();
            for (Split split : List.of(Split.TRAIN, Split.DEV)) {
                if (IntStream.of(labelled).noneMatch(row -> assigned[row] == split)) {
                    throw new DataException(rows.file(), Text.format(
                            "%s with the label \"%s\" %s too few to split: none falls into %s; label more%s",
                            Text.count(labelled.length, "record"), rows.rows().get(labelled[0]).labels().get(0),
                            labelled.length == 1 ? "is" : "are", split,
                            labelled.length < 2
                                    ? ""
                                    : ", or cross-validate with --folds " + Math.min(USUAL_FOLDS, labelled.length)));
                }
            }
        }
    }

    /** The works of related rows: one, or several where rows that would join works of different splits are left out. */
    private static List<Work> works(
            List<Integer> component, List<Row> all, RelatedRows related, Optional<SplitRecord> earlier) {
        Map<Integer, Split> known = new HashMap<>();
        Set<Integer> leftOut = new LinkedHashSet<>();
        for (int row : component) {
            Optional<String> title = earlier.flatMap(record -> record.of(all.get(row)));
            title.flatMap(SplitRecord::split).ifPresent(split -> known.put(row, split));
            if (title.equals(Optional.of(SplitRecord.LEFT_OUT))) {
                leftOut.add(row);
            }
        }
        List<Integer> order = new ArrayList<>(component); // those of the earlier split first, else as in the file
        order.removeAll(leftOut);
        order.sort(Comparator.comparing(row -> !known.containsKey(row)));
        List<Work> works = new ArrayList<>();
        for (int row : order) {
            List<Work> joined = works.stream()
                    .filter(work -> work.rows.stream().anyMatch(other -> related.areRelated(row, other)))
                    .toList();
            Set<Split> splits = joined.stream().map(work -> work.split).filter(Objects::nonNull).collect(toSet());
            Split own = known.get(row);
            if (own != null) {
                joined = joined.stream().filter(work -> work.split == own).toList();
                splits = Set.of(own);
            } else if (splits.size() > 1) {
                continue; // left out
            }
            if (joined.isEmpty()) {
                Work first = new Work();
                first.split = own != null ? own : earlier.isPresent() ? null : byHash(all.get(row));
                first.rows.add(row);
                works.add(first);
                continue;
            }
            Work work = joined.get(0);
            work.split = splits.stream().findFirst().orElse(null);
            work.rows.add(row);
            for (Work other : joined.subList(1, joined.size())) {
                work.rows.addAll(other.rows);
                works.remove(other);
            }
        }
        return works;
    }

    private static Split byHash(Row row) {
        double place = KeyedHash.place(row);
        return place < SHARES.get(Split.TEST) ? Split.TEST
                : place < SHARES.get(Split.TEST) + SHARES.get(Split.DEV) ? Split.DEV : Split.TRAIN;
    }

    /**
     * Assigns new works of one label to what its splits lack of their shares, by largest remainder.
     *
     * @param works in the order of their hashes
     * @param earlier works of the label that have a split
     */
    private static void fill(List<Work> works, Map<Split, Integer> earlier) {
        int total = works.size() + earlier.values().stream().mapToInt(Integer::intValue).sum();
        Map<Split, Double> lacking = new EnumMap<>(Split.class);
        SHARES.forEach(
                (split, share) -> lacking.put(split, Math.max(0, share * total - earlier.getOrDefault(split, 0))));
        double sum = lacking.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<Split, Integer> quotas = new EnumMap<>(Split.class);
        lacking.forEach((split, lack) -> quotas.put(split, (int) (works.size() * lack / sum)));
        List<Split> byRemainder = new ArrayList<>(List.of(Split.TEST, Split.DEV, Split.TRAIN));
        byRemainder.sort(Comparator.comparingDouble(
                split -> -(works.size() * lacking.get(split) / sum - quotas.get(split))));
        int left = works.size() - quotas.values().stream().mapToInt(Integer::intValue).sum();
        byRemainder.subList(0, left).forEach(split -> quotas.merge(split, 1, Integer::sum));
        int at = 0;
        for (Split split : List.of(Split.TEST, Split.DEV, Split.TRAIN)) {
            for (int i = 0; i < quotas.get(split); i++) {
                works.get(at++).split = split;
            }
        }
    }
}
