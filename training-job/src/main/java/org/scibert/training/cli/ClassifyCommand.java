package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.decision.Task;
import org.scibert.io.AtomicFiles;
import org.scibert.io.Json;
import org.scibert.io.OutputFile;
import org.scibert.release.LocalRelease;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.RowReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "classify",
        sortOptions = false,
        description = "Classifies the texts of a file with a released version: JSON lines in the input's order.")
final class ClassifyCommand implements Callable<Integer> {
    /** Rows classified before they are written: sorting by length within so many makes batches nearly free of padding. */
    private static final int CHUNK = 512;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions.WithPrecision release;

    @Option(
            names = "--data",
            required = true,
            defaultValue = "${env:DATA}",
            paramLabel = "FILE",
            description = "Rows with text, and id where there is one; labels are not needed. [DATA]")
    private Path data;

    @Option(
            names = "--output",
            required = true,
            defaultValue = "${env:OUTPUT}",
            paramLabel = "FILE",
            description = "Written under another name and moved here when complete; an existing file is replaced."
                    + " [OUTPUT]")
    private Path output;

    @Override
    public Integer call() throws Exception {
        OutputFile.requireWritable("--output", output);
        List<Row> rows = RowReader.readTexts(data, Integer.MAX_VALUE).rows();
        LocalRelease local = release.open();
        AtomicFiles.replace(output, part -> {
            try (Classifier classifier = release.classifier(local);
                    BufferedWriter lines = new BufferedWriter(new OutputStreamWriter(
                            AtomicFiles.output(part, output), StandardCharsets.UTF_8))) {
                for (int start = 0; start < rows.size(); start += CHUNK) {
                    List<Row> chunk = rows.subList(start, Math.min(start + CHUNK, rows.size()));
                    write(lines, classifier, chunk);
                    spec.commandLine().getErr().printf("%d/%d rows%n", start + chunk.size(), rows.size());
                }
            }
        });
        spec.commandLine().getOut().println(
                JsonLine.of(local.manifest()).put("rows", rows.size()).put("output", output.toString()));
        return 0;
    }

    private static void write(BufferedWriter lines, Classifier classifier, List<Row> rows) throws IOException {
        List<Classification> found = classifier.classify(rows.stream().map(Row::text).toList());
        boolean manyLabels = classifier.config().network().task() == Task.MULTI_LABEL;
        for (int i = 0; i < rows.size(); i++) {
            Classification c = found.get(i);
            ObjectNode line = JsonLine.empty().put("id", rows.get(i).id());
            line.set("logits", Json.MAPPER.valueToTree(c.logits()));
            line.set("probabilities", Json.MAPPER.valueToTree(c.decision().probabilities()));
            if (manyLabels) {
                line.set("labels", Json.MAPPER.valueToTree(c.decision().chosen()));
            } else {
                line.put("label", c.decision().chosen().get(0));
            }
            c.decision().verdict().ifPresent(verdict -> line.put("decision", verdict.title()));
            line.put("truncated", c.truncated());
            lines.write(line.toString());
            lines.newLine();
        }
    }
}
