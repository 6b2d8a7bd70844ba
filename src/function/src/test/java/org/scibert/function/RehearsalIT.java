package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.decision.Task;

/** What Dockerfile.jvm does with the jar. It leaves target/rehearsal, which the image's build needs. */
class RehearsalIT {
    private static final Path TARGET = Path.of("target");
    private static final Path STORE = TARGET.resolve("rehearsal");
    private static final Path CACHE = TARGET.resolve("function.aot");
    /** The first with AOT caches that are made in one step. */
    private static final int JDK = 25;

    private static final long PATIENCE_SECONDS = 240;

    @BeforeEach
    void publish(@TempDir Path folder) throws Exception {
        TinyStore.publish("file:" + STORE, folder, Task.BINARY, List.of("other", "objective"), 1);
    }

    @Test
    void theJvmLeavesWhatItLearned() throws Exception {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(JDK);
        assumeThat(Path.of("/usr/bin/curl")).as("rehearse.sh asks with curl").isExecutable();
        Files.deleteIfExists(CACHE);

        assertThat(run("../src/main/docker/rehearse.sh", STORE.toAbsolutePath().toString())).isZero();

        assertThat(CACHE).isNotEmptyFile();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(TARGET.toFile());
        builder.redirectErrorStream(true).redirectOutput(TARGET.resolve("rehearsal.log").toFile());
        builder.environment()
                .merge("PATH", System.getProperty("java.home") + "/bin", (path, java) -> java + ":" + path);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
