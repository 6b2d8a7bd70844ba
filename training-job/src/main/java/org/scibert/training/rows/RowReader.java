package org.scibert.training.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads rows: CSV from files ending in .csv, TSV from .tsv, JSON lines from any other. A folder stands for all files
 * under it ({@link RowFolder}).
 *
 * <p>The keys or columns are {@code text}, {@code label} or (JSON lines only) {@code labels}, and {@code id}, which
 * need not be there; others are ignored. Files are UTF-8, with or without a byte order mark, and are held in memory.
 */
public final class RowReader {

    private RowReader() {}

    /**
     * Reads labelled rows.
     *
     * @param maxRows most rows, from the beginning; what follows them is not looked at
     * @throws DataException if the file has no rows, or one that is not a labelled text
     */
    public static Rows read(Path file, int maxRows) throws IOException {
        return read(file, maxRows, true);
    }

    /** Reads the labelled rows of each split. */
    public static Splits<Rows> read(Splits<Path> files, int maxRows) throws IOException {
        Rows train = read(files.train(), maxRows);
        Rows dev = read(files.dev(), maxRows);
        Optional<Rows> test = Optional.empty();
        if (files.test().isPresent()) {
            test = Optional.of(read(files.test().get(), maxRows));
        }
        return new Splits<>(train, dev, test);
    }

    /** Reads texts to classify: as {@link #read(Path, int)}, but labels need not be there and are not read. */
    public static Rows readTexts(Path file, int maxRows) throws IOException {
        return read(file, maxRows, false);
    }

    private static Rows read(Path file, int maxRows, boolean labelled) throws IOException {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows must be at least 1, is " + maxRows);
        }
        return Files.isDirectory(file)
                ? RowFolder.read(file, labelled, maxRows)
                : parse(Source.open(file), labelled, maxRows);
    }

    static Rows parse(Source source, boolean labelled, int maxRows) throws IOException {
        String name = source.file().getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return Columns.parse(source, ',', labelled, maxRows);
        }
        if (name.endsWith(".tsv")) {
            return Columns.parse(source, '\t', labelled, maxRows);
        }
        return JsonLines.parse(source, labelled, maxRows);
    }
}
