package org.scibert.training.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.training.report.FlatJson;

/** A job's settings by name, for trackers of experiments. */
public final class JobSettings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JobSettings() {}

    /** Numbers and texts; names of files are left out. */
    public static Map<String, Object> of(JobConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", config.name());
        settings.put("encoder", config.encoder());
        config.task().ifPresent(task -> settings.put("task", task.title()));
        settings.put("posWeight", config.posWeight());
        settings.put("maxRows", config.maxRows());
        settings.put("dropLeaks", config.dataPolicy().dropLeaks());
        settings.put("thresholdRule", config.decisions().thresholdRule().title());
        FlatJson.of(JSON.valueToTree(config.fineTuning())).forEach((key, value) ->
                settings.put(key, value.isNumber() ? value.numberValue() : value.asText()));
        return settings;
    }
}
