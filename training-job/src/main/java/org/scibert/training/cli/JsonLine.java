package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.scibert.io.Json;
import org.scibert.release.Candidate;
import org.scibert.release.Manifest;
import org.scibert.release.Pointer;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.job.FineTuneJob;

/** The JSON object that a command ends with, as the last line of standard output. */
final class JsonLine {
    private JsonLine() {}

    static ObjectNode empty() {
        return Json.MAPPER.createObjectNode();
    }

    /** {@code {"name":…,"version":…}}. */
    static ObjectNode of(Manifest manifest) {
        return of(manifest.name(), manifest.version().toString());
    }

    /** {@code {"name":…,"version":…,"SPLIT":{…},…,"promoted":…,"reason":…}}. */
    static ObjectNode of(FineTuneJob.Result result) {
        return with(of(result.name(), result.version()), result.splits())
                .put("promoted", result.decision().promoted())
                .put("reason", result.decision().reason());
    }

    /** {@code {"name":…,"version":…,"previous":…,"promotedAt":…}}. */
    static ObjectNode of(Pointer pointer) {
        return of(pointer.name(), pointer.version().toString())
                .put("previous", pointer.previous() == null ? null : pointer.previous().toString())
                .put("promotedAt", pointer.promotedAt().toString());
    }

    /** {@code {"name":…,"version":…,"share":…,"startedAt":…,"endedAt":…}}. */
    static ObjectNode of(Candidate candidate) {
        return of(candidate.name(), candidate.version().toString())
                .put("share", candidate.share())
                .put("startedAt", candidate.startedAt().toString())
                .put("endedAt", candidate.endedAt() == null ? null : candidate.endedAt().toString());
    }

    /** Adds {@code "SPLIT":{…}} for each split. */
    static ObjectNode with(ObjectNode json, Map<?, Metrics> splits) {
        splits.forEach((split, metrics) -> json.set(split.toString(), Json.MAPPER.valueToTree(metrics)));
        return json;
    }

    private static ObjectNode of(String name, String version) {
        return empty().put("name", name).put("version", version);
    }
}
