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

/**
 * The out-of-fold.csv of a cross-validated release: its folds' answers to the rows that the released model was trained
 * on, by which it is compared with other versions; no text.
 *
 * <pre>
 * id,hash,logit 1
 * "doi:10.1000/1",0123456789abcdef,-1.25
 * </pre>
 */
public final class OutOfFoldRecord {
    /** The file's name in a release. */
    public static final String FILE = "out-of-fold.csv";

    private final RowIndex<List<Float>> index;

    private OutOfFoldRecord(List<RowIndex.Entry<List<Float>>> entries) {
        this.index = new RowIndex<>(entries);
    }

    /** The file's content. */
    public static String csv(List<Row> rows, OutOfFold answers) {
        StringBuilder csv = new StringBuilder("id,hash");
        for (int c = 1; c <= answers.outputs(); c++) {
            csv.append(",logit ").append(c);
        }
        csv.append('\n');
        for (int i = 0; i < rows.size(); i++) {
            csv.append(SplitRecord.quoted(rows.get(i).id())).append(',').append(KeyedHash.ofText(rows.get(i)));
            for (int c = 0; c < answers.outputs(); c++) {
                csv.append(',').append(answers.logits()[i * answers.outputs() + c]);
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    /** @throws DataException if it is not the out-of-fold.csv of a release */
    public static OutOfFoldRecord read(Path file) throws IOException {
        List<RowIndex.Entry<List<Float>>> entries = new ArrayList<>();
        try (RecordReader reader = RecordFile.of(file, Optional.empty()).open()) {
            for (SourceRecord record; (record = reader.next()) != null; ) {
                List<Float> logits = new ArrayList<>();
                for (String text; !(text = SplitRecord.field(record, "logit " + (logits.size() + 1))).isEmpty(); ) {
                    logits.add(logit(file, record, text));
                }
                entries.add(new RowIndex.Entry<>(
                        SplitRecord.field(record, "id"), SplitRecord.field(record, "hash"), List.copyOf(logits)));
            }
        }
        return new OutOfFoldRecord(entries);
    }

    private static float logit(Path file, SourceRecord record, String text) throws DataException {
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            throw new DataException(file, record.line(), "a logit must be a number, is \"" + text + "\"");
        }
    }

    /** The answer to a row, (C); empty if there is none, or it can't be told which one. */
    public Optional<List<Float>> of(Row row) {
        return index.of(row).filter(logits -> !logits.isEmpty());
    }
}
