package org.scibert.function.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.scibert.function.serving.Canary;
import org.scibert.function.serving.Model;
import org.scibert.function.telemetry.DriftWindow;
import org.scibert.release.Manifest;

/**
 * The answer to {@code GET /model}.
 *
 * @param name of the classifier
 * @param version of the release
 * @param createdAt when the release was made
 * @param task binary, multi-class or multi-label
 * @param labels in the order of the probabilities
 * @param thresholds probability from which a label is given: of the positive label, or of each of many; none for
 *     multi-class
 * @param maxTokens tokens that are read of a text at once, [CLS] and [SEP] included
 * @param onTooLong what becomes of longer texts unless the request says otherwise: window; null where they are cut
 * @param encoder that was fine-tuned
 * @param precision that the network computes in: fp32, fp16, bf16 or int8
 * @param precisionReason why it is that one: asked for, named by the release, or the fastest here
 * @param words how much the words of a text count beside the network; null if the network decides alone
 * @param metrics that the training job measured: the release's metrics.json without the curves' points
 * @param neighbours labelled rows that the release can name as neighbours of a text; null if it was made without
 * @param examples texts of the release to try, an array of objects with text and label; null if it was made without
 * @param drift how the last texts differ from those that the release was measured on
 * @param candidate on trial beside it, or withdrawn or refused; null for none
 * @param files of the release
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelAnswer(
        String name,
        String version,
        Instant createdAt,
        String task,
        List<String> labels,
        List<Double> thresholds,
        int maxTokens,
        String onTooLong,
        String encoder,
        String precision,
        String precisionReason,
        Model.Words words,
        JsonNode metrics,
        Integer neighbours,
        JsonNode examples,
        DriftWindow.Summary drift,
        @JsonInclude(JsonInclude.Include.NON_NULL) Canary.Status candidate,
        List<File> files) {

    /**
     * A file of the release.
     *
     * @param size in bytes
     * @param sha256 in hexadecimal
     */
    public record File(String name, long size, String sha256) {}

    static ModelAnswer of(Model model, DriftWindow.Summary drift, Canary.Status candidate) {
        Manifest manifest = model.manifest();
        return new ModelAnswer(
                model.id().name(),
                model.id().version(),
                manifest.createdAt(),
                model.rule().task().title(),
                model.rule().labels(),
                model.rule().thresholds(),
                model.maxTokens(),
                model.inWindows() ? "window" : null,
                manifest.provenance().encoder(),
                model.precision().title(),
                model.precisionReason(),
                model.words().orElse(null),
                model.metrics(),
                model.neighbours() == 0 ? null : model.neighbours(),
                model.examples().orElse(null),
                drift,
                candidate,
                manifest.files().entrySet().stream()
                        .map(f -> new File(f.getKey(), f.getValue().size(), f.getValue().sha256()))
                        .toList());
    }
}
