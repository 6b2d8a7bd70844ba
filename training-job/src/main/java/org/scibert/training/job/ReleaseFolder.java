package org.scibert.training.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.scibert.classifier.ModelConfig;
import org.scibert.io.AtomicFiles;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.text.Tokenizer;
import org.scibert.training.report.Report;
import org.scibert.training.report.ReportInput;

/**
 * The files of a release: weights, config.json and tokenizer.json for programs; metrics.json, data-check.json,
 * history.csv, report.html and MODEL_CARD.md for people.
 */
final class ReleaseFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    ReleaseFolder(Path folder) {
        this.folder = folder;
    }

    /** Where the weights belong. */
    Path weights() {
        return folder.resolve(Manifest.WEIGHTS);
    }

    /** Writes what a classifier needs beside the weights. */
    void write(ModelConfig model, Tokenizer tokenizer) throws IOException {
        model.write(folder);
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json());
    }

    /**
     * Writes what people need: metrics.json, data-check.json and MODEL_CARD.md.
     *
     * @param runs all of the job
     * @param run the one of this release
     */
    void describe(PreparedData prepared, List<SeedRun> runs, SeedRun run, Precisions precisions)
            throws IOException {
        Assessment assessment = run.assessment();
        ObjectNode metrics = JSON.createObjectNode();
        assessment.splits().forEach((split, measured) -> metrics.set(split.title(), JSON.valueToTree(measured)));
        metrics.set("decisions", JSON.valueToTree(assessment.decisions()));
        metrics.set("precisions", JSON.valueToTree(precisions));
        ArrayNode history = metrics.putArray("epochs");
        run.training().state().epochs().forEach(epoch -> history.add((ObjectNode) JSON.valueToTree(epoch)));
        if (runs.size() > 1) {
            metrics.set("seeds", JSON.valueToTree(SeedStudy.of(runs)));
        }
        Files.writeString(folder.resolve("metrics.json"), metrics.toPrettyString() + "\n");
        Files.writeString(folder.resolve("data-check.json"), prepared.report().json());
        Files.writeString(
                folder.resolve("MODEL_CARD.md"), ModelCard.of(
                        run.config(), prepared.encoder(), prepared.splits(), prepared.labels(),
                        prepared.report(), assessment, precisions));
    }

    /** Writes history.csv and report.html, and the report's copy if one was asked for. */
    void report(PreparedData prepared, SeedRun run, Precisions precisions, Provenance provenance, Instant now)
            throws IOException {
        JobConfig config = run.config();
        Assessment assessment = run.assessment();
        Files.writeString(folder.resolve("history.csv"), run.training().history().csv());
        ReportInput input = new ReportInput(
                config.target().name(), now, assessment.model(), provenance, prepared.report(),
                run.training(), assessment.splits(), assessment.mistakes(), assessment.decisions(),
                precisions.forReport());
        Path report = Files.writeString(
                folder.resolve("report.html"), Report.html(input, config.release().reportTexts()));
        if (config.release().reportCopy().isPresent()) {
            AtomicFiles.replace(
                    config.release().reportCopy().get(), copy -> Files.copy(report, copy));
        }
    }
}
