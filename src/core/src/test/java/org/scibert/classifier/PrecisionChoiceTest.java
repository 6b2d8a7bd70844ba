package org.scibert.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.decision.Task;
import org.scibert.io.Json;
import org.scibert.network.Precision;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.runtime.Processor;
import org.scibert.store.FileStore;

class PrecisionChoiceTest {
    private static final PrecisionChoice AUTO = PrecisionChoice.parse("auto");

    @TempDir
    private Path folder;

    private Path release;

    @BeforeEach
    void write() throws IOException {
        release = TinyRelease.write(folder.resolve("release"), Task.BINARY, List.of("other", "objective"), 1);
        ModelConfig.read(release).with(List.of(Precision.values())).write(release);
    }

    @Test
    void autoIsTheFastestThatTheProcessorHasKernelsFor() throws IOException {
        ModelConfig model = ModelConfig.read(release);
        assertThat(AUTO.of(model, processor("amd64", "avx512_vnni", "avx512_bf16")).precision())
                .isEqualTo(Precision.INT8);
        assertThat(AUTO.of(model, processor("amd64", "avx2", "avx_vnni")).precision()).isEqualTo(Precision.INT8);
        assertThat(AUTO.of(model, processor("amd64", "avx2", "avx512f")).precision()).isEqualTo(Precision.FP16);
        assertThat(AUTO.of(model, processor("aarch64", "bf16")).precision()).isEqualTo(Precision.BF16);
        assertThat(AUTO.of(model, processor("aarch64", "asimddp")).precision()).isEqualTo(Precision.FP32);
        assertThat(AUTO.of(model, processor("amd64", "avx2")).reason()).isEqualTo(
                "the fastest of fp32, fp16, bf16, int8, which lose no more than the release's tolerance, on CPU"
                        + " (avx2)");
    }

    @Test
    void autoLeavesOutWhatLosesTooMuch() throws IOException {
        ModelConfig model = ModelConfig.read(release).with(List.of(Precision.FP32, Precision.FP16));
        assertThat(AUTO.of(model, processor("amd64", "avx512_vnni", "avx512_bf16")).precision())
                .isEqualTo(Precision.FP16);
        assertThat(AUTO.of(model, processor("aarch64", "bf16")).precision()).isEqualTo(Precision.FP32);
    }

    @Test
    void aNamedPrecisionServesOnEveryProcessor() throws IOException {
        ModelConfig model = ModelConfig.read(release);
        assertThat(PrecisionChoice.parse("int8").of(model, processor("amd64", "avx_vnni")))
                .isEqualTo(new PrecisionChoice.Chosen(Precision.INT8, "asked for by name"));
        assertThat(PrecisionChoice.parse("bf16").of(model, processor("amd64", "avx2")))
                .isEqualTo(new PrecisionChoice.Chosen(
                        Precision.BF16, "asked for by name; CPU (avx2) lacks its instructions and uses others"));
        assertThatThrownBy(() -> PrecisionChoice.parse("int4")).hasMessageContaining("\"int4\"");
    }

    @Test
    void aReleaseOfBeforeIsServedAsItNames() throws IOException {
        Path file = release.resolve(ModelConfig.FILE);
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(Files.readAllBytes(file));
        json.remove("precisions");
        Files.writeString(file, json.toString());
        ModelConfig model = ModelConfig.read(release);
        assertThat(AUTO.of(model, processor("amd64", "avx2")))
                .isEqualTo(new PrecisionChoice.Chosen(Precision.INT8, "the release names it"));
        assertThat(AUTO.of(model, processor("aarch64", "bf16")))
                .isEqualTo(new PrecisionChoice.Chosen(Precision.FP32, "the release names int8, which is for x86-64"));
    }

    private static Processor processor(String architecture, String... instructions) {
        return new Processor("CPU", architecture, Set.of(instructions));
    }

    @Test
    void onlyTheWeightsOfTheChosenPrecisionAreBrought() throws IOException {
        ReleaseWeights.reduce(release, Precision.FP16);
        ReleaseWeights.reduce(release, Precision.INT8);
        publish();
        PrecisionChoice int8 = PrecisionChoice.parse("int8");
        assertThat(weights(open(int8, "a"))).containsExactly("model.int8.safetensors");
        assertThat(weights(open(PrecisionChoice.parse("fp16"), "b"))).containsExactly("model.fp16.safetensors");
        assertThat(weights(open(PrecisionChoice.parse("bf16"), "d"))).containsExactly("model.fp16.safetensors");
        assertThat(weights(open(PrecisionChoice.parse("fp32"), "c"))).containsExactly("model.safetensors");
        try (Classifier classifier = Classifier.open(open(int8, "a"), int8)) {
            assertThat(classifier.precision()).isEqualTo(Precision.INT8);
        }
    }

    @Test
    void aReleaseThatCarriesOnlyFp32IsReducedOnOpening() throws IOException {
        publish();
        PrecisionChoice fp16 = PrecisionChoice.parse("fp16");
        LocalRelease opened = open(fp16, "a");
        assertThat(weights(opened)).containsExactly("model.safetensors");
        try (Classifier classifier = Classifier.open(opened, fp16)) {
            assertThat(classifier.precision()).isEqualTo(Precision.FP16);
        }
    }

    @Test
    void weightsThatTheManifestDoesNotListAreNotRead() throws IOException {
        publish();
        PrecisionChoice int8 = PrecisionChoice.parse("int8");
        LocalRelease opened = open(int8, "a");
        Files.writeString(opened.folder().resolve("model.int8.safetensors"), "planted");
        try (Classifier classifier = Classifier.open(opened, int8)) {
            assertThat(classifier.precision()).isEqualTo(Precision.INT8);
        }
    }

    private void publish() throws IOException {
        Provenance provenance = new Provenance(Map.of(), "tiny", "0".repeat(64), 1,
                JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        Manifest manifest = releases().publish(release, provenance);
        releases().promote(manifest.version());
    }

    private LocalRelease open(PrecisionChoice choice, String cache) throws IOException {
        return releases().open(Optional.empty(), folder.resolve(cache), choice::weights);
    }

    private Releases releases() {
        return new Releases(new FileStore(folder.resolve("store")), "tiny", Clock.systemUTC());
    }

    private static List<String> weights(LocalRelease release) {
        return List.of(release.folder().toFile().list((dir, name) -> name.endsWith(".safetensors")));
    }
}
