package org.scibert.training.job;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.scibert.io.Json;
import org.scibert.io.Sha256;
import org.scibert.network.Pooling;
import org.scibert.release.Provenance;
import org.scibert.training.rows.ReadOptions;
import org.scibert.training.study.StudyResult;

/** The provenance that a job's release has in its manifest: data, encoder, configuration, software. */
final class JobProvenance {
    private JobProvenance() {}

    static Provenance of(JobConfig config, PreparedData prepared) {
        return of(config, prepared, OptionalInt.empty());
    }

    /** @param fold of a cross-validation, from 0, which a run leaves out; empty for the run that is released */
    static Provenance of(JobConfig config, PreparedData prepared, OptionalInt fold) {
        Map<String, String> data = new LinkedHashMap<>();
        prepared.splits().bySplit().forEach((split, rows) -> data.put(split.title(), rows.sha256()));
        return new Provenance(
                data,
                prepared.encoder().spec(),
                prepared.encoder().digest(),
                config.training().fineTuning().seed(),
                configuration(config, prepared, fold),
                software(),
                revision());
    }

    /**
     * The same of a run that is released: with the mode of the choice where it decides by more than its encoder, and
     * with the study that its hyperparameters are from.
     */
    static Provenance of(SeedRun run, PreparedData prepared, Optional<StudyResult> study) {
        Provenance provenance = of(run.config(), prepared);
        if (run.lexical().filter(choice -> !choice.isEncoderAlone()).isPresent()) {
            ((ObjectNode) provenance.configuration()).put("lexical", run.config().release().lexical().title());
        }
        study.ifPresent(chosen -> ((ObjectNode) provenance.configuration()).putObject("study")
                .put("configurations", chosen.configurations())
                .put("tried", chosen.trials().size())
                .put("budget", chosen.budget()));
        return provenance;
    }

    private static JsonNode configuration(JobConfig config, PreparedData prepared, OptionalInt fold) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("task", prepared.labels().task().title());
        json.set("labels", Json.MAPPER.valueToTree(prepared.labels().labels()));
        json.set("labelWeights", Json.MAPPER.valueToTree(prepared.labelWeights()));
        json.put("encoderRevision", prepared.encoder().revision());
        prepared.split().ifPresent(split -> {
            json.put("split", split.rule());
            split.folds().ifPresent(folds -> json.put("folds", folds.count()));
            fold.ifPresent(number -> json.put("fold", number));
            json.put("splitSha256", Sha256.hex(split.record().csv().getBytes(StandardCharsets.UTF_8)));
        });
        if (!config.data().reading().equals(ReadOptions.DEFAULT)) {
            json.set("reading", Json.MAPPER.valueToTree(config.data().reading()));
        }
        json.put("maxRows", config.data().maxRows());
        json.put("dropLeaks", config.data().policy().dropLeaks());
        json.put("droppedRows", prepared.report().droppedRows());
        json.put("device", prepared.device().title());
        json.put("deviceKind", prepared.device().kind());
        json.set("fineTuning", Json.MAPPER.valueToTree(config.training().fineTuning()));
        JobConfig.Head head = config.training().head();
        if (head.pooling() != Pooling.CLS) {
            json.put("pooling", head.pooling().title());
        }
        if (head.fromRegression()) {
            json.put("headInit", "regression");
        }
        if (head.inWindows()) {
            json.put("onTooLong", "window");
        }
        json.put("thresholdRule", config.decisions().thresholdRule().title());
        config.decisions().errorBudget().ifPresent(budget -> json.put("errorBudget", budget));
        json.put("confidence", config.decisions().confidence());
        json.put("precisionTolerance", config.release().precisionTolerance());
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
