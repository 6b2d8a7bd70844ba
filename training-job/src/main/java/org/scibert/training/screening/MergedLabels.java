package org.scibert.training.screening;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.training.records.AnnotatedWriter;
import org.scibert.training.records.Format;
import org.scibert.training.records.RecordWriter;
import org.scibert.training.records.RecordWriter.Annotated;
import org.scibert.training.records.WorkbookWriter;
import org.scibert.training.rows.ScreenedFile;
import org.scibert.training.rows.ScreenedRecord;

/**
 * Writes the first screener's file again, each record with the label that the screeners agree on as the column, key or
 * note {@code SciBERT_decision}. Whatever reads labels takes it before those that the file had. A workbook becomes a
 * new one of the same values.
 */
public final class MergedLabels {
    /** Where rows are read, it comes before other labels. */
    private static final List<String> NAMES = List.of("SciBERT_decision");
    /** Said in words, so that a label that the record had before does not count. */
    private static final String NONE = "unlabelled";

    private MergedLabels() {}

    /** What a record gets on which the screeners disagree. */
    public enum OnConflict {
        UNLABELLED,
        EXCLUDE,
        INCLUDE
    }

    /** How many records got a label, and how many none. */
    public record Counts(int labelled, int unlabelled) {}

    /** @param target closed by this */
    public static Counts write(OutputStream target, Screeners screeners, OnConflict onConflict) throws IOException {
        ScreenedFile file = screeners.files().get(0);
        Map<ScreenedRecord, String> labels = screeners.merged(switch (onConflict) {
            case UNLABELLED -> Optional.empty();
            case EXCLUDE -> Optional.of(screeners.negative());
            case INCLUDE -> Optional.of(screeners.positive());
        });
        try (RecordWriter writer = writer(target, file)) {
            for (ScreenedRecord record : file.records()) {
                List<String> label = List.of(labels.getOrDefault(record, NONE));
                writer.write(new Annotated(record.source(), true, label, List.of()));
            }
            writer.end(file.reader().rest());
        }
        return new Counts(labels.size(), file.records().size() - labels.size());
    }

    private static RecordWriter writer(OutputStream target, ScreenedFile file) throws IOException {
        return file.file().format() == Format.WORKBOOK
                ? new WorkbookWriter(
                        target, Format.WORKBOOK, NAMES, new LinkedHashSet<>(file.reader().columns()), false)
                : new AnnotatedWriter(target, file.file(), file.reader(), NAMES);
    }
}
