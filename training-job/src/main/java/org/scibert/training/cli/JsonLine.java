package org.scibert.training.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.scibert.release.Pointer;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.job.FineTuneJob;

/** The last line of standard output. */
final class JsonLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLine() {}

    /** {@code {"name":…,"version":…,"SPLIT":{…},…,"promoted":…,"reason":…}}. */
    static String of(FineTuneJob.Result result) {
        return json(result.name(), result.version(), result.splits())
                .put("promoted", result.decision().promoted())
                .put("reason", result.decision().reason())
                .toString();
    }

    /** {@code {"name":…,"version":…,"SPLIT":{…},…}}. */
    static String of(String name, String version, Map<?, Metrics> splits) {
        return json(name, version, splits).toString();
    }

    /** {@code {"name":…,"version":…,"previous":…,"promotedAt":…}}. */
    static String of(Pointer pointer) {
        return JSON.createObjectNode()
                .put("name", pointer.name())
                .put("version", pointer.version().toString())
                .put("previous", pointer.previous() == null ? null : pointer.previous().toString())
                .put("promotedAt", pointer.promotedAt().toString())
                .toString();
    }

    private static ObjectNode json(String name, String version, Map<?, Metrics> splits) {
        ObjectNode json = JSON.createObjectNode().put("name", name).put("version", version);
        splits.forEach((split, metrics) -> json.set(split.toString(), JSON.valueToTree(metrics)));
        return json;
    }
}
