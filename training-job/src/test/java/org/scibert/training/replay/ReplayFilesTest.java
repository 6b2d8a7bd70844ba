package org.scibert.training.replay;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.release.ReleaseException;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.Splits;

class ReplayFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aSplitMayBeAFolderOfFiles() throws Exception {
        Path train = Files.createDirectory(folder.resolve("train"));
        write(train.resolve("a.jsonl"), "a");
        write(train.resolve("b.jsonl"), "b");
        Path dev = write(folder.resolve("dev.jsonl"), "c");
        Map<String, String> recorded = Map.of("train", sha256(train), "dev", sha256(dev));
        ReplayFiles files = new ReplayFiles(new Splits<>(train, dev), Optional.empty());

        assertThatCode(() -> files.check(recorded)).doesNotThrowAnyException();

        write(train.resolve("b.jsonl"), "d");
        assertThatThrownBy(() -> files.check(recorded))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll("train is not the train file of the release", recorded.get("train"));
    }

    private static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, "{\"text\": \"%s\", \"label\": 1}\n".formatted(text));
    }

    private static String sha256(Path rows) throws IOException {
        return RowReader.read(rows, Integer.MAX_VALUE).sha256();
    }
}
