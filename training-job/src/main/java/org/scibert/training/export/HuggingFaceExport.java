package org.scibert.training.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Task;
import org.scibert.io.AtomicFiles;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.lexicon.Lexicon;
import org.scibert.network.Pooling;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.weights.Safetensors;

/**
 * Writes a release as a folder that transformers' {@code AutoModelForSequenceClassification} loads, with the same
 * answers.
 */
public final class HuggingFaceExport {
    private static final String CARD = "MODEL_CARD.md";

    private HuggingFaceExport() {}

    /**
     * Writes config.json, model.safetensors, tokenizer.json, tokenizer_config.json, special_tokens_map.json, vocab.txt,
     * README.md, the release's MODEL_CARD.md, and lexicon.json and lexicon.safetensors where words count.
     *
     * @param release with its fp32 weights
     * @param folder new or empty; appears complete or not at all
     */
    public static void write(LocalRelease release, Path folder) throws IOException {
        requireNewOrEmpty(folder);
        AtomicFiles.createFolder(folder, temporary -> {
            ModelConfig model = ModelConfig.read(release.folder());
            Files.writeString(
                    temporary.resolve("config.json"), config(model).toPrettyString() + "\n");
            // transformers refuses safetensors that do not say whose tensors they are.
            Safetensors.write(
                    temporary.resolve("model.safetensors"),
                    HuggingFaceWeights.of(model, Safetensors.map(release.file(Manifest.WEIGHTS))),
                    Map.of("format", "pt"));
            TokenizerFiles.write(
                    temporary, Files.readString(release.file("tokenizer.json")), model.maxTokens());
            if (model.blend().isPresent()) {
                HuggingFaceWeights.lexicon(model, Lexicon.read(release.folder())).write(temporary);
            }
            Files.writeString(temporary.resolve("README.md"), readMe(release.manifest(), model));
            if (release.manifest().files().containsKey(CARD)) {
                Files.copy(release.file(CARD), temporary.resolve(CARD));
            }
        });
    }

    /**
     * The config.json of transformers; it does not use the {@code thresholds}. Labels are in the order of the logits.
     */
    private static ObjectNode config(ModelConfig model) {
        ObjectNode json = model.network().encoder().toJson();
        json.putArray("architectures").add("BertForSequenceClassification");
        json.put("problem_type", model.network().task() == Task.MULTI_LABEL
                ? "multi_label_classification"
                : "single_label_classification");
        List<String> labels = model.rule().labels();
        ObjectNode names = json.putObject("id2label");
        ObjectNode ids = json.putObject("label2id");
        for (int id = 0; id < labels.size(); id++) {
            names.put(Integer.toString(id), labels.get(id));
            ids.put(labels.get(id), id);
        }
        json.put("classifier_dropout", model.network().headDropout());
        json.put("torch_dtype", "float32");
        model.rule().thresholds().forEach(json.putArray("thresholds")::add);
        return json;
    }

    private static void requireNewOrEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        boolean empty = false;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                empty = files.findAny().isEmpty();
            }
        }
        if (!empty) {
            throw new UsageException(
                    Text.format("%s is there already; name a folder that is new or empty", folder.toAbsolutePath()));
        }
    }

    private static String readMe(Manifest manifest, ModelConfig model) {
        boolean manyLabels = model.network().task() == Task.MULTI_LABEL;
        return Text.format("""
                ---
                library_name: transformers
                pipeline_tag: text-classification
                ---
                # %s %s

                %s
                The probabilities are those that the released classifier gives: its calibration is part of the head.
                %s
                %s A special token that stands in a text, such as [SEP], ends the sentence for
                transformers; the released classifier reads it as text.

                The classifier was trained without BERT's pooler: its head reads %s. As
                BertForSequenceClassification always has a pooler, tanh(P h + p), this one passes h on: P is 2^-20 times
                the identity and p is 0, where tanh changes nothing that 32-bit floats show, and the head's weights are
                2^20 times as large. Load it in float32 or bfloat16; float16 has no room for these numbers. To fine-tune
                further, take the encoder and give it a new head.
                """, manifest.name(), manifest.version(), ExportedCode.of(model), thresholds(model, manyLabels),
                model.inWindows()
                        ? Text.format("The code above cuts texts to %s tokens. The released classifier reads longer"
                                + " ones in windows that overlap\nand joins their logits: for these its answers are"
                                + " others.",
                                model.maxTokens())
                        : Text.format("Texts are cut to %s tokens.", model.maxTokens()),
                model.network().pooling() == Pooling.MEAN
                        ? "the mean of the last hidden states, which the code above takes"
                        : "the last hidden state at [CLS]");
    }

    private static String thresholds(ModelConfig model, boolean manyLabels) {
        if (model.rule().thresholds().isEmpty()) {
            return "The label is the most probable one.\n";
        }
        return manyLabels
                ? Text.format("Each label is given from a probability of its own, in the order of the labels: %s.%n",
                        model.rule().thresholds())
                : Text.format(
                        "\"%s\" is given from a probability of %s, which need not be 0.5, from which the pipeline"
                                + " names it.%n",
                        model.rule().labels().get(1), model.rule().thresholds().get(0));
    }
}
