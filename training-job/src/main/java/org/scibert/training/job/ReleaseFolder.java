package org.scibert.training.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.classifier.ModelConfig;
import org.scibert.drift.DriftReference;
import org.scibert.explain.Explainer;
import org.scibert.io.Json;
import org.scibert.release.Manifest;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Precision;
import org.scibert.network.WeightNames;
import org.scibert.release.Provenance;
import org.scibert.text.Tokenizer;
import org.scibert.training.assessment.Faithfulness;
import org.scibert.training.assessment.FoldScores;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.baseline.Baseline;
import org.scibert.training.baseline.FrozenModel;
import org.scibert.training.split.OutOfFold;
import org.scibert.training.split.OutOfFoldRecord;
import org.scibert.training.split.SplitRecord;
import org.scibert.training.report.ModelCard;
import org.scibert.training.report.Report;
import org.scibert.training.report.ReportInput;
import org.scibert.training.study.StudyResult;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/**
 * The files of a release: weights, config.json, tokenizer.json and drift.json for programs; metrics.json,
 * data-check.json, history.csv, report.html and MODEL_CARD.md for people.
 */
final class ReleaseFolder {
    private final Path folder;

    ReleaseFolder(Path folder) {
        this.folder = folder;
    }

    /** Where the weights belong. */
    Path weights() {
        return folder.resolve(Manifest.WEIGHTS);
    }

    /** Where the report is. */
    Path report() {
        return folder.resolve("report.html");
    }

    /** Writes what a classifier needs beside the weights. */
    void write(ModelConfig model, Tokenizer tokenizer) throws IOException {
        model.write(folder);
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json());
    }

    /** The same with its weights: an encoder before fine-tuning, and a regression as its head. */
    void write(ModelConfig model, Tokenizer tokenizer, Map<String, Tensor> encoder, FrozenModel frozen)
            throws IOException {
        NetworkConfig network = model.network();
        Map<String, Tensor> weights = new LinkedHashMap<>(encoder);
        weights.putAll(frozen.head(network));
        List<Tensor> ordered =
                WeightNames.names(network.encoder(), network.outputs()).stream().map(weights::get).toList();
        Safetensors.write(weights(), ordered, Map.of("format", "pt"));
        write(model, tokenizer);
    }

    /** Writes drift.json, which the function compares the texts with that it is asked about. */
    void write(DriftReference reference) throws IOException {
        Files.write(folder.resolve(DriftReference.FILE), reference.toBytes());
    }

    /**
     * Writes the files for people: metrics.json, data-check.json, history.csv, MODEL_CARD.md and report.html; split.csv
     * if one file was split, out-of-fold.csv if it was cross-validated.
     *
     * @param runs all of the job
     * @param run whose weights the release holds
     * @param study that the runs' hyperparameters are from
     */
    void describe(
            PreparedData prepared, List<SeedRun> runs, SeedRun run, Optional<StudyResult> study, Precisions precisions,
            List<Baseline> baselines, Optional<Faithfulness> explanations, Provenance origin, Instant now)
            throws IOException {
        JobConfig config = run.config();
        Optional<FoldScores> folds = run.foldScores(prepared);
        Files.writeString(
                folder.resolve("metrics.json"), metrics(runs, run, study, precisions, baselines, folds, explanations));
        Files.writeString(folder.resolve("data-check.json"), prepared.report().json());
        if (prepared.split().isPresent()) {
            Files.writeString(folder.resolve(SplitRecord.FILE), prepared.split().get().record().csv());
        }
        OutOfFold served = run.outOfFold().get(Precision.ofTitle(precisions.served()));
        if (served != null) {
            Files.writeString(
                    folder.resolve(OutOfFoldRecord.FILE),
                    OutOfFoldRecord.csv(prepared.splits().train().rows(), served));
        }
        Files.writeString(folder.resolve("history.csv"), run.training().history().csv());
        ReportInput input = new ReportInput(
                new ReportInput.Title(
                        config.target().name(), now, config.release().language(), config.release().license()),
                new ReportInput.Run(
                        origin, config.training().fineTuning(), config.training().seeds(), run.training(), folds),
                prepared.report(), run.assessment(), precisions, run.lexical(), baselines, explanations,
                study.map(result -> new ReportInput.Study(result, SeedRuns.study(runs))));
        Files.writeString(folder.resolve("MODEL_CARD.md"), ModelCard.markdown(input));
        Files.writeString(report(), Report.html(input, config.release().reportTexts()));
    }

    private static String metrics(
            List<SeedRun> runs, SeedRun run, Optional<StudyResult> study, Precisions precisions,
            List<Baseline> baselines, Optional<FoldScores> folds, Optional<Faithfulness> explanations) {
        ObjectNode metrics = Json.MAPPER.createObjectNode();
        run.assessment().splits().forEach((split, measured) ->
                metrics.set(split.title(), Json.MAPPER.valueToTree(measured)));
        folds.ifPresent(scores -> metrics.set("folds", Json.MAPPER.valueToTree(scores)));
        metrics.set("decisions", Json.MAPPER.valueToTree(run.assessment().decisions()));
        metrics.set("precisions", Json.MAPPER.valueToTree(precisions));
        run.lexical().ifPresent(choice -> metrics.set("lexical", Json.MAPPER.valueToTree(choice)));
        if (!baselines.isEmpty()) {
            ObjectNode scores = metrics.putObject("baselines");
            baselines.forEach(baseline -> scores.set(baseline.kind().key(), Json.MAPPER.valueToTree(baseline)));
        }
        explanations.ifPresent(found -> metrics.set(Explainer.MEASURED, Json.MAPPER.valueToTree(found)));
        ArrayNode epochs = metrics.putArray("epochs");
        run.training().state().epochs().forEach(epoch -> epochs.add((ObjectNode) Json.MAPPER.valueToTree(epoch)));
        if (runs.size() > 1) {
            metrics.set("seeds", Json.MAPPER.valueToTree(SeedRuns.study(runs)));
        }
        study.ifPresent(result -> metrics.set("study", Json.MAPPER.valueToTree(result)));
        return metrics.toPrettyString() + "\n";
    }
}
