package org.scibert.training.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.job.FineTuneJob;

/** The last line of standard output. */
final class JsonLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLine() {}

    static String of(FineTuneJob.Result result) {
        return of(result.name(), result.version(), result.splits());
    }

    /** {@code {"name":…,"version":…,"SPLIT":{…},…}}. */
    static String of(String name, String version, Map<String, Metrics> splits) {
        ObjectNode json = JSON.createObjectNode().put("name", name).put("version", version);
        splits.forEach((split, metrics) -> json.set(split, JSON.valueToTree(metrics)));
        return json.toString();
    }
}
