package org.scibert.training.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Task;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.release.LocalRelease;
import org.scibert.network.Pooling;
import org.scibert.release.Provenance;
import org.scibert.release.ReleaseException;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.ThresholdRule;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.job.ComputeDevice;
import org.scibert.training.job.JobConfig;
import org.scibert.training.job.LabelNames;
import org.scibert.training.job.LabelWeights;
import org.scibert.training.lexical.LexicalMode;
import org.scibert.training.promotion.PromotionConfig;
import org.scibert.training.rows.ReadOptions;
import org.scibert.training.split.SplitRecord;

/** The configuration of the job that a provenance records, to be run again. */
final class RecordedRun {
    private static final ObjectReader FINE_TUNING = Json.MAPPER
            .readerFor(FineTuningConfig.class)
            .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Provenance provenance;
    private final JsonNode configuration;

    RecordedRun(Provenance provenance) {
        this.provenance = provenance;
        this.configuration = provenance.configuration();
    }

    /**
     * The configuration, with another place for data and result.
     *
     * @param release whose split counts, if it has one
     * @param model the release's, for the names of its labels
     * @throws ReleaseException if the provenance lacks something, or has something that this version doesn't know
     */
    JobConfig config(ReplayFiles files, LocalRelease release, ModelConfig model, String store, String name)
            throws ReleaseException {
        List<String> labels = texts("labels");
        Task task = Task.ofTitle(text("task"));
        return new JobConfig(
                new JobConfig.Data(
                        files.data().map(Path::toString),
                        oneFile(release),
                        reading(),
                        need("maxRows").asInt(),
                        new DataPolicy(false, need("dropLeaks").asBoolean())),
                new JobConfig.Labels(
                        Optional.of(task),
                        task == Task.BINARY ? Optional.of(labels.get(1)) : Optional.empty(),
                        labelNames(labels, model.rule().labels()),
                        LabelWeights.parse(String.join(",", texts("labelWeights")))),
                training(files),
                new DecisionConfig(
                        ThresholdRule.parse(text("thresholdRule")),
                        Optional.ofNullable(configuration.get("errorBudget")).map(JsonNode::asDouble),
                        need("confidence").asDouble()),
                JobConfig.Release.DEFAULT.with(lexical()),
                new JobConfig.Target(store, name, PromotionConfig.DEFAULT));
    }

    /** From the hub, at the commit that was used then. */
    private String encoder() {
        String spec = provenance.encoder();
        String revision = configuration.path("encoderRevision").asText();
        return spec.startsWith("hf:") && !spec.contains("@") && !revision.isEmpty() ? spec + "@" + revision : spec;
    }

    /** The split that the release records, whatever rule it came from; folds follow from the rows alone. */
    private Optional<JobConfig.OneFile> oneFile(LocalRelease release) throws ReleaseException {
        if (!configuration.has("split")) {
            return Optional.empty();
        }
        int folds = configuration.path("folds").asInt();
        return Optional.of(new JobConfig.OneFile(
                folds, folds == 0 ? Optional.of(release.file(SplitRecord.FILE).toString()) : Optional.empty()));
    }

    /** Releases whose columns had known names record none. */
    private ReadOptions reading() throws ReleaseException {
        JsonNode recorded = configuration.get("reading");
        try {
            return recorded == null ? ReadOptions.DEFAULT : Json.MAPPER.treeToValue(recorded, ReadOptions.class);
        } catch (JsonProcessingException e) {
            throw new ReleaseException(Text.format(
                    "the release's columns are not this program's (%s); replay with the code of %s",
                    e.getOriginalMessage(), provenance.revision()), e);
        }
    }

    /** Releases whose head reads [CLS] and began with random weights record neither. */
    private JobConfig.Training training(ReplayFiles files) throws ReleaseException {
        FineTuningConfig fineTuning = fineTuning();
        JobConfig.Head head = new JobConfig.Head(
                Pooling.ofTitle(configuration.path("pooling").asText(Pooling.CLS.title())),
                configuration.path("headInit").asText().equals("regression"),
                configuration.path("onTooLong").asText().equals("window"));
        return new JobConfig.Training(
                files.encoder().orElseGet(this::encoder), ComputeDevice.Choice.AUTO, fineTuning, head,
                List.of(fineTuning.seed()), JobConfig.Training.DEFAULT_CHECKPOINT_STEPS);
    }

    /** Releases whose encoder decides alone record none. */
    private LexicalMode lexical() {
        return LexicalMode.ofTitle(configuration.path("lexical").asText(LexicalMode.OFF.title()));
    }

    private FineTuningConfig fineTuning() throws ReleaseException {
        try {
            return FINE_TUNING.treeToValue(need("fineTuning"), FineTuningConfig.class);
        } catch (JsonProcessingException e) {
            throw new ReleaseException(Text.format(
                    "the release's fineTuning is not this program's (%s); replay with the code of %s",
                    e.getOriginalMessage(), provenance.revision()), e);
        }
    }

    private static LabelNames labelNames(List<String> labels, List<String> names) {
        Map<String, String> byLabel = new LinkedHashMap<>();
        for (int c = 0; c < labels.size(); c++) {
            byLabel.put(labels.get(c), names.get(c));
        }
        return new LabelNames(byLabel);
    }

    private String text(String field) throws ReleaseException {
        return need(field).asText();
    }

    private List<String> texts(String field) throws ReleaseException {
        return StreamSupport.stream(need(field).spliterator(), false).map(JsonNode::asText).toList();
    }

    private JsonNode need(String field) throws ReleaseException {
        JsonNode found = configuration.get(field);
        if (found == null || found.isNull()) {
            throw new ReleaseException(Text.format(
                    "the release's provenance lacks \"%s\" in its configuration; it can't be replayed",
                    field));
        }
        return found;
    }
}
