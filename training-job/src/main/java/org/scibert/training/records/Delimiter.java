package org.scibert.training.records;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tells a table's delimiter from its beginning. */
final class Delimiter {
    private static final List<Character> CANDIDATES = List.of(',', ';', '\t', '|');

    /** Records looked at. */
    private static final int SAMPLE = 50;

    private Delimiter() {}

    /**
     * The delimiter of Excel's line {@code sep=;}; else the one by which the header and the first records have equally
     * many fields, and of several the one that gives most. Where none gives two, the file's ending decides.
     *
     * @param head the beginning of the file, which may end within a record
     */
    static char of(Path file, String head) throws IOException {
        if (head.startsWith("sep=") && head.length() > 4) {
            return head.charAt(4);
        }
        char best = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',';
        int most = 1;
        for (char candidate : CANDIDATES) {
            int columns = columns(file, head, candidate);
            if (columns > most) {
                most = columns;
                best = candidate;
            }
        }
        return most > 1 ? best : headerAlone(head, best);
    }

    /** The number of columns, or 0 if some record has another number of fields. */
    private static int columns(Path file, String head, char delimiter) throws IOException {
        try (TableReader table = new TableReader(file, new StringReader(head), delimiter)) {
            try {
                for (int i = 0; i < SAMPLE && table.next() != null; i++) {
                    // next() refuses a record with another number of fields
                }
            } catch (DataException e) {
                // the beginning of a file may end within a record
                return table.reachedEnd() ? table.columns().size() : 0;
            }
            return table.columns().size();
        } catch (DataException e) {
            return 0;
        }
    }

    /** Records that don't agree are the reader's to refuse, by the delimiter that the header has. */
    private static char headerAlone(String head, char otherwise) {
        String header = head.lines().findFirst().orElse("");
        char best = otherwise;
        long most = 0;
        for (char candidate : CANDIDATES) {
            long count = header.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }
}
