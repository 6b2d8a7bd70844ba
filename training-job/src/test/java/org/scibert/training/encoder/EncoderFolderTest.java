package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.io.FileDigest;
import org.scibert.io.Sha256;
import org.scibert.io.Text;
import org.scibert.weights.ElementType;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

class EncoderFolderTest {
    private static final String QUERY = "bert.encoder.layer.1.attention.self.query.weight";

    private static final String LFS_POINTER =
            "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 437000000\n";

    @TempDir
    private Path folder;

    private Encoder open() throws IOException {
        return Encoder.open(folder.toString(), new EncoderOptions(
                folder, URI.create("http://localhost"), null, EncoderOptions.Listener.SILENT, duration -> {}));
    }

    private void write(Iterable<Tensor> tensors) throws IOException {
        List<Tensor> list = new ArrayList<>();
        tensors.forEach(list::add);
        TinyEncoder.writeSafetensors(folder, list);
    }

    private static List<Tensor> tensors() {
        return new ArrayList<>(TinyEncoder.weights().values());
    }

    static void assertIsTiny(Encoder encoder) {
        assertThat(encoder.config()).isEqualTo(TinyEncoder.CONFIG);
        TinyEncoder.weights().forEach((name, tensor) ->
                assertThat(encoder.weights().get(name).floats()).as(name).isEqualTo(tensor.floats()));
        assertThat(encoder.weights().values()).allMatch(t -> t.data().isDirect());
    }

    @Test
    void opensSafetensors() throws IOException {
        write(tensors());
        Encoder encoder = open();
        assertIsTiny(encoder);
        assertThat(encoder.spec()).isEqualTo(folder.toString());
        assertThat(encoder.tokenizerFolder()).isEqualTo(folder);
        assertThat(encoder.digest()).isEqualTo(FileDigest.of(folder.resolve("model.safetensors")).sha256());
        assertThat(encoder.revision()).isEqualTo("sha256:" + encoder.digest());
    }

    @ParameterizedTest
    @EnumSource(names = {"F64", "F16", "BF16"})
    void otherFloatsAreConverted(ElementType type) throws IOException {
        write(tensors().stream().map(t -> TinyEncoder.as(type, t)).toList());
        assertIsTiny(open());
    }

    @Test
    void namesWithoutRootAndWithGammaAndBetaAreUnderstood() throws IOException {
        write(tensors().stream().map(t -> t.named(t.name().substring("bert.".length())
                .replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"))).toList());
        assertIsTiny(open());
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "_orig_mod.", "module._orig_mod.", "_orig_mod.module."})
    void namesWithTheWrappersOfPyTorchAreUnderstood(String wrapper) throws IOException {
        write(tensors().stream().map(t -> t.named(wrapper + t.name())).toList());
        assertIsTiny(open());
        write(tensors().stream().map(t -> t.named(t.name().replace("bert.", "bert." + wrapper))).toList());
        assertIsTiny(open());
    }

    @Test
    void shardedSafetensorsAreReadByTheirIndex() throws IOException {
        writeShards("model-0000%d-of-00002.safetensors", "model.safetensors.index.json",
                (file, shard) -> Safetensors.write(file, shard, Map.of("format", "pt")));
        Encoder encoder = open();
        assertIsTiny(encoder);
        assertThat(encoder.digest()).as("sha256sum model-*.safetensors | sha256sum").isEqualTo(Sha256.hex(
                ("%s  model-00001-of-00002.safetensors\n%s  model-00002-of-00002.safetensors\n").formatted(
                                Sha256.hex(folder.resolve("model-00001-of-00002.safetensors")),
                                Sha256.hex(folder.resolve("model-00002-of-00002.safetensors")))
                        .getBytes()));
    }

    @Test
    void shardedTorchFilesAreReadByTheirIndex() throws IOException {
        writeShards("pytorch_model-0000%d-of-00002.bin", "pytorch_model.bin.index.json",
                (file, shard) -> TorchFiles.writeLegacy(file, TorchFiles.Content.of(shard)));
        assertIsTiny(open());
    }

    @Test
    void whatIsWrongWithShardsIsNamed() throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        writeShards("model-0000%d-of-00002.safetensors", "model.safetensors.index.json",
                (file, shard) -> Safetensors.write(file, shard, Map.of("format", "pt")));
        String good = Files.readString(index);
        Files.writeString(index, good.replace("query.bias", "query.bios"));
        assertThatThrownBy(this::open).hasMessageContaining("query.bios, which it lacks");
        Files.writeString(index, good.replace("model-00002-of-00002.safetensors", "../model.safetensors"));
        assertThatThrownBy(this::open)
                .hasMessageContaining("\"../model.safetensors\", which is no name of a file beside");
        Files.writeString(index, "{\"weight_map\": {}}");
        assertThatThrownBy(this::open).hasMessageContaining(index + " has no weight_map");
        Files.writeString(index, good);
        Files.writeString(folder.resolve("model-00002-of-00002.safetensors"), LFS_POINTER);
        assertThatThrownBy(this::open)
                .hasMessageContaining("model-00002-of-00002.safetensors is a Git LFS pointer");
        Files.delete(folder.resolve("model-00002-of-00002.safetensors"));
        assertThatThrownBy(this::open).isInstanceOf(EncoderException.class)
                .hasMessageContaining("names model-00002-of-00002.safetensors, which is not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "config.json", "vocab.txt"})
    void aGitLfsPointerIsNamedWhicheverFileItIs(String name) throws IOException {
        write(tensors());
        Files.writeString(folder.resolve(name), LFS_POINTER);
        assertThatThrownBy(this::open).hasMessage(folder.resolve(name)
                + " is a Git LFS pointer and not the file itself; fetch it with: git lfs pull");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aTensorThatIsNotFiniteIsNamed(float value) throws IOException {
        List<Tensor> tensors = tensors();
        float[] values = new float[16];
        values[5] = value;
        tensors.replaceAll(t -> t.name().equals(QUERY) ? Tensor.of(QUERY, t.shape(), values) : t);
        write(tensors);
        assertThatThrownBy(this::open).isInstanceOf(WeightsException.class)
                .hasMessageContaining("tensor %s holds %s, at element 5 of [4, 4]".formatted(QUERY, value));
    }

    private void writeShards(String pattern, String index, ShardWriter writer) throws IOException {
        TinyEncoder.writeSurroundings(folder);
        Map<Integer, List<Tensor>> shards = new TreeMap<>();
        StringBuilder map = new StringBuilder();
        for (Tensor tensor : tensors()) {
            int shard = tensor.name().contains("layer.1") ? 2 : 1;
            shards.computeIfAbsent(shard, number -> new ArrayList<>()).add(tensor);
            map.append(map.isEmpty() ? "" : ",").append("\"%s\":\"%s\"".formatted(
                    tensor.name(), Text.format(pattern, shard)));
        }
        for (Map.Entry<Integer, List<Tensor>> shard : shards.entrySet()) {
            writer.write(folder.resolve(Text.format(pattern, shard.getKey())), shard.getValue());
        }
        Files.writeString(folder.resolve(index), "{\"metadata\":{\"total_size\":1},\"weight_map\":{" + map + "}}");
    }

    @FunctionalInterface
    private interface ShardWriter {
        void write(Path file, List<Tensor> tensors) throws IOException;
    }

    @Test
    void headsAndPositionIdsAreLeftAlone() throws IOException {
        List<Tensor> tensors = tensors();
        float[] other = {1};
        for (String name : List.of("cls.predictions.bias", "bert.pooler.dense.bias", "classifier.weight",
                "bert.embeddings.position_ids", "cls.predictions.transform.LayerNorm.gamma")) {
            tensors.add(Tensor.of(name, new long[] {1}, other));
        }
        write(tensors);
        assertIsTiny(open());
    }

    @Test
    void aMissingTensorIsNamedWithItsShape() throws IOException {
        write(tensors().stream().filter(t -> !t.name().equals(QUERY)).toList());
        assertThatThrownBy(this::open).isInstanceOf(WeightsException.class)
                .hasMessageContaining("model.safetensors has no tensor " + QUERY + ", of shape [4, 4]")
                .hasMessageContaining("bert.embeddings.word_embeddings.weight");
    }

    @Test
    void aTensorOfAnotherShapeIsNamedWithBoth() throws IOException {
        List<Tensor> tensors = tensors();
        tensors.replaceAll(t -> t.name().equals(QUERY) ? Tensor.of(QUERY, new long[] {2, 8}, new float[16]) : t);
        write(tensors);
        assertThatThrownBy(this::open).isInstanceOf(WeightsException.class)
                .hasMessageContaining("tensor " + QUERY + " has shape [2, 8]; config.json asks for [4, 4]");
    }

    @Test
    void wholeNumbersInPlaceOfFloatsAreRefused() throws IOException {
        List<Tensor> tensors = tensors();
        tensors.replaceAll(t -> t.name().equals(QUERY)
                ? new Tensor(QUERY, ElementType.I32, t.shape(), t.data()) : t);
        write(tensors);
        assertThatThrownBy(this::open).isInstanceOf(WeightsException.class)
                .hasMessageContaining("tensor " + QUERY + " holds I32, not floats");
    }

    @Test
    void moreLayersThanTheConfigurationAreRefused() throws IOException {
        List<Tensor> tensors = tensors();
        tensors.add(Tensor.of("bert.encoder.layer.2.output.dense.bias", new long[] {4}, new float[4]));
        write(tensors);
        assertThatThrownBy(this::open).isInstanceOf(WeightsException.class)
                .hasMessageContaining("bert.encoder.layer.2.output.dense.bias, for which config.json leaves no place");
    }

    @Test
    void aWeightUnderTwoNamesIsRefused() throws IOException {
        List<Tensor> tensors = tensors();
        tensors.add(tensors.get(0).named("embeddings.word_embeddings.weight"));
        write(tensors);
        assertThatThrownBy(this::open).isInstanceOf(WeightsException.class)
                .hasMessageContaining("both bert.embeddings.word_embeddings.weight and embeddings.word_embeddings");
    }

    @Test
    void aFolderWithoutAPartIsRefusedByTheParts() throws IOException {
        for (String part : List.of("config.json", "vocab.txt", "model.safetensors")) {
            write(tensors());
            Files.delete(folder.resolve(part));
            assertThatThrownBy(this::open).isInstanceOf(EncoderException.class)
                    .hasMessageContaining("has no ").hasMessageContaining(part);
        }
    }

    @Test
    void aConfigurationOfAnotherKindIsRefusedWithItsFile() throws IOException {
        write(tensors());
        Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"roberta\"}");
        assertThatThrownBy(this::open).isInstanceOf(EncoderException.class)
                .hasMessageContaining("config.json: model_type \"roberta\" is not supported");
        Files.writeString(folder.resolve("config.json"), "{\"model_type\":");
        assertThatThrownBy(this::open).isInstanceOf(EncoderException.class)
                .hasMessageContaining("config.json is not JSON (at line 1, column ");
    }

    @Test
    void aConfigurationAsOldAsSciBertsIsEnough() throws IOException {
        write(tensors());
        Files.writeString(folder.resolve("config.json"), """
                {"attention_probs_dropout_prob": 0.1, "hidden_act": "gelu", "hidden_dropout_prob": 0.1,
                 "hidden_size": 4, "initializer_range": 0.02, "intermediate_size": 6, "max_position_embeddings": 5,
                 "num_attention_heads": 2, "num_hidden_layers": 2, "type_vocab_size": 2, "vocab_size": 7}""");
        assertIsTiny(open());
    }

    @Test
    void aPathThatIsNoFolderIsRefusedWithTheOtherSpecs() {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> EncoderFolder.open("nowhere", nowhere, null)).isInstanceOf(EncoderException.class)
                .hasMessage("%s is no folder; an encoder is a folder, hf:OWNER/NAME[@REVISION] or embedded"
                        .formatted(nowhere));
    }

    @Test
    void anEncoderHoldsExactlyItsWeights() throws IOException {
        Map<String, Tensor> weights = TinyEncoder.weights();
        Tensor first = weights.remove("bert.embeddings.word_embeddings.weight");
        assertThatThrownBy(() -> encoder(weights)).isInstanceOf(IllegalArgumentException.class);
        weights.put(first.name(), first);
        assertThatThrownBy(() -> encoder(weights)).as("order").isInstanceOf(IllegalArgumentException.class);
        Map<String, Tensor> halves = TinyEncoder.weights();
        halves.replaceAll((name, tensor) -> TinyEncoder.as(ElementType.F16, tensor));
        assertThatThrownBy(() -> encoder(halves)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bert.embeddings.word_embeddings.weight is F16 [7, 4]");
    }

    private Encoder encoder(Map<String, Tensor> weights) {
        return new Encoder("s", "r", "d", TinyEncoder.CONFIG, folder, weights);
    }
}
