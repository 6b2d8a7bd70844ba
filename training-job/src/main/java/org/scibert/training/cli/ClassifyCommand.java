package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.decision.Task;
import org.scibert.io.AtomicFiles;
import org.scibert.io.Json;
import org.scibert.release.LocalRelease;
import org.scibert.training.records.DataException;
import org.scibert.training.records.SourceRecord;
import org.scibert.training.rows.RowFile;
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

    @Mixin
    private ReadingOptions reading;

    /** A record that is answered for. */
    private record Asked(String id, Optional<String> text) {}

    @Override
    public Integer call() throws Exception {
        try (RowFile file = RowFile.ofTexts(data, reading.options())) {
            LocalRelease local = release.open();
            int[] counts = new int[2]; // rows, and those without a text
            AtomicFiles.replace(output, part -> {
                try (Classifier classifier = release.classifier(local);
                        BufferedWriter lines = Files.newBufferedWriter(part)) {
                    for (List<Asked> chunk = next(file); !chunk.isEmpty(); chunk = next(file)) {
                        counts[1] += write(lines, classifier, chunk);
                        counts[0] += chunk.size();
                        spec.commandLine().getErr().printf("%d rows%n", counts[0]);
                    }
                }
            });
            if (counts[0] == 0) {
                throw new DataException(data, "there are no rows in it");
            }
            spec.commandLine().getOut().println(JsonLine.of(local.manifest())
                    .put("rows", counts[0])
                    .put("withoutText", counts[1])
                    .put("output", output.toString()));
            return 0;
        }
    }

    private static List<Asked> next(RowFile file) throws IOException {
        List<Asked> chunk = new ArrayList<>(CHUNK);
        for (SourceRecord record = null; chunk.size() < CHUNK && (record = file.next()) != null; ) {
            chunk.add(new Asked(file.id(record), file.text(record).filter(text -> !text.isBlank())));
        }
        return chunk;
    }

    /** Writes a line for each record, and returns how many of them have no text. */
    private static int write(BufferedWriter lines, Classifier classifier, List<Asked> chunk) throws IOException {
        Iterator<Classification> found =
                classifier.classify(chunk.stream().flatMap(asked -> asked.text().stream()).toList()).iterator();
        boolean manyLabels = classifier.config().network().task() == Task.MULTI_LABEL;
        int withoutText = 0;
        for (Asked asked : chunk) {
            ObjectNode line = JsonLine.empty().put("id", asked.id());
            if (asked.text().isPresent()) {
                answer(line, found.next(), manyLabels);
            } else {
                line.put("error", "no text");
                withoutText++;
            }
            lines.write(line.toString());
            lines.write('\n');
        }
        return withoutText;
    }

    private static void answer(ObjectNode line, Classification found, boolean manyLabels) {
        line.set("logits", Json.MAPPER.valueToTree(found.logits()));
        line.set("probabilities", Json.MAPPER.valueToTree(found.decision().probabilities()));
        if (manyLabels) {
            line.set("labels", Json.MAPPER.valueToTree(found.decision().chosen()));
        } else {
            line.put("label", found.decision().chosen().get(0));
        }
        found.decision().verdict().ifPresent(verdict -> line.put("decision", verdict.title()));
        line.put("truncated", found.truncated());
    }
}
