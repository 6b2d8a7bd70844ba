package org.scibert.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Probabilities;
import org.scibert.decision.Probabilities;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.lexicon.Blend;
import org.scibert.lexicon.Lexicon;
import org.scibert.lexicon.TinyLexicon;
import org.scibert.network.Network;
import org.scibert.network.Pooling;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.store.FileStore;
import org.scibert.text.Batch;
import org.scibert.text.Tokenizer;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/** What is exported is read back as transformers reads it, and computed as BertForSequenceClassification does. */
class HuggingFaceExportTest {
    private static final List<String> TEXTS =
            List.of("we study the cell", "the method and the results (a)", "cell", "[SEP] x ".repeat(20));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Task.class)
    void theProbabilitiesAreTheReleases(Task task) throws Exception {
        LocalRelease release = release(task);
        Path exported = export(release);
        Encoder encoder = open(exported);
        ModelConfig model = ModelConfig.read(release.folder());
        Map<String, Tensor> before = Safetensors.map(release.file(Manifest.WEIGHTS));
        encoder.weights().forEach((name, tensor) ->
                assertThat(tensor.data()).as(name).isEqualTo(before.get(name).data()));

        Map<String, Tensor> weights = new LinkedHashMap<>(encoder.weights());
        // Any head will do: only the last hidden state is asked for.
        weights.put("classifier.weight", before.get("classifier.weight"));
        weights.put("classifier.bias", before.get("classifier.bias"));
        try (Classifier classifier = Classifier.open(release.folder());
                Network network = Network.open(model.network(), weights);
                NDManager manager = NDManager.newBaseManager("PyTorch")) {
            for (String text : TEXTS) {
                Classification expected = classifier.classify(List.of(text)).get(0);
                float[] hidden = network.lastHiddenState(
                        Batch.of(classifier.encode(List.of(text)), classifier.tokenizer().padId()));
                float[] cls = Arrays.copyOf(hidden, 8);
                NDArray pooled = pooled(manager, exported, cls);
                for (int i = 0; i < cls.length; i++) {
                    float handedOn = Math.scalb(pooled.toFloatArray()[i], 20);
                    assertThat(handedOn).isCloseTo(cls[i], within(Math.ulp(cls[i])));
                }
                double[] found = probabilities(task, head(manager, exported, pooled));
                List<Double> probabilities = List.copyOf(expected.decision().probabilities().values());
                assertThat(found).hasSize(probabilities.size());
                for (int c = 0; c < found.length; c++) {
                    assertThat(found[c]).isCloseTo(probabilities.get(c), within(1e-6));
                }
            }
        }
    }

    /** As the README adds them: the exported head on [CLS] or the mean, plus the exported lexicon's logits. */
    @ParameterizedTest
    @EnumSource(Pooling.class)
    void blendsAndMeansGiveTheReleasesProbabilities(Pooling pooling) throws Exception {
        LocalRelease release = release(Task.MULTI_LABEL);
        ModelConfig model = ModelConfig.read(release.folder());
        int outputs = model.network().outputs();
        model = model.with(model.network().with(pooling)).with(new Blend(
                Collections.nCopies(outputs, 0.5), Collections.nCopies(outputs, 2.),
                Collections.nCopies(outputs, -1.)));
        model.write(release.folder());
        TinyLexicon.of(outputs).write(release.folder());
        Path exported = export(release);
        Map<String, Tensor> tensors = Safetensors.map(exported.resolve("model.safetensors"));
        float[] w = tensors.get("classifier.weight").floats();
        float[] bias = tensors.get("classifier.bias").floats();
        Lexicon lexicon = Lexicon.read(exported);
        try (Classifier classifier = Classifier.open(release.folder());
                Network network = Network.open(model.network(), Safetensors.map(release.file(Manifest.WEIGHTS)))) {
            String text = "we study the cell method";
            float[] pooled = network.pooled(
                    Batch.of(classifier.encode(List.of(text)), classifier.tokenizer().padId())); // (1, 2, 8)
            float[] words = lexicon.logits(text);
            List<Double> expected =
                    List.copyOf(classifier.classify(List.of(text)).get(0).decision().probabilities().values());
            for (int c = 0; c < outputs; c++) {
                double z = bias[c] + words[c];
                for (int h = 0; h < 8; h++) {
                    z += w[c * 8 + h] * Math.scalb((double) pooled[pooling.ordinal() * 8 + h], -20);
                }
                assertThat(Probabilities.sigmoid(z)).isCloseTo(expected.get(c), within(1e-6));
            }
        }
        assertThat(exported.resolve("README.md")).content()
                .contains("logits[-len(lexicon[\"bias\"]):] += words(text)", "re.findall(r\"\\w\\w+\", text)")
                .doesNotContain("from transformers import pipeline");
    }

    @Test
    void theTensorsAreThoseOfBertForSequenceClassification() throws Exception {
        Map<String, Tensor> tensors = Safetensors.map(export(release(Task.BINARY)).resolve("model.safetensors"));
        List<String> names = new ArrayList<>(List.of(
                "bert.embeddings.word_embeddings.weight", "bert.embeddings.position_embeddings.weight",
                "bert.embeddings.token_type_embeddings.weight", "bert.embeddings.LayerNorm.weight",
                "bert.embeddings.LayerNorm.bias"));
        for (int layer = 0; layer < 2; layer++) {
            for (String module : List.of(
                    "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
                    "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm")) {
                names.add(Text.format("bert.encoder.layer.%d.%s.weight", layer, module));
                names.add(Text.format("bert.encoder.layer.%d.%s.bias", layer, module));
            }
        }
        names.addAll(List.of(
                "bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight", "classifier.bias"));
        assertThat(tensors.keySet()).containsExactlyElementsOf(names);
        assertThat(tensors.get("bert.pooler.dense.weight").shape()).containsExactly(8, 8);
        assertThat(tensors.get("classifier.weight").shape()).containsExactly(2, 8);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void theConfigurationNamesTheLabels(Task task) throws Exception {
        JsonNode json = new ObjectMapper().readTree(export(release(task)).resolve("config.json").toFile());
        assertThat(json.path("architectures").get(0).asText()).isEqualTo("BertForSequenceClassification");
        assertThat(json.path("problem_type").asText()).isEqualTo(
                task == Task.MULTI_LABEL ? "multi_label_classification" : "single_label_classification");
        assertThat(json.path("id2label").path("1").asText()).isEqualTo("b");
        assertThat(json.path("label2id").path("b").asInt()).isEqualTo(1);
        assertThat(json.path("id2label")).hasSize(labels(task).size());
        assertThat(json.path("model_type").asText()).isEqualTo("bert");
    }

    @Test
    void theTokenizersAreTheReleases() throws Exception {
        LocalRelease release = release(Task.BINARY);
        Path exported = export(release);
        List<String> texts = TEXTS.subList(0, 3);
        try (Classifier classifier = Classifier.open(release.folder())) {
            int size = classifier.tokenizer().size();
            try (Tokenizer json = Tokenizer.load(exported, size, 0)) {
                assertThat(json.encode(texts, 24))
                        .usingRecursiveFieldByFieldElementComparator()
                        .isEqualTo(classifier.encode(texts));
            }
            Files.delete(exported.resolve("tokenizer.json"));
            try (Tokenizer vocabulary = Tokenizer.load(exported, size, 0)) {
                assertThat(vocabulary.encode(texts, 24))
                        .usingRecursiveFieldByFieldElementComparator()
                        .isEqualTo(classifier.encode(texts));
            }
        }
        JsonNode config = new ObjectMapper().readTree(exported.resolve("tokenizer_config.json").toFile());
        assertThat(config.path("model_max_length").asInt()).isEqualTo(24);
        assertThat(config.path("cls_token").asText()).isEqualTo("[CLS]");
        assertThat(exported.resolve("special_tokens_map.json")).content().contains("\"pad_token\" : \"[PAD]\"");
    }

    @Test
    void aFolderWithFilesIsLeftAloneAndNothingHalfWrittenIsSeen() throws Exception {
        LocalRelease release = release(Task.BINARY);
        Path there = Files.createDirectories(folder.resolve("there"));
        Path file = Files.writeString(there.resolve("a"), "mine");
        assertThatThrownBy(() -> HuggingFaceExport.write(release, there))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is there already");
        assertThatThrownBy(() -> HuggingFaceExport.write(release, file)).hasMessageContaining("is there already");
        assertThat(there.toFile().list()).containsExactly("a");

        Files.delete(release.file("tokenizer.json"));
        Path empty = Files.createDirectories(folder.resolve("to/empty"));
        assertThatThrownBy(() -> HuggingFaceExport.write(release, empty)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("to").toFile().list()).containsExactly("empty");
        assertThat(empty).isEmptyDirectory();
    }

    /** tanh(P · h + p), by libtorch as PyTorch would, (1, H). */
    private static NDArray pooled(NDManager manager, Path exported, float[] cls) throws IOException {
        NDArray h = manager.create(cls, new Shape(1, 8));
        return h.matMul(tensor(manager, exported, "bert.pooler.dense.weight").transpose())
                .add(tensor(manager, exported, "bert.pooler.dense.bias"))
                .tanh();
    }

    private static float[] head(NDManager manager, Path exported, NDArray pooled) throws IOException {
        return pooled.matMul(tensor(manager, exported, "classifier.weight").transpose())
                .add(tensor(manager, exported, "classifier.bias"))
                .toFloatArray();
    }

    private static NDArray tensor(NDManager manager, Path exported, String name) throws IOException {
        Tensor t = Safetensors.map(exported.resolve("model.safetensors")).get(name);
        return manager.create(t.floats(), new Shape(t.shape()));
    }

    /** As transformers' pipeline makes them of logits, by problem_type. */
    private static double[] probabilities(Task task, float[] logits) {
        double[] z = new double[logits.length];
        Arrays.setAll(z, i -> logits[i]);
        return task == Task.MULTI_LABEL
                ? Arrays.stream(z).map(Probabilities::sigmoid).toArray()
                : Probabilities.softmax(z);
    }

    private Encoder open(Path exported) throws IOException {
        return Encoder.open(exported.toString(), new EncoderOptions(
                folder, URI.create("http://localhost"), null, EncoderOptions.Listener.SILENT, duration -> {}));
    }

    private Path export(LocalRelease release) throws IOException {
        Path exported = folder.resolve("exported");
        HuggingFaceExport.write(release, exported);
        return exported;
    }

    /** With a calibration that is not none. */
    private LocalRelease release(Task task) throws IOException {
        List<String> labels = labels(task);
        Path files = TinyRelease.write(folder.resolve("files"), task, labels, 5);
        int outputs = task.outputs(labels.size());
        Calibration calibration =
                new Calibration(Collections.nCopies(outputs, 0.7), Collections.nCopies(outputs, -0.4));
        List<Double> thresholds = Collections.nCopies(task == Task.MULTI_CLASS ? 0 : outputs, 0.3);
        ModelConfig.read(files)
                .with(new DecisionRule(task, labels, calibration, thresholds, Optional.empty()))
                .write(files);
        Releases releases = new Releases(new FileStore(folder.resolve("store")), "tiny", Clock.systemUTC());
        Provenance provenance = new Provenance(
                Map.of(), "tiny", "0".repeat(64), 5, JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        releases.promote(releases.publish(files, provenance).version());
        return releases.open(Optional.empty(), folder.resolve("cache"));
    }

    private static List<String> labels(Task task) {
        return task == Task.BINARY ? List.of("a", "b") : List.of("a", "b", "c");
    }
}
