package org.scibert.training.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.ReleaseException;
import org.scibert.release.Releases;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.LearningRateSchedule;
import org.scibert.training.job.FineTuneJob;
import org.scibert.training.job.JobConfig;
import org.scibert.training.job.SilentListener;
import org.scibert.training.job.TinyJob;
import org.scibert.training.rows.Splits;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

class ReplayTest {
    @TempDir
    private static Path folder;

    private static EncoderOptions encoders;
    private static LocalRelease release;
    private static ReplayFiles files;

    @TempDir
    private Path scratch;

    @BeforeAll
    static void train() throws IOException {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            rows.add("{\"text\":\"we study cell %s\",\"label\":%s}".formatted(i, i % 3 == 0 ? 1 : 0));
        }
        Path train = Files.write(folder.resolve("train.jsonl"), rows);
        Path dev = Files.write(folder.resolve("dev.jsonl"), rows.subList(0, 12));
        files = new ReplayFiles(new Splits<>(train, dev), Optional.empty());
        JobConfig config = TinyJob.of(
                        train, dev, Optional.empty(), folder.resolve("encoder"),
                        new FineTuningConfig(2, 8, 1, 0.01, LearningRateSchedule.Shape.LINEAR, 0.1, 0, 24, 0.2,
                                OptimizerConfig.DEFAULT, 7),
                        "file:" + folder.resolve("store"))
                .policy(new DataPolicy(false, true))
                .labelNames("0=other,1=objective")
                .config();
        encoders = EncoderOptions.ofEnvironment(
                Map.of("ENCODER_CACHE", folder.resolve("cache").toString()), EncoderOptions.Listener.SILENT);
        new FineTuneJob(config, encoders, Map.of(), clock("2026-11-22T12:00:00Z")).run(new SilentListener());
        release = open("file:" + folder.resolve("store"), folder.resolve("opened"));
    }

    @Test
    void theSameRunGivesTheSameBytes() throws Exception {
        Replay.Result result = new Replay(release, encoders).run(files, scratch, new SilentListener());

        assertThat(result.difference()).isEmpty();
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void anotherSeedIsSeenAtTheFirstTensorItReaches() throws Exception {
        LocalRelease reseeded = republished(
                release.manifest().provenance().software(),
                configuration -> ((ObjectNode) configuration.path("fineTuning")).put("seed", 8));

        TensorDifference difference =
                new Replay(reseeded, encoders).run(files, scratch, new SilentListener()).difference().orElseThrow();

        Path weights = release.file(Manifest.WEIGHTS);
        assertThat(difference.tensor()).isEqualTo(Safetensors.map(weights).keySet().iterator().next());
        assertThat(difference.what()).matches("by at most \\d.*");
    }

    @Test
    void otherSoftwareIsAWarning() throws Exception {
        Map<String, String> software = new HashMap<>(release.manifest().provenance().software());
        String java = software.put("java", "1.4.2");

        Replay.Result result = new Replay(republished(software, configuration -> {}), encoders)
                .run(files, scratch, new SilentListener());

        assertThat(result.warnings()).containsExactly("java was 1.4.2, is " + java);
        assertThat(result.difference()).isEmpty();
    }

    @Test
    void anotherDeviceIsAWarning() throws Exception {
        String kind = release.manifest().provenance().configuration().path("deviceKind").asText();
        assertThat(kind).isNotBlank();
        Replay.Result other =
                new Replay(changed(c -> c.put("device", "gpu").put("deviceKind", "NVIDIA H100")), encoders)
                .run(files, scratch.resolve("other"), new SilentListener());
        assertThat(other.warnings())
                .containsExactly("device was gpu, is cpu", "deviceKind was NVIDIA H100, is " + kind);

        Replay.Result older = new Replay(changed(c -> c.put("device", "auto").remove("deviceKind")), encoders)
                .run(files, scratch.resolve("older"), new SilentListener());
        assertThat(older.warnings())
                .containsExactly("device was auto, is cpu", "deviceKind was not recorded, is " + kind);
    }

    private LocalRelease changed(Consumer<ObjectNode> change) throws IOException {
        return republished(release.manifest().provenance().software(), change);
    }

    @Test
    void whatTheProvenanceLacksIsNamed() throws Exception {
        assertRefused(configuration -> configuration.remove("labelWeights"),
                "the release's provenance lacks \"labelWeights\" in its configuration; it can't be replayed");
        assertRefused(configuration -> ((ObjectNode) configuration.path("fineTuning")).remove("epochs"), "epochs");
        assertRefused(configuration -> ((ObjectNode) configuration.path("fineTuning")).put("magic", 1), "\"magic\"");
    }

    @Test
    void otherRowsAreRefusedWithBothDigests() {
        ReplayFiles swapped = new ReplayFiles(
                new Splits<>(files.data().dev(), files.data().train()), Optional.empty());
        assertThatThrownBy(() -> new Replay(release, encoders).run(swapped, scratch, new SilentListener()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContainingAll("dev.jsonl is not the train file of the release",
                        release.manifest().provenance().data().get("train"));

        ReplayFiles more = new ReplayFiles(
                new Splits<>(files.data().train(), files.data().dev(), files.data().dev()), Optional.empty());
        assertThatThrownBy(() -> new Replay(release, encoders).run(more, scratch, new SilentListener()))
                .hasMessageContaining("the release was made from the splits [dev, train]");
    }

    @Test
    void anotherEncoderIsRefused() throws Exception {
        Path other = TinyEncoder.write(folder.resolve("other-encoder"), 2);
        ReplayFiles with = new ReplayFiles(files.data(), Optional.of(other.toString()));

        assertThatThrownBy(() -> new Replay(release, encoders).run(with, scratch, new SilentListener()))
                .hasMessageContaining("other-encoder is not the encoder of the release");
    }

    @Test
    void tensorsAreComparedInThePublishedOrder() throws Exception {
        Path one = write("one", tensor("a", 1, 2), tensor("b", 3, 4), tensor("c", 5));
        Path two = write("two", tensor("a", 1, 2), tensor("b", 3, 4.5f), tensor("c", 9));
        Path shaped = write("shaped", tensor("a", 1), tensor("b", 3, 4), tensor("c", 5));
        Path fewer = write("fewer", tensor("a", 1, 2), tensor("b", 3, 4));

        assertThat(TensorDifference.first(one, one)).isEmpty();
        assertThat(TensorDifference.first(one, two)).contains(new TensorDifference("b", "by at most 0.5"));
        assertThat(TensorDifference.first(one, shaped))
                .contains(new TensorDifference("a", "it is F32 [2], replayed F32 [1]"));
        assertThat(TensorDifference.first(one, fewer))
                .contains(new TensorDifference("c", "it is in the published release only"));
        assertThat(TensorDifference.first(fewer, one))
                .contains(new TensorDifference("c", "it is not in the published release"));
    }

    private void assertRefused(Consumer<ObjectNode> change, String message) throws IOException {
        LocalRelease changed = republished(release.manifest().provenance().software(), change);
        assertThatThrownBy(() -> new Replay(changed, encoders).run(files, scratch, new SilentListener()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(message);
    }

    /** The same files with another provenance. */
    private LocalRelease republished(Map<String, String> software, Consumer<ObjectNode> change) throws IOException {
        Path copy = Files.createTempDirectory(scratch, "copy");
        for (String path : release.manifest().files().keySet()) {
            Files.copy(release.file(path), copy.resolve(path));
        }
        Provenance first = release.manifest().provenance();
        ObjectNode configuration = first.configuration().deepCopy();
        change.accept(configuration);
        String store = "file:" + Files.createTempDirectory(scratch, "store");
        try (ObjectStore objects = ObjectStores.open(store, Map.of())) {
            Releases releases = new Releases(objects, "tiny", clock("2026-11-23T12:00:00Z"));
            Manifest manifest = releases.publish(copy, new Provenance(
                    first.data(), first.encoder(), first.encoderSha256(), first.seed(), configuration, software,
                    first.revision()));
            releases.promote(manifest.version());
        }
        return open(store, Files.createTempDirectory(scratch, "opened"));
    }

    private static LocalRelease open(String store, Path cache) throws IOException {
        try (ObjectStore objects = ObjectStores.open(store, Map.of())) {
            return new Releases(objects, "tiny", Clock.systemUTC()).open(Optional.empty(), cache);
        }
    }

    private static Clock clock(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }

    private Path write(String name, Tensor... tensors) throws IOException {
        Path file = scratch.resolve(name + ".safetensors");
        Safetensors.write(file, List.of(tensors), Map.of());
        return file;
    }

    private static Tensor tensor(String name, float... values) {
        return Tensor.of(name, new long[] {values.length}, values);
    }
}
