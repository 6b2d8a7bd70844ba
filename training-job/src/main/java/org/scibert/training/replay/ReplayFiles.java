package org.scibert.training.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scibert.io.Text;
import org.scibert.release.ReleaseException;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.Splits;

/**
 * What a release was made from, wherever it lies now.
 *
 * @param data the rows; test must be there if the release had it
 * @param encoder as {@link org.scibert.training.encoder.Encoder#open} takes it; empty for the recorded one
 */
public record ReplayFiles(Splits<Path> data, Optional<String> encoder) {

    /**
     * Compares the digests of the files, or folders of files, with those recorded.
     *
     * @throws ReleaseException if a file is another, or one is missing or too many
     * @throws org.scibert.training.records.DataException if one does not hold rows
     */
    void check(Map<String, String> recorded) throws IOException {
        Map<String, Path> given = new LinkedHashMap<>();
        data.bySplit().forEach((split, file) -> given.put(split.title(), file));
        if (Set.copyOf(given.values()).size() == 1) {
            given.keySet().retainAll(recorded.keySet()); // one file, which may have been cross-validated
        }
        if (!given.keySet().equals(recorded.keySet())) {
            throw new ReleaseException(Text.format("the release was made from the splits %s; given are %s",
                    recorded.keySet(), given.keySet()));
        }
        for (Map.Entry<String, Path> file : given.entrySet()) {
            String found = RowReader.sha256(file.getValue());
            String expected = recorded.get(file.getKey());
            if (!found.equals(expected)) {
                throw new ReleaseException(Text.format(
                        "%s is not the %s file of the release: its SHA-256 is %s, recorded is %s",
                        file.getValue(), file.getKey(), found, expected));
            }
        }
    }
}
