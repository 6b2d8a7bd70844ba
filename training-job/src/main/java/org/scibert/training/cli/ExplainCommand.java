package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.classifier.Classifier;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explainer;
import org.scibert.explain.Explanation.Method;
import org.scibert.explain.Explanation;
import org.scibert.io.AtomicFiles;
import org.scibert.io.Json;
import org.scibert.io.OutputFile;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.release.LocalRelease;
import org.scibert.text.TokenizedText;
import org.scibert.training.records.BadRecordException;
import org.scibert.training.records.DataException;
import org.scibert.training.records.SourceRecord;
import org.scibert.training.rows.RowFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        sortOptions = false,
        description = "Says what the words and sentences of texts contribute to a label of a released version: for"
                + " --text the answer of the function's POST /explain, byte for byte; for --data a line of JSON for"
                + " each record, its id before the function's result.")
final class ExplainCommand implements Callable<Integer> {
    private static final int PROGRESS = 50;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions.WithPrecision release;

    @Option(
            names = "--text",
            defaultValue = "${env:EXPLAIN_TEXT}",
            paramLabel = "TEXT",
            description = "One text to explain; the answer is the last line of standard output. [EXPLAIN_TEXT]")
    private String text;

    @Option(
            names = "--data",
            defaultValue = "${env:DATA}",
            paramLabel = "FILE",
            description =
                    "Records of any format that fine-tune reads, in place of --text; labels are not needed. [DATA]")
    private Path data;

    @Option(
            names = "--output",
            defaultValue = "${env:OUTPUT}",
            paramLabel = "FILE",
            description = "Where the lines for --data go; written under another name and moved here when complete."
                    + " [OUTPUT]")
    private Path output;

    @Option(
            names = "--label",
            defaultValue = "${env:EXPLAIN_LABEL}",
            paramLabel = "LABEL",
            description = "The label whose logit is explained, as the model shows it. Default: the one that each text"
                    + " is given. [EXPLAIN_LABEL]")
    private String label;

    @Option(
            names = "--method",
            defaultValue = "${env:EXPLAIN_METHOD}",
            paramLabel = "METHOD",
            description = "leave-one-out, how far the logit falls when a part is taken out; occlusion, when [MASK]"
                    + " stands for it; or integrated-gradients on the word embeddings, from [PAD]. Default: the"
                    + " function's, leave-one-out. [EXPLAIN_METHOD]")
    private String method;

    @Option(
            names = "--neighbours",
            defaultValue = "${env:EXPLAIN_NEIGHBOURS:-0}",
            paramLabel = "K",
            description = "Names the K most similar labelled rows, if the release holds them. Default ${DEFAULT-VALUE}."
                    + " [EXPLAIN_NEIGHBOURS]")
    private int neighbours;

    @Mixin
    private ReadingOptions reading;

    @Override
    public Integer call() throws Exception {
        Question question = question();
        if ((text == null) == (data == null) || (data == null) != (output == null)) {
            throw new UsageException("give --text with one text, or --data with a file and --output");
        }
        if (output != null) {
            OutputFile.requireWritable("--output", output);
        }
        LocalRelease local = release.open();
        try (Classifier classifier = release.classifier(local)) {
            Explainer explainer = Explainer.open(
                    local, Json.MAPPER.readTree(Files.readAllBytes(local.file("metrics.json"))), classifier);
            check(question, classifier, explainer);
            ObjectNode line = text != null
                    ? answer(local, explain(text, question, classifier, explainer).orElseThrow(() ->
                            new UsageException("--text is blank, or has nothing that the model's tokenizer keeps")))
                    : write(local, question, classifier, explainer);
            spec.commandLine().getOut().println(line);
        }
        return 0;
    }

    private Question question() {
        Method chosen = method == null
                ? Method.DEFAULT
                : Method.ofTitle(method).orElseThrow(() -> new UsageException(Text.format(
                        "--method must be one of %s, is \"%s\"",
                        Method.titles(), method)));
        if (neighbours < 0 || neighbours > Question.MOST_NEIGHBOURS) {
            throw new UsageException(
                    Text.format("--neighbours must be 0 to %d, is %d", Question.MOST_NEIGHBOURS, neighbours));
        }
        return new Question(Optional.ofNullable(label), chosen, neighbours);
    }

    private static void check(Question question, Classifier classifier, Explainer explainer) {
        if (question.label().filter(asked -> !classifier.config().rule().labels().contains(asked)).isPresent()) {
            throw new UsageException(Text.format("--label must be one of the model's labels %s, is \"%s\"",
                    classifier.config().rule().labels(), question.label().get()));
        }
        if (question.neighbours() > 0 && explainer.neighbours() == 0) {
            throw new UsageException("--neighbours needs labelled rows, and this release holds none; make one with"
                    + " fine-tune --neighbours ids");
        }
    }

    /** @return empty if the tokenizer leaves nothing of the text */
    private static Optional<Explanation> explain(
            String text, Question question, Classifier classifier, Explainer explainer) {
        TokenizedText tokens = classifier.tokenize(text);
        return tokens.encoding().isBlank()
                ? Optional.empty()
                : Optional.of(explainer.explain(text, tokens, question, () -> { }));
    }

    /** {@code {"results":[…],"model":{"name":…,"version":…}}}, as the function answers. */
    private static ObjectNode answer(LocalRelease local, Explanation explanation) {
        ObjectNode answer = JsonLine.empty();
        answer.putArray("results").addPOJO(explanation);
        answer.set("model", JsonLine.of(local.manifest()));
        return answer;
    }

    /** How many records there were, and how many of them have no explanation. */
    private static final class Counts {
        private int rows;
        private int withoutText;
        private int unreadable;
    }

    private ObjectNode write(LocalRelease local, Question question, Classifier classifier, Explainer explainer)
            throws IOException {
        Counts counts = new Counts();
        try (RowFile file = RowFile.ofTexts(data, reading.options())) {
            spec.commandLine().getErr().printf(Locale.ROOT, "%s: %s%n", data, file.title());
            AtomicFiles.replace(output, part -> {
                try (BufferedWriter lines = new BufferedWriter(
                        new OutputStreamWriter(AtomicFiles.output(part, output), StandardCharsets.UTF_8))) {
                    ObjectNode line;
                    while ((line = next(file, question, classifier, explainer, counts)) != null) {
                        lines.write(line.toString());
                        lines.write('\n');
                        if (++counts.rows % PROGRESS == 0) {
                            spec.commandLine().getErr().printf(Locale.ROOT, "%s rows%n", counts.rows);
                        }
                    }
                }
                if (counts.rows == 0) {
                    throw new DataException(data, "there are no rows in it");
                }
            });
        }
        return JsonLine.of(local.manifest())
                .put("rows", counts.rows)
                .put("withoutText", counts.withoutText)
                .put("unreadable", counts.unreadable)
                .put("output", output.toString());
    }

    /** The line of the next record, with an error where it has no text or can't be read; null after the last one. */
    private static ObjectNode next(
            RowFile file, Question question, Classifier classifier, Explainer explainer, Counts counts)
            throws IOException {
        try {
            SourceRecord record = file.next();
            if (record == null) {
                return null;
            }
            ObjectNode line = JsonLine.empty().put("id", file.id(record));
            Optional<Explanation> found =
                    file.text(record).flatMap(present -> explain(present, question, classifier, explainer));
            if (found.isPresent()) {
                return line.setAll((ObjectNode) Json.MAPPER.valueToTree(found.get()));
            }
            counts.withoutText++;
            return line.put("line", record.line()).put("error", RecordClassifier.NO_TEXT);
        } catch (BadRecordException e) {
            counts.unreadable++;
            int line = e.record().line();
            return JsonLine.empty().put("id", Integer.toString(line)).put("line", line).put("error", e.reason());
        }
    }
}
