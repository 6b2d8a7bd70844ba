package org.scibert.training.screening;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.scibert.training.datacheck.DisjointSets;
import org.scibert.training.datacheck.Normalisation;
import org.scibert.training.rows.ScreenedRecord;

/**
 * The records of several files, put together by the work that they are about: the same DOI or PMID, else the same title
 * without case and punctuation, else the same text: what the split of one file goes by, but for near duplicates. Equal
 * titles of records whose DOIs or PMIDs differ don't say which belongs to which: those are put together with none, and
 * told.
 *
 * <p>Shapes: F files.
 *
 * @param works each with at least one record, in the order of the files and their records
 * @param ambiguous records of one title and several DOIs or PMIDs, in more than one file
 */
public record MatchedRecords(List<Work> works, List<Work> ambiguous) {
    /**
     * The records about one work.
     *
     * @param byFile (F); empty for a file that lacks the work
     */
    public record Work(List<List<ScreenedRecord>> byFile) {
        public Work {
            byFile = byFile.stream().map(List::copyOf).toList();
        }

        /** The first record, in the order of the files. */
        public ScreenedRecord first() {
            return byFile.stream().flatMap(List::stream).findFirst().orElseThrow();
        }

        public int files() {
            return (int) byFile.stream().filter(records -> !records.isEmpty()).count();
        }

        int records() {
            return byFile.stream().mapToInt(List::size).sum();
        }
    }

    public MatchedRecords {
        works = List.copyOf(works);
        ambiguous = List.copyOf(ambiguous);
    }

    /**
     * Matches records.
     *
     * @param files (F) lists of records
     * @param byId whether an id column was named: then equal ids match, and nothing else does
     */
    public static MatchedRecords of(List<List<ScreenedRecord>> files, boolean byId) {
        List<ScreenedRecord> records = files.stream().flatMap(List::stream).toList();
        DisjointSets sets = new DisjointSets(records.size());
        List<List<Integer>> ambiguous = new ArrayList<>();
        if (byId) {
            joinAll(buckets(records, record -> List.of(record.id())), sets);
        } else {
            joinAll(buckets(records, MatchedRecords::ids), sets);
            ambiguous = joinByWords(records, sets);
        }
        Map<Integer, List<Integer>> bySet = new TreeMap<>();
        for (int i = 0; i < records.size(); i++) {
            bySet.computeIfAbsent(sets.root(i), root -> new ArrayList<>(1)).add(i);
        }
        List<Work> works = works(files, records, bySet.values());
        Map<Integer, Work> ofRoot = new HashMap<>();
        Iterator<Integer> roots = bySet.keySet().iterator();
        works.forEach(work -> ofRoot.put(roots.next(), work));
        // Where each of the works is in all files, there is nothing left to match.
        ambiguous.removeIf(same -> same.stream().allMatch(i -> ofRoot.get(sets.root(i)).files() == files.size()));
        return new MatchedRecords(
                works,
                works(files, records, ambiguous).stream()
                        .filter(work -> work.files() > 1)
                        .distinct()
                        .toList());
    }

    /** Joins records of equal titles or texts; returns those whose DOIs or PMIDs leave open which belong together. */
    private static List<List<Integer>> joinByWords(List<ScreenedRecord> records, DisjointSets sets) {
        Map<Integer, Set<String>> idsOfSet = new HashMap<>();
        for (int i = 0; i < records.size(); i++) {
            idsOfSet.computeIfAbsent(sets.root(i), root -> new LinkedHashSet<>(2)).addAll(ids(records.get(i)));
        }
        List<List<Integer>> ambiguous = new ArrayList<>();
        for (List<Integer> same : buckets(records, MatchedRecords::words)) {
            Set<Integer> roots = new LinkedHashSet<>();
            same.forEach(number -> roots.add(sets.root(number)));
            Set<String> ids = new LinkedHashSet<>();
            roots.forEach(root -> ids.addAll(idsOfSet.get(root)));
            boolean oneWork = roots.stream().filter(root -> !idsOfSet.get(root).isEmpty()).count() < 2
                    || ids.stream().filter(id -> id.startsWith("doi:")).count() < 2
                            && ids.stream().filter(id -> id.startsWith("pmid:")).count() < 2;
            if (oneWork) {
                joinAll(List.of(same), sets);
                idsOfSet.put(sets.root(same.get(0)), ids);
            } else {
                ambiguous.add(same);
            }
        }
        return ambiguous;
    }

    private interface Keys {
        List<String> of(ScreenedRecord record);
    }

    /** The numbers of the records that share a key; at least two each. */
    private static List<List<Integer>> buckets(List<ScreenedRecord> records, Keys keys) {
        Map<String, List<Integer>> buckets = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); i++) {
            for (String key : keys.of(records.get(i))) {
                buckets.computeIfAbsent(key, k -> new ArrayList<>(2)).add(i);
            }
        }
        return buckets.values().stream().filter(bucket -> bucket.size() > 1).toList();
    }

    private static void joinAll(Collection<List<Integer>> buckets, DisjointSets sets) {
        buckets.forEach(bucket -> bucket.forEach(number -> sets.join(bucket.get(0), number)));
    }

    private static List<String> ids(ScreenedRecord record) {
        return record.keys().stream().filter(key -> key.startsWith("doi:") || key.startsWith("pmid:")).toList();
    }

    /** The title, if it is no common heading, and the text. */
    private static List<String> words(ScreenedRecord record) {
        List<String> words = new ArrayList<>(2);
        record.keys().stream().filter(key -> key.startsWith("title:")).forEach(words::add);
        if (!record.text().isBlank()) {
            words.add("text:" + Normalisation.of(record.text()));
        }
        return words;
    }

    private static List<Work> works(
            List<List<ScreenedRecord>> files, List<ScreenedRecord> records, Collection<List<Integer>> groups) {
        int[] fileOf = new int[records.size()];
        int at = 0;
        for (int file = 0; file < files.size(); file++) {
            for (int i = 0; i < files.get(file).size(); i++) {
                fileOf[at++] = file;
            }
        }
        List<Work> works = new ArrayList<>();
        for (List<Integer> group : groups) {
            List<List<ScreenedRecord>> byFile = new ArrayList<>();
            files.forEach(file -> byFile.add(new ArrayList<>(1)));
            group.forEach(number -> byFile.get(fileOf[number]).add(records.get(number)));
            works.add(new Work(byFile));
        }
        return works;
    }
}
