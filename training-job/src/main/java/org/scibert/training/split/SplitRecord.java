package org.scibert.training.split;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.scibert.training.records.DataException;
import org.scibert.training.records.RecordFile;
import org.scibert.training.records.RecordReader;
import org.scibert.training.records.SourceRecord;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Split;

/**
 * The split.csv of a release: which split or fold each record was in, by its id and a keyed hash of its text; no text.
 *
 * <pre>
 * split,id,hash
 * train,"doi:10.1000/1",0123456789abcdef
 * fold 2,"17",fedcba9876543210
 * left out,"18",00112233445566778
 * </pre>
 */
public final class SplitRecord {
    /** The file's name in a release. */
    public static final String FILE = "split.csv";

    static final String LEFT_OUT = "left out";
    private static final String FOLD = "fold ";
    private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.DEV, Split.TEST);

    private final List<Entry> entries;
    private final Map<String, String> byIdAndHash;
    private final Map<String, String> byHash;
    private final Map<String, String> byId;

    /**
     * A line of the file.
     *
     * @param title of a split or a fold, or {@value SplitRecord#LEFT_OUT}
     * @param hash of {@link KeyedHash#ofText}; empty in the files of releases that had none
     */
    private record Entry(String title, String id, String hash) {}

    private SplitRecord(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        this.byIdAndHash = titles(entry -> entry.id() + ' ' + entry.hash());
        this.byHash = titles(Entry::hash);
        this.byId = titles(Entry::id);
    }

    /** The titles by what entries are told by, without what stands for several titles or is empty. */
    private Map<String, String> titles(Function<Entry, String> key) {
        Map<String, String> titles = new HashMap<>();
        Set<String> ambiguous = new HashSet<>(Set.of(""));
        for (Entry entry : entries) {
            String other = titles.putIfAbsent(key.apply(entry), entry.title());
            if (other != null && !other.equals(entry.title())) {
                ambiguous.add(key.apply(entry));
            }
        }
        titles.keySet().removeAll(ambiguous);
        return titles;
    }

    /** The record of a split into train, dev and test. */
    public static SplitRecord of(FileSplit split) {
        List<Entry> entries = new ArrayList<>();
        split.rows().bySplit().forEach((title, rows) -> rows.rows().forEach(row -> entries.add(entry(title.title(), row))));
        split.leftOut().forEach(row -> entries.add(entry(LEFT_OUT, row)));
        return new SplitRecord(entries);
    }

    /** The record of folds. */
    public static SplitRecord of(List<Row> rows, Folds folds) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            entries.add(entry(FOLD + (folds.of(i) + 1), rows.get(i)));
        }
        return new SplitRecord(entries);
    }

    private static Entry entry(String title, Row row) {
        return new Entry(title, row.id(), KeyedHash.ofText(row));
    }

    /** @throws DataException if it is not the split.csv of a release */
    public static SplitRecord read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (RecordReader reader = RecordFile.of(file, Optional.empty()).open()) {
            for (SourceRecord record; (record = reader.next()) != null; ) {
                String title = field(record, "split");
                if (title.isEmpty() || field(record, "id").isEmpty() || !isTitle(title)) {
                    throw new DataException(file, record.line(), "this is no line of a release's split.csv, whose columns"
                            + " are split, id and hash; give the file of an earlier release");
                }
                entries.add(new Entry(title, field(record, "id"), field(record, "hash")));
            }
        }
        if (entries.isEmpty()) {
            throw new DataException(file, "it names no records; give the split.csv of an earlier release");
        }
        return new SplitRecord(entries);
    }

    private static boolean isTitle(String title) {
        return split(title).isPresent() || title.startsWith(FOLD) || title.equals(LEFT_OUT);
    }

    private static String field(SourceRecord record, String name) {
        SourceRecord.Field field = record.fields().get(name);
        return field == null ? "" : field.text();
    }

    static Optional<Split> split(String title) {
        return SPLITS.stream().filter(split -> split.title().equals(title)).findFirst();
    }

    /** The split that a row was in; empty if it was in a fold, left out, or not there. */
    public Optional<Split> splitOf(Row row) {
        return of(row).flatMap(SplitRecord::split);
    }

    /** Whether a row was in a fold, and so among the rows that the released model was trained on. */
    public boolean isInFold(Row row) {
        return of(row).filter(title -> title.startsWith(FOLD)).isPresent();
    }

    /**
     * What the record says of a row: of its id and text, else of its text, else of its id. An id that is only the row's
     * line in its file says nothing alone, as lines move when a file grows; unless the record has no hashes, as those of
     * the first releases.
     */
    Optional<String> of(Row row) {
        String hash = KeyedHash.ofText(row);
        boolean named = !row.id().equals(Integer.toString(row.line())) && !row.id().endsWith(":" + row.line());
        return Optional.ofNullable(byIdAndHash.get(row.id() + ' ' + hash))
                .or(() -> Optional.ofNullable(byHash.get(hash)))
                .or(() -> Optional.ofNullable(named || byHash.isEmpty() ? byId.get(row.id()) : null));
    }

    /** Whether it records a split into train, dev and test, and not folds. */
    public boolean hasSplits() {
        return entries.stream().anyMatch(entry -> split(entry.title()).isPresent());
    }

    /** The file's content. */
    public String csv() {
        StringBuilder csv = new StringBuilder("split,id,hash\n");
        for (Entry entry : entries) {
            csv.append(Stream.of(entry.title(), quoted(entry.id()), entry.hash()).reduce((a, b) -> a + "," + b).orElseThrow())
                    .append('\n');
        }
        return csv.toString();
    }

    private static String quoted(String id) {
        return '"' + id.replace("\"", "\"\"") + '"';
    }
}
