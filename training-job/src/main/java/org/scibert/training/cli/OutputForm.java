package org.scibert.training.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scibert.io.Text;
import org.scibert.training.records.AnnotatedWriter;
import org.scibert.training.records.ConvertedWriter;
import org.scibert.training.records.Format;
import org.scibert.training.records.RecordFile;
import org.scibert.training.records.Target;
import org.scibert.training.records.WorkbookEditor;
import org.scibert.training.records.WorkbookWriter;
import org.scibert.training.rows.RowFile;

/** The form that classified records are written in: their own, or another. */
final class OutputForm {
    private final RowFile rows;
    private final RecordFile file;
    private final Optional<Target> conversion;
    private final boolean ranked;

    /**
     * @param conversion empty for the form that the records have
     * @param ranked whether the records are written in the order of their ranks
     */
    OutputForm(RowFile rows, Optional<Target> conversion, boolean ranked) {
        this.rows = rows;
        this.file = rows.file();
        this.conversion = conversion;
        this.ranked = ranked;
    }

    /** Whether records are written from their fields, and not from their text alone. */
    boolean needsFields() {
        return conversion.isPresent() || file.format() == Format.WORKBOOK;
    }

    /**
     * Writes all records.
     *
     * @param out closed at the end
     * @return what the form can't hold as it was, in sentences without a full stop
     */
    List<String> write(OutputStream out, ClassifiedRecords all) throws IOException {
        Set<String> fields = new LinkedHashSet<>(rows.reader().columns());
        fields.addAll(all.fields());
        if (conversion.isEmpty() && file.format() != Format.WORKBOOK) {
            try (AnnotatedWriter writer = new AnnotatedWriter(out, file, rows.reader(), ClassifiedRecords.NAMES)) {
                all.write(writer, ranked);
                writer.end(rows.reader().rest());
            }
            return List.of();
        }
        if (conversion.orElse(Target.XLSX) == Target.XLSX) {
            return workbook(out, all, fields);
        }
        try (ConvertedWriter writer = new ConvertedWriter(
                out, file.format(), conversion.get(), ClassifiedRecords.NAMES, fields, all.unreadable())) {
            all.write(writer, ranked);
            return writer.asNotes().isEmpty()
                    ? List.of()
                    : List.of("RIS has no tag for " + String.join(", ", writer.asNotes())
                            + ": they stand in notes (N1)");
        }
    }

    private List<String> workbook(OutputStream out, ClassifiedRecords all, Set<String> fields) throws IOException {
        if (file.format() == Format.WORKBOOK && !ranked) {
            Optional<WorkbookEditor> editor =
                    WorkbookEditor.open(out, file, rows.reader(), ClassifiedRecords.NAMES);
            if (editor.isPresent()) {
                try (WorkbookEditor writer = editor.get()) {
                    all.write(writer, false);
                    writer.end("");
                }
                return List.of();
            }
        }
        List<String> notices = new ArrayList<>();
        try (WorkbookWriter writer =
                new WorkbookWriter(out, file.format(), ClassifiedRecords.NAMES, fields, all.unreadable())) {
            all.write(writer, ranked);
            writer.end("");
            if (writer.cut() > 0) {
                notices.add(Text.format("%s had more characters than a cell of Excel holds (32767) and lost the rest",
                        Text.count(writer.cut(), "value")));
            }
        }
        if (file.format() == Format.WORKBOOK) {
            notices.add("it is a new workbook of values: formats, formulas and other sheets are not kept (--order file"
                    + " keeps them)");
        }
        return notices;
    }
}
