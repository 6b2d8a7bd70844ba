package org.scibert.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.network.NetworkConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.text.Tokenizer;
import org.scibert.weights.Safetensors;

/** The files of a release with a tiny random network: a model for tests of whatever stands around one. */
public final class TinyRelease {
    /** Tokens of a text that the tiny model reads. */
    public static final int MAX_TOKENS = 24;

    private TinyRelease() {}

    /** Writes config.json, tokenizer.json, model.safetensors, metrics.json and MODEL_CARD.md. */
    public static Path write(Path folder, Task task, List<String> labels, long seed) throws IOException {
        Files.createDirectories(folder);
        NetworkConfig network = new NetworkConfig(TinyEncoder.config(0.1), task, task.outputs(labels.size()), 0.3);
        DecisionRule rule = new DecisionRule(task, labels, DecisionRule.DEFAULT_THRESHOLD);
        new ModelConfig(network, rule, labels, MAX_TOKENS).write(folder);
        Files.write(folder.resolve("vocab.txt"), TinyEncoder.vocabulary());
        try (Tokenizer tokenizer = Tokenizer.load(folder, network.encoder().vocabSize(), 0)) {
            Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json());
        }
        Files.delete(folder.resolve("vocab.txt"));
        Safetensors.write(
                folder.resolve("model.safetensors"), TinyEncoder.weights(network, seed).values(), Map.of());
        Files.writeString(folder.resolve("metrics.json"), "{\"test\":{\"rows\":10,\"rocAuc\":0.5}}\n");
        Files.writeString(folder.resolve("MODEL_CARD.md"), "# tiny\n");
        return folder;
    }
}
