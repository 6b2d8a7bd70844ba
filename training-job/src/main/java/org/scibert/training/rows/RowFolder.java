package org.scibert.training.rows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files under a folder as one split, in the order of their paths, all in one format. Files and folders whose names
 * begin with '.' or '_' are no data, as Spark and others have it.
 */
final class RowFolder {
    private RowFolder() {}

    /**
     * Reads a folder. Its digest is that of the lines {@code SHA-256, two spaces, path}, as sha256sum writes them: a
     * byte changed, a file renamed, added or taken away gives another.
     *
     * @throws DataException if there are no files, or of several formats, or one is not what a file of rows must be
     */
    static Rows read(Path folder, boolean labelled, int maxRows) throws IOException {
        List<String> names = names(folder);
        refuseSeveralFormats(folder, names);
        StringBuilder digests = new StringBuilder();
        List<Row> rows = new ArrayList<>();
        boolean labelLists = false;
        for (String name : names) {
            Source source = Source.open(folder.resolve(name), name);
            digests.append(source.sha256()).append("  ").append(name).append('\n');
            if (rows.size() < maxRows) {
                Rows part = RowReader.parse(source, labelled, maxRows - rows.size());
                if (!rows.isEmpty() && part.labelLists() != labelLists) {
                    throw new DataException(
                            source.file(),
                            "its rows have %s, those of the files before it %s; use one of them".formatted(
                                    key(part.labelLists()), key(labelLists)));
                }
                labelLists = part.labelLists();
                rows.addAll(part.rows());
            }
        }
        return new Rows(
                folder, Source.sha256(digests.toString().getBytes(StandardCharsets.UTF_8)), labelLists, rows);
    }

    /** Paths in the folder, joined by '/', in the order in which a store lists its objects. */
    private static List<String> names(Path folder) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(folder)) {
            names = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/"))
                    .filter(name -> Stream.of(name.split("/")).noneMatch(part -> part.matches("[._].*")))
                    .sorted()
                    .toList();
        }
        if (names.isEmpty()) {
            throw new DataException(folder, "there are no files of rows in this folder");
        }
        return names;
    }

    private static void refuseSeveralFormats(Path folder, List<String> names) throws DataException {
        String first = names.get(0);
        for (String name : names) {
            if (!format(name).equals(format(first))) {
                throw new DataException(folder, "%s is %s and %s is %s; keep one format in a folder"
                        .formatted(first, format(first), name, format(name)));
            }
        }
    }

    private static String format(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return "CSV";
        }
        return lower.endsWith(".tsv") ? "TSV" : "JSON lines";
    }

    private static String key(boolean labelLists) {
        return labelLists ? "\"labels\"" : "\"label\"";
    }
}
