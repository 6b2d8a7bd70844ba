package org.scibert.training.split;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final List<RowIndex.Entry<String>> entries; // the title of a split or a fold
    private final RowIndex<String> index;

    private SplitRecord(List<RowIndex.Entry<String>> entries) {
        this.entries = List.copyOf(entries);
        this.index = new RowIndex<>(entries);
    }

    /** The record of a split into train, dev and test. */
    public static SplitRecord of(FileSplit split) {
        List<RowIndex.Entry<String>> entries = new ArrayList<>();
        split.rows().bySplit().forEach(
                (title, rows) -> rows.rows().forEach(row -> entries.add(RowIndex.Entry.of(row, title.title()))));
        split.leftOut().forEach(row -> entries.add(RowIndex.Entry.of(row, LEFT_OUT)));
        return new SplitRecord(entries);
    }

    /** The record of folds. */
    public static SplitRecord of(List<Row> rows, Folds folds) {
        List<RowIndex.Entry<String>> entries = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            entries.add(RowIndex.Entry.of(rows.get(i), FOLD + (folds.of(i) + 1)));
        }
        return new SplitRecord(entries);
    }

    /** @throws DataException if it is not the split.csv of a release */
    public static SplitRecord read(Path file) throws IOException {
        List<RowIndex.Entry<String>> entries = new ArrayList<>();
        try (RecordReader reader = RecordFile.of(file, Optional.empty()).open()) {
            for (SourceRecord record; (record = reader.next()) != null; ) {
                String title = field(record, "split");
                if (title.isEmpty() || field(record, "id").isEmpty() || !isTitle(title)) {
                    throw new DataException(file, record.line(), "this is no line of a release's split.csv, whose"
                            + " columns are split, id and hash; give the file of an earlier release");
                }
                entries.add(new RowIndex.Entry<>(field(record, "id"), field(record, "hash"), title));
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

    static String field(SourceRecord record, String name) {
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

    /** Whether the released model was trained on a row: on those to train, and on all folds. */
    public boolean wasTrainedOn(Row row) {
        return of(row).filter(title -> title.equals(Split.TRAIN.title()) || title.startsWith(FOLD)).isPresent();
    }

    /** What the record says of a row, found by {@link RowIndex}. */
    Optional<String> of(Row row) {
        return index.of(row);
    }

    /** Whether it records a split into train, dev and test, and not folds. */
    public boolean hasSplits() {
        return entries.stream().anyMatch(entry -> split(entry.value()).isPresent());
    }

    /** The file's content. */
    public String csv() {
        StringBuilder csv = new StringBuilder("split,id,hash\n");
        for (RowIndex.Entry<String> entry : entries) {
            csv.append(entry.value()).append(',').append(quoted(entry.id())).append(',').append(entry.hash())
                    .append('\n');
        }
        return csv.toString();
    }

    static String quoted(String id) {
        return '"' + id.replace("\"", "\"\"") + '"';
    }
}
