package org.scibert.training.rows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.scibert.io.FileDigest;
import org.scibert.io.FileTree;
import org.scibert.io.Text;
import org.scibert.training.records.DataException;

/**
 * The files under a folder as one split, in the order of their paths. Files and folders whose names begin with '.' or
 * '_' are no data, as Spark and others have it.
 */
final class RowFolder {
    private RowFolder() {}

    /**
     * Reads a folder. Its digest is that of the lines {@code SHA-256, two spaces, path}, as sha256sum writes them: a
     * byte changed, a file renamed, added or taken away gives another.
     *
     * @throws DataException if there are no files, or one holds no labelled texts
     */
    static Rows read(Path folder, RowReader reader) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        boolean labelLists = false;
        for (String name : names(folder)) {
            Path file = folder.resolve(name);
            if (rows.size() < reader.maxRows()) {
                Rows part = reader.read(file, name, reader.maxRows() - rows.size());
                if (!rows.isEmpty() && part.labelLists() != labelLists) {
                    throw new DataException(file, Text.format(
                            "its rows have %s, those of the files before it %s; use one of them",
                            key(part.labelLists()), key(labelLists)));
                }
                labelLists = part.labelLists();
                rows.addAll(part.rows());
                readings.addAll(part.readings());
            }
        }
        return new Rows(folder, sha256(folder), labelLists, rows, readings);
    }

    /** The digest alone. */
    static String sha256(Path folder) throws IOException {
        StringBuilder digests = new StringBuilder();
        for (String name : names(folder)) {
            digests.append(FileDigest.of(folder.resolve(name)).sha256()).append("  ").append(name).append('\n');
        }
        return FileDigest.of(digests.toString().getBytes(StandardCharsets.UTF_8)).sha256();
    }

    /** Paths in the folder, joined by '/', in the order in which a store lists its objects. */
    private static List<String> names(Path folder) throws IOException {
        List<String> names = FileTree.paths(folder).stream()
                .filter(name -> Files.isRegularFile(folder.resolve(name)))
                .filter(name -> Stream.of(name.split("/")).noneMatch(part -> part.matches("[._].*")))
                .sorted()
                .toList();
        if (names.isEmpty()) {
            throw new DataException(folder, "there are no files of rows in this folder");
        }
        return names;
    }

    private static String key(boolean labelLists) {
        return labelLists ? "lists of labels" : "one label";
    }
}
