package org.scibert.training.job;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.release.Provenance;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/** Where a release's weights come from, for its manifest. */
final class Origin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Origin() {}

    static Provenance of(
            JobConfig config, Encoder encoder, Splits<Rows> splits, LabelSet labels, int droppedRows, float[] labelWeights) {
        Map<String, String> data = new LinkedHashMap<>();
        splits.bySplit().forEach((split, rows) -> data.put(split.title(), rows.sha256()));
        return new Provenance(
                data,
                encoder.spec(),
                encoder.digest(),
                config.fineTuning().seed(),
                configuration(config, encoder, labels, droppedRows, labelWeights),
                software(),
                revision());
    }

    private static JsonNode configuration(
            JobConfig config, Encoder encoder, LabelSet labels, int droppedRows, float[] labelWeights) {
        ObjectNode json = JSON.createObjectNode();
        json.put("task", labels.task().title());
        json.set("labels", JSON.valueToTree(labels.labels()));
        json.set("labelWeights", JSON.valueToTree(labelWeights));
        json.put("encoderRevision", encoder.revision());
        json.put("maxRows", config.maxRows());
        json.put("dropLeaks", config.dataPolicy().dropLeaks());
        json.put("droppedRows", droppedRows);
        json.put("device", config.device().name().toLowerCase(java.util.Locale.ROOT));
        json.set("fineTuning", JSON.valueToTree(config.fineTuning()));
        json.put("thresholdRule", config.decisions().thresholdRule().title());
        config.decisions().errorBudget().ifPresent(budget -> json.put("errorBudget", budget));
        json.put("confidence", config.decisions().confidence());
        json.put("precisionTolerance", config.precisionTolerance());
        return json;
    }

    private static Map<String, String> software() {
        Map<String, String> software = new LinkedHashMap<>();
        software.put("java", System.getProperty("java.version"));
        software.put("djl", Engine.getDjlVersion());
        software.put("pytorch", Engine.getEngine("PyTorch").getVersion());
        return software;
    }

    /** The code's revision as the image's build states it; "unknown" for a build from a working copy. */
    private static String revision() {
        String revision = System.getenv("CODE_REVISION");
        return revision == null || revision.isBlank() ? "unknown" : revision;
    }
}
