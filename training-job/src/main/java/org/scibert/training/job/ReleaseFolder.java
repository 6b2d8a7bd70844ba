package org.scibert.training.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scibert.classifier.ModelConfig;
import org.scibert.release.Manifest;
import org.scibert.text.Tokenizer;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.finetune.Epoch;

/** The files of a release: weights, config.json, tokenizer.json, metrics.json, data-check.json and MODEL_CARD.md. */
final class ReleaseFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    ReleaseFolder(Path folder) {
        this.folder = folder;
    }

    /** Where the weights belong. */
    Path weights() {
        return folder.resolve(Manifest.WEIGHTS);
    }

    /** Writes what a classifier needs beside the weights. */
    void write(ModelConfig model, Tokenizer tokenizer) throws IOException {
        model.write(folder);
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json());
    }

    /** Writes what people need: metrics.json, data-check.json and MODEL_CARD.md. */
    void describe(
            JobConfig config,
            Encoder encoder,
            Splits splits,
            DataReport report,
            List<Epoch> epochs,
            Assessment assessment,
            Precisions precisions)
            throws IOException {
        ObjectNode metrics = JSON.createObjectNode();
        assessment.splits().forEach((split, measured) -> metrics.set(split, JSON.valueToTree(measured)));
        metrics.set("decisions", JSON.valueToTree(assessment.decisions()));
        metrics.set("precisions", JSON.valueToTree(precisions));
        ArrayNode history = metrics.putArray("epochs");
        epochs.forEach(epoch -> history.add((ObjectNode) JSON.valueToTree(epoch)));
        Files.writeString(folder.resolve("metrics.json"), metrics.toPrettyString() + "\n");
        Files.writeString(folder.resolve("data-check.json"), report.json());
        Files.writeString(
                folder.resolve("MODEL_CARD.md"),
                ModelCard.of(config, encoder, splits, report, assessment, precisions));
    }
}
