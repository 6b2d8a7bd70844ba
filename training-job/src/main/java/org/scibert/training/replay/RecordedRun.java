package org.scibert.training.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Task;
import org.scibert.release.Provenance;
import org.scibert.release.ReleaseException;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.ThresholdRule;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.job.Devices;
import org.scibert.training.job.JobConfig;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.job.ReportConfig;
import org.scibert.training.job.RunPlan;
import org.scibert.training.promotion.PromotionConfig;

/** The run that a provenance tells of, as a configuration to run again. */
final class RecordedRun {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Provenance provenance;
    private final JsonNode configuration;

    RecordedRun(Provenance provenance) {
        this.provenance = provenance;
        this.configuration = provenance.configuration();
    }

    /**
     * The configuration, with another place for data and result.
     *
     * @param model the release's, for the names of its labels
     * @throws ReleaseException if the provenance lacks something, or has something that this version doesn't know
     */
    JobConfig config(ReplayFiles files, ModelConfig model, String store, String name) throws ReleaseException {
        List<String> labels = texts("labels");
        Task task = Task.ofTitle(text("task"));
        FineTuningConfig fineTuning = fineTuning();
        return new JobConfig(
                files.data().train(),
                files.data().dev(),
                files.data().test(),
                files.encoder().orElseGet(this::encoder),
                Optional.of(task),
                task == Task.BINARY ? Optional.of(labels.get(1)) : Optional.empty(),
                labelNames(labels, model.rule().labels()),
                String.join(",", texts("labelWeights")),
                need("maxRows").asInt(),
                new DataPolicy(false, need("dropLeaks").asBoolean()),
                Devices.valueOf(text("device").toUpperCase(Locale.ROOT)),
                fineTuning,
                RunPlan.ofSeed(fineTuning.seed()),
                new DecisionConfig(
                        ThresholdRule.parse(text("thresholdRule")),
                        Optional.ofNullable(configuration.get("errorBudget")).map(JsonNode::asDouble),
                        need("confidence").asDouble()),
                PromotionConfig.DEFAULT,
                Precisions.DEFAULT_TOLERANCE,
                ReportConfig.DEFAULT,
                store,
                name);
    }

    /** From the hub, at the commit that was used then. */
    private String encoder() {
        String spec = provenance.encoder();
        String revision = configuration.path("encoderRevision").asText();
        return spec.startsWith("hf:") && !spec.contains("@") && !revision.isEmpty() ? spec + "@" + revision : spec;
    }

    private FineTuningConfig fineTuning() throws ReleaseException {
        try {
            return JSON.treeToValue(need("fineTuning"), FineTuningConfig.class);
        } catch (JsonProcessingException e) {
            throw new ReleaseException("the release's fineTuning is not this program's (%s); replay with the code of %s"
                    .formatted(e.getOriginalMessage(), provenance.revision()), e);
        }
    }

    private static String labelNames(List<String> labels, List<String> names) {
        List<String> pairs = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            if (!labels.get(c).equals(names.get(c))) {
                pairs.add(labels.get(c) + "=" + names.get(c));
            }
        }
        return String.join(",", pairs);
    }

    private String text(String field) throws ReleaseException {
        return need(field).asText();
    }

    private List<String> texts(String field) throws ReleaseException {
        List<String> texts = new ArrayList<>();
        need(field).forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private JsonNode need(String field) throws ReleaseException {
        JsonNode found = configuration.get(field);
        if (found == null || found.isNull()) {
            throw new ReleaseException("the release's provenance lacks \"%s\" in its configuration; it can't be replayed"
                    .formatted(field));
        }
        return found;
    }
}
