package org.scibert.training.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scibert.io.FileDigest;
import org.scibert.io.Text;
import org.scibert.training.records.DataException;
import org.scibert.training.records.SourceRecord;

/**
 * Reads labelled rows from files of any format that {@link org.scibert.training.records} knows. A folder stands for all
 * files under it ({@link RowFolder}). Records without a text or a label are left out and counted.
 */
public final class RowReader {
    private final ReadOptions options;
    private final boolean strict;
    private final int maxRows;

    /**
     * @param strict whether records without a text or a label are refused instead of left out
     * @param maxRows most rows of each file or folder, from the beginning; what follows them is not looked at
     */
    public RowReader(ReadOptions options, boolean strict, int maxRows) {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows must be at least 1, is " + maxRows);
        }
        this.options = options;
        this.strict = strict;
        this.maxRows = maxRows;
    }

    /** Reads labelled rows, with the columns that have known names. */
    public static Rows read(Path file, int maxRows) throws IOException {
        return new RowReader(ReadOptions.DEFAULT, false, maxRows).read(file);
    }

    /** Reads the labelled rows of each split. */
    public Splits<Rows> read(Splits<Path> files) throws IOException {
        Rows train = read(files.train());
        Rows dev = read(files.dev());
        Optional<Rows> test = Optional.empty();
        if (files.test().isPresent()) {
            test = Optional.of(read(files.test().get()));
        }
        return new Splits<>(train, dev, test);
    }

    /**
     * Reads labelled rows.
     *
     * @throws DataException if the file is nothing that records can be read from, or has no labelled texts
     */
    public Rows read(Path file) throws IOException {
        return Files.isDirectory(file) ? RowFolder.read(file, this) : read(file, "", maxRows);
    }

    /**
     * The digest of a file, or of a folder's files.
     *
     * @throws DataException if there is no such file
     */
    public static String sha256(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return RowFolder.sha256(file);
        }
        if (!Files.isRegularFile(file)) {
            throw new DataException(file, "there is no such file");
        }
        return FileDigest.of(file).sha256();
    }

    /** All texts of a file, labelled or not. */
    public static List<String> texts(Path file) throws IOException {
        List<String> texts = new ArrayList<>();
        try (RowFile rows = RowFile.ofTexts(file, ReadOptions.DEFAULT)) {
            for (SourceRecord record = rows.next(); record != null; record = rows.next()) {
                rows.text(record).ifPresent(texts::add);
            }
        }
        return texts;
    }

    int maxRows() {
        return maxRows;
    }

    /** @param name what rows without an id are called by, before their line */
    Rows read(Path path, String name, int most) throws IOException {
        try (RowFile file = new RowFile(path, name, options, true, most)) {
            LabelReader labels = new LabelReader(file, options.labelSeparator(), strict);
            List<Row> rows = new ArrayList<>();
            int records = 0;
            int titleOnly = 0;
            int withoutText = 0;
            int withoutTextLine = 0;
            for (SourceRecord record = null; rows.size() < most && (record = file.next()) != null; ) {
                records++;
                Optional<String> text = file.text(record).filter(found -> !found.isBlank());
                if (text.isEmpty()) {
                    if (strict) {
                        throw file.bad(record, "it has no text; add one, or leave --strict out to go on without it");
                    }
                    withoutTextLine = withoutText++ == 0 ? record.line() : withoutTextLine;
                    continue;
                }
                Optional<List<String>> found = labels.labels(record);
                if (found.isPresent()) {
                    rows.add(new Row(record.line(), file.id(record), text.get(), found.get(), file.works(record)));
                    titleOnly += file.isTitleOnly(record) ? 1 : 0;
                }
            }
            List<Row> decided = labels.withoutUndecided(rows);
            Reading reading = new Reading(
                    path, file.title(), records, titleOnly, labels.missing(),
                    labels.firstMissing(), withoutText, withoutTextLine, file.file().notices());
            if (decided.isEmpty()) {
                throw new DataException(path, nothing(reading));
            }
            return new Rows(path, FileDigest.of(path).sha256(), labels.lists(), decided, List.of(reading));
        }
    }

    private static String nothing(Reading reading) {
        if (reading.records() == 0) {
            return "there are no rows in it; export the records again";
        }
        if (reading.unlabelledRecords() == 0) {
            return Text.format(
                    "no text in %s (%s); name the columns that make it with --text-columns",
                    Text.count(reading.records(), "record"), reading.how());
        }
        return Text.format(
                "no label in %s (%s): %s; name the column that holds it with --label-column",
                Text.count(reading.records(), "record"), reading.how(), reading.spellings());
    }
}
