package org.scibert.training.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scibert.io.Text;
import org.scibert.training.records.DataException;
import org.scibert.training.records.RecordFile;
import org.scibert.training.records.RecordReader;
import org.scibert.training.records.SourceRecord;

/**
 * All records of a file that people screen, in its order: labelled or not, with a text or without.
 *
 * @param file with its format
 * @param reader that has read them; closed, but still knows what stands before and after the records
 * @param how format, encoding and columns, in words
 * @param records at least one
 */
public record ScreenedFile(RecordFile file, RecordReader reader, String how, List<ScreenedRecord> records) {
    public ScreenedFile {
        records = List.copyOf(records);
    }

    /**
     * Reads a file.
     *
     * @throws DataException if it is nothing that records can be read from, or its records have lists of labels
     */
    public static ScreenedFile read(Path path, ReadOptions options) throws IOException {
        try (RowFile rows = new RowFile(path, "", options, true, Integer.MAX_VALUE)) {
            LabelReader labels = new LabelReader(rows, options.labelSeparator(), false);
            List<ScreenedRecord> records = new ArrayList<>();
            for (SourceRecord source = rows.next(); source != null; source = rows.next()) {
                Optional<List<String>> label = labels.labels(source);
                if (labels.lists()) {
                    throw rows.bad(source, "it has a list of labels; a screening needs one label for each record");
                }
                records.add(new ScreenedRecord(
                        source, rows.id(source), rows.titleOf(source).orElse(""), rows.text(source).orElse(""),
                        rows.works(source), label.map(found -> found.get(0))));
            }
            if (records.isEmpty()) {
                throw new DataException(path, "there are no records in it");
            }
            return new ScreenedFile(rows.file(), rows.reader(), rows.title(), withoutUndecided(records));
        }
    }

    /** Records labelled -1 beside 0 are undecided, as for {@link RowReader}. */
    private static List<ScreenedRecord> withoutUndecided(List<ScreenedRecord> records) {
        Optional<String> undecided = Optional.of("-1");
        if (records.stream().noneMatch(record -> record.label().equals(Optional.of("0")))
                || records.stream().noneMatch(record -> record.label().equals(undecided))) {
            return records;
        }
        return records.stream()
                .map(record -> record.label().equals(undecided)
                        ? new ScreenedRecord(record.source(), record.id(), record.title(), record.text(), record.keys(),
                                Optional.empty())
                        : record)
                .toList();
    }

    public Path path() {
        return file.path();
    }

    /** One line about how the file was read. */
    public String line() {
        return Text.format("%s: %s; %s, %s labelled", path(), how, Text.count(records.size(), "record"),
                records.stream().filter(record -> record.label().isPresent()).count());
    }
}
