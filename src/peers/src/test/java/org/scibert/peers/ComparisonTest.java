package org.scibert.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.store.FileStore;

class ComparisonTest {
    @Test
    void aReleaseIsTimedInEachEngineAndItsLogitsAreCompared(@TempDir Path folder) throws Exception {
        Path release = TinyRelease.write(folder.resolve("release"), Task.BINARY, List.of("other", "objective"), 1);
        Releases releases = new Releases(new FileStore(folder.resolve("store")), "tiny", Clock.systemUTC());
        Manifest manifest = releases.publish(release, new Provenance(
                Map.of(), "tiny", "0".repeat(64), 1, JsonNodeFactory.instance.objectNode(), Map.of(), "test"));
        releases.promote(manifest.version());
        Path texts = Files.write(folder.resolve("texts.jsonl"),
                List.of("{\"text\": \"we study the method\"}", "{\"text\": \"the results (cell)\"}",
                        // more tokens than the release reads at once, which are compared whole
                        "{\"text\": \"we study " + "cell ".repeat(TinyRelease.MAX_TOKENS) + "\"}"));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Comparison.run(new PrintStream(out, true, StandardCharsets.UTF_8),
                folder.resolve("store").toString(), "tiny", texts.toString(), "1", "1,2", "8", "1");

        String tables = out.toString(StandardCharsets.UTF_8);
        assertThat(tables).contains("1 thread, 2 rows of a batch, ms");
        assertThat(tables).containsPattern("\\| 8 \\| \\d+\\.\\d\\d \\|");
        assertThat(tables).containsPattern("\\| ONNX Runtime fp32 \\| 0\\.0000\\d \\| 0\\.0000\\d \\| 0 \\|");
    }
}
