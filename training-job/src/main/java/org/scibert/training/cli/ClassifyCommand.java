package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.io.AtomicFiles;
import org.scibert.io.Json;
import org.scibert.io.OutputFile;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.release.LocalRelease;
import org.scibert.training.cli.RecordClassifier.Classified;
import org.scibert.training.records.AnnotatedWriter;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.RowFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "classify",
        sortOptions = false,
        description = "Classifies the texts of a file with a released version. Writes JSON lines of answers, or the file"
                + " again with the answers in it.")
final class ClassifyCommand implements Callable<Integer> {
    /** What each record gets where the file is written again. */
    private static final List<String> NAMES = List.of(
            "SciBERT_label", "SciBERT_probability", "SciBERT_rank", "SciBERT_version", "SciBERT_error");

    /** What is written. */
    enum Form {
        /** A JSON object with id and probabilities for each record. */
        ANSWERS,
        /** The input's own form, with values added to each record. */
        INPUT
    }

    /** The order of the records that are written. */
    enum Order {
        FILE,
        /** The most probable positive first; records without a text last. */
        RANK
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions.WithPrecision release;

    @Option(
            names = "--data",
            required = true,
            defaultValue = "${env:DATA}",
            paramLabel = "FILE",
            description = "Records of any format that fine-tune reads; labels are not needed. [DATA]")
    private Path data;

    @Option(
            names = "--output",
            required = true,
            defaultValue = "${env:OUTPUT}",
            paramLabel = "FILE",
            description = "Written under another name and moved here when complete; an existing file is replaced."
                    + " [OUTPUT]")
    private Path output;

    @Option(
            names = "--format",
            defaultValue = "${env:OUTPUT_FORMAT}",
            description = "answers: JSON lines with id, label and probabilities. input: the input file, in which each"
                    + " record has the answer as columns, keys or notes that begin with SciBERT_, and all else is as it"
                    + " was; its records are held in memory. Default: input where both files have the same ending and"
                    + " it is not of JSON. [OUTPUT_FORMAT]")
    private Form format;

    @Option(
            names = "--order",
            defaultValue = "${env:OUTPUT_ORDER:-file}",
            description = "file: the input's order. rank: the most probable positive first, for a binary model and"
                    + " --format input. Default ${DEFAULT-VALUE}. [OUTPUT_ORDER]")
    private Order order;

    @Mixin
    private ReadingOptions reading;

    /** How many records were answered for, and how many of them have no text. */
    private static final class Counts {
        private int rows;
        private int withoutText;

        void add(Classified classified) {
            rows++;
            withoutText += classified.found().isEmpty() ? 1 : 0;
        }
    }

    @Override
    public Integer call() throws Exception {
        Form form = format != null ? format : form();
        if (order == Order.RANK && form == Form.ANSWERS) {
            throw new UsageException("--order rank writes the input file again: give --format input too");
        }
        OutputFile.requireWritable("--output", output);
        Counts counts = new Counts();
        try (RowFile file = RowFile.ofTexts(data, reading.options())) {
            spec.commandLine().getErr().printf(Locale.ROOT, "%s: %s%n", data, file.title());
            LocalRelease local = release.open();
            AtomicFiles.replace(output, part -> {
                try (Classifier classifier = release.classifier(local)) {
                    RecordClassifier records = new RecordClassifier(file, classifier);
                    if (form == Form.ANSWERS) {
                        writeAnswers(part, records, classifier.config().network().task(), counts);
                    } else {
                        writeInput(part, file, records, classifier.config().rule(), local, counts);
                    }
                    if (counts.rows == 0) {
                        throw new DataException(data, "there are no rows in it");
                    }
                }
            });
            spec.commandLine().getOut().println(JsonLine.of(local.manifest())
                    .put("rows", counts.rows)
                    .put("withoutText", counts.withoutText)
                    .put("output", output.toString()));
            return 0;
        }
    }

    private Form form() {
        String ending = ending(output);
        boolean same = !ending.isEmpty() && ending.equals(ending(data));
        return same && !ending.startsWith("json") && !ending.equals("xlsx") ? Form.INPUT : Form.ANSWERS;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void progress(int rows) {
        spec.commandLine().getErr().printf(Locale.ROOT, "%s rows%n", rows);
    }

    private void writeAnswers(Path part, RecordClassifier records, Task task, Counts counts) throws IOException {
        try (BufferedWriter lines = new BufferedWriter(
                new OutputStreamWriter(AtomicFiles.output(part, output), StandardCharsets.UTF_8))) {
            records.run(
                    classified -> {
                        counts.add(classified);
                        lines.write(answer(classified, task == Task.MULTI_LABEL).toString());
                        lines.write('\n');
                    },
                    this::progress);
        }
    }

    private static ObjectNode answer(Classified classified, boolean manyLabels) {
        ObjectNode line = JsonLine.empty().put("id", classified.id());
        if (classified.found().isEmpty()) {
            return line.put("error", "no text");
        }
        Classification found = classified.found().get();
        line.set("logits", Json.MAPPER.valueToTree(found.logits()));
        line.set("probabilities", Json.MAPPER.valueToTree(found.decision().probabilities()));
        if (manyLabels) {
            line.set("labels", Json.MAPPER.valueToTree(found.decision().chosen()));
        } else {
            line.put("label", found.decision().chosen().get(0));
        }
        found.decision().verdict().ifPresent(verdict -> line.put("decision", verdict.title()));
        return line.put("truncated", found.truncated());
    }

    private void writeInput(
            Path part, RowFile file, RecordClassifier records, DecisionRule rule, LocalRelease local, Counts counts)
            throws IOException {
        if (order == Order.RANK && rule.task() != Task.BINARY) {
            throw new UsageException("--order rank needs a binary model, this one is " + rule.task().title());
        }
        List<Classified> all = new ArrayList<>();
        records.run(
                classified -> {
                    counts.add(classified);
                    all.add(classified);
                },
                this::progress);
        List<Integer> ranked = IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparing(i -> -probability(all.get(i), rule).orElse(-1.)))
                .toList();
        int[] ranks = new int[all.size()];
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[ranked.get(rank)] = rank + 1;
        }
        try (AnnotatedWriter writer = new AnnotatedWriter(
                AtomicFiles.output(part, output), file.file(), file.reader(), NAMES)) {
            for (int i = 0; i < ranks.length; i++) {
                int at = order == Order.RANK ? ranked.get(i) : i;
                writer.write(all.get(at).record(), values(
                        all.get(at), rule, ranks[at], local.manifest().version().toString()));
            }
            writer.end(file.reader().rest());
        }
    }

    private static List<String> values(Classified classified, DecisionRule rule, int rank, String version) {
        if (classified.found().isEmpty()) {
            return List.of("", "", "", version, "no text");
        }
        return List.of(
                String.join(";", classified.found().get().decision().chosen()),
                probability(classified, rule).map(found -> Text.format("%.6f", found)).orElse(""),
                rule.task() == Task.BINARY ? Integer.toString(rank) : "",
                version,
                "");
    }

    /** The probability of the positive label, or of the class that was predicted; none for several labels. */
    private static Optional<Double> probability(Classified classified, DecisionRule rule) {
        return classified.found().map(found -> switch (rule.task()) {
            case BINARY -> found.decision().probabilities().get(rule.labels().get(1));
            case MULTI_CLASS -> found.decision().probabilities().get(found.decision().chosen().get(0));
            case MULTI_LABEL -> null;
        });
    }
}
