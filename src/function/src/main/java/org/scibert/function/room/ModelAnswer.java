package org.scibert.function.room;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * What {@code GET /model} gives.
 *
 * @param name of the classifier
 * @param version of the release
 * @param createdAt when the release was made
 * @param task the title of what the head decides
 * @param labels in the order of the probabilities
 * @param thresholds probability from which a label is given: of the positive label, or of each of many; none for
 *     multi-class
 * @param maxTokens tokens that are read of a text, [CLS] and [SEP] included
 * @param encoder what the fine-tuning began with
 * @param precision what the network computes in: fp32, fp16 or int8
 * @param metrics what the training job measured: the release's metrics.json without the curves' points
 * @param files what the release is made of
 */
public record ModelAnswer(
        String name,
        String version,
        Instant createdAt,
        String task,
        List<String> labels,
        List<Double> thresholds,
        int maxTokens,
        String encoder,
        String precision,
        JsonNode metrics,
        List<File> files) {

    /**
     * A file of the release.
     *
     * @param size in bytes
     * @param sha256 in hexadecimal
     */
    public record File(String name, long size, String sha256) {}

    /** Name and version, as every answer carries them. */
    public ModelVersion id() {
        return new ModelVersion(name, version);
    }
}
