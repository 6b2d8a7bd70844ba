package org.scibert.training.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.scibert.decision.Task;
import org.scibert.release.Manifest;
import org.scibert.release.ReleaseException;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.Split;

/**
 * One line of a model's versions.
 *
 * @param bytes of all files; null for one that is refused
 * @param split that was scored, test or dev; null if none was
 * @param measure the selection score's key; null likewise
 * @param score null likewise
 * @param signer the key's SHA-256; null for an unsigned version
 * @param refused why it would not be opened; null if nothing is known against it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReleaseRow(
        Version version, String publishedAt, Long bytes, String split, String measure, Double score, String signer,
        String refused) {
    private static final String METRICS = "metrics.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    static ReleaseRow of(Releases releases, Version version) throws IOException {
        String published = version.publishedAt().toString();
        try {
            Manifest manifest = releases.manifest(version);
            String measure = measure(manifest);
            JsonNode metrics = manifest.files().containsKey(METRICS)
                    ? JSON.readTree(releases.read(manifest, METRICS))
                    : JSON.createObjectNode();
            Split split = metrics.has(Split.TEST.title()) ? Split.TEST : Split.DEV;
            JsonNode score = metrics.path(split.title()).path(measure);
            boolean scored = score.isNumber();
            return new ReleaseRow(version, published, manifest.totalBytes(), scored ? split.title() : null,
                    scored ? measure : null, scored ? score.asDouble() : null,
                    releases.signer(version).orElse(null), null);
        } catch (ReleaseException e) {
            return new ReleaseRow(version, published, null, null, null, null, null, e.getMessage());
        }
    }

    private static String measure(Manifest manifest) {
        String task = manifest.provenance().configuration().path("task").asText();
        return Metrics.selectionMeasure(task.equals(Task.BINARY.title()) ? Task.BINARY : Task.MULTI_CLASS);
    }
}
