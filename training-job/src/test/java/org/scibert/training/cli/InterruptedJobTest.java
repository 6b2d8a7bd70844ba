package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.network.TinyEncoder;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.training.Main;

/** The job as a process of its own, killed and started again. */
class InterruptedJobTest {
    /** 60 rows in batches of 4, 8 epochs. */
    private static final int STEPS = 120;

    private static final Pattern STEP = Pattern.compile("^step (\\d+)/" + STEPS);

    @TempDir
    private static Path folder;

    /** What a run that nobody disturbs gives. */
    private static Made undisturbed;

    private record Made(String weights, JsonNode epochs) {}

    private record Ended(int status, String err) {}

    @BeforeAll
    static void train() throws Exception {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add("{\"text\":\"we study cell %s\",\"label\":1}".formatted(i));
            rows.add("{\"text\":\"the method %s\",\"label\":0}".formatted(i));
        }
        Files.write(folder.resolve("rows.jsonl"), rows);
        Ended ended = end(start("undisturbed"));
        assertThat(ended.status()).as(ended.err()).isZero();
        undisturbed = made("undisturbed");
    }

    @Test
    void killedAtThreeStepsItGivesTheSameWeightsByteForByte() throws Exception {
        int[] steps = new Random(4).ints(8, STEPS - 40).distinct().limit(3).sorted().toArray();
        for (int step : steps) {
            Process job = start("killed");
            readUntil(job, step);
            assertThat(job.destroyForcibly().waitFor()).as("killed at step %s", step).isNotZero();
        }
        Ended ended = end(start("killed"));
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("goes on after step ");
        assertThat(made("killed")).isEqualTo(undisturbed);
        assertThat(checkpoints("killed")).isEmpty();
    }

    @Test
    void askedToEndItKeepsItsStateAndSaysThatItMayBeStartedAgain() throws Exception {
        Process job = start("asked");
        String before = readUntil(job, 10);
        job.toHandle().destroy(); // SIGTERM; Process.destroy closes what it says as well
        Ended ended = end(job);
        assertThat(ended.status()).as(before + ended.err()).isEqualTo(75);
        assertThat(ended.err()).contains("asked to end: ", "start the same job again").doesNotContain("\tat ");
        assertThat(checkpoints("asked")).isNotEmpty();

        assertThat(end(start("asked")).status()).isZero();
        assertThat(made("asked")).isEqualTo(undisturbed);
        assertThat(checkpoints("asked")).isEmpty();
    }

    /** A job with a store of this name, which tells of each step and keeps its state after each seventh. */
    private static Process start(String store) throws IOException {
        String rows = folder.resolve("rows.jsonl").toString();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                Main.class.getName(),
                "fine-tune", "--train", rows, "--dev", rows, "--encoder", folder.resolve("encoder").toString(),
                "--store", "file:" + folder.resolve(store), "--name", "tiny", "--epochs", "8", "--batch-size", "4",
                "--learning-rate", "0.01", "--max-tokens", "24", "--device", "cpu", "--checkpoint-steps", "7",
                "--progress-seconds", "0");
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Reads what the process says until it tells of this step, or of its first one where it began later. */
    private static String readUntil(Process job, int step) throws IOException {
        StringBuilder text = new StringBuilder();
        BufferedReader err = job.errorReader();
        for (String line; (line = err.readLine()) != null; ) {
            text.append(line).append('\n');
            Matcher told = STEP.matcher(line);
            if (told.find() && Integer.parseInt(told.group(1)) >= step) {
                return text.toString();
            }
        }
        throw new AssertionError("the job ended before step %s:%n%s".formatted(step, text));
    }

    private static Ended end(Process job) throws Exception {
        StringBuilder text = new StringBuilder();
        job.errorReader().lines().forEach(line -> text.append(line).append('\n'));
        return new Ended(job.waitFor(), text.toString());
    }

    private static Made made(String store) throws IOException {
        try (ObjectStore objects = open(store)) {
            LocalRelease release =
                    new Releases(objects, "tiny", Clock.systemUTC()).open(Optional.empty(), folder.resolve("cache"));
            return new Made(
                    release.manifest().files().get("model.safetensors").sha256(),
                    new ObjectMapper().readTree(release.folder().resolve("metrics.json").toFile()).path("epochs"));
        }
    }

    private static List<ObjectKey> checkpoints(String store) throws IOException {
        try (ObjectStore objects = open(store)) {
            return objects.list(new ObjectKey("tiny/checkpoints"));
        }
    }

    private static ObjectStore open(String store) {
        return ObjectStores.open("file:" + folder.resolve(store), Map.of());
    }
}
