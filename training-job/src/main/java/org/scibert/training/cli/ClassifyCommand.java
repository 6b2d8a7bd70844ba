package org.scibert.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.classifier.Classifier;
import org.scibert.decision.Task;
import org.scibert.io.AtomicFiles;
import org.scibert.io.OutputFile;
import org.scibert.io.TemporaryFolder;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.release.LocalRelease;
import org.scibert.training.cli.RecordClassifier.Classified;
import org.scibert.training.records.DataException;
import org.scibert.training.records.Format;
import org.scibert.training.records.Target;
import org.scibert.training.rows.RowFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "classify",
        sortOptions = false,
        description = "Classifies the texts of a file with a released version. Writes JSON lines of answers, or the"
                + " file again with the answers in it, in its own form or in another.")
final class ClassifyCommand implements Callable<Integer> {
    /** What is written. */
    enum Form {
        /** A JSON object with id and probabilities for each record. */
        ANSWERS,
        /** The input's own form, with values added to each record. */
        INPUT,
        RIS,
        CSV,
        TSV,
        JSONL,
        XLSX;

        /** The form that records are converted to; empty for the first two. */
        Optional<Target> target() {
            return this == ANSWERS || this == INPUT ? Optional.empty() : Optional.of(Target.valueOf(name()));
        }
    }

    /** The order of the records that are written. */
    enum Order {
        FILE,
        /** The most probable positive first; records without an answer last. */
        RANK
    }

    /** Which notes references get. */
    enum Notes {
        SCIBERT,
        /** Those of ASReview besides. */
        ASREVIEW
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
                    + " was. ris, csv, tsv, jsonl, xlsx: the same converted, from any format that is read; what the"
                    + " form can't hold is said. Default: by the output's ending: input where it is the input's or"
                    + " stands for its format, the named form for .ris, .csv, .tsv and .xlsx, else answers."
                    + " [OUTPUT_FORMAT]")
    private Form format;

    @Option(
            names = "--order",
            defaultValue = "${env:OUTPUT_ORDER:-file}",
            description = "file: the input's order. rank: the most probable positive first, for a binary model and"
                    + " any format but answers. Default ${DEFAULT-VALUE}. [OUTPUT_ORDER]")
    private Order order;

    @Option(
            names = "--notes",
            defaultValue = "${env:OUTPUT_NOTES:-scibert}",
            description = "scibert: notes of references begin with SciBERT_. asreview: they also get ASReview_relevant,"
                    + " ASReview_irrelevant or, where the model asks a person or there is no answer, ASReview_not_seen,"
                    + " which ASReview takes for a person's decisions; for RIS and a binary model. Default"
                    + " ${DEFAULT-VALUE}. [OUTPUT_NOTES]")
    private Notes notes;

    @Option(
            names = "--on-too-long",
            defaultValue = "${env:ON_TOO_LONG}",
            description = "cut: the end of a text with more tokens than the model reads is not read. window: it is"
                    + " read in windows that overlap, and their answers are joined, as the function does. Default:"
                    + " what the release was trained with. [ON_TOO_LONG]")
    private OnTooLong onTooLong;

    @Option(
            names = "--strict",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:STRICT:-false}",
            paramLabel = "true|false",
            description = "A record without a text, or one that can't be read, ends the command with status 2; without"
                    + " it, the record gets an error in place of an answer. [STRICT]")
    private boolean strict;

    @Mixin
    private ReadingOptions reading;

    /** How many records were written, and what became of those without an answer. */
    private static final class Counts {
        private int rows;
        private int withoutText;
        private int unreadable;
        private String firstError = "";

        void add(Classified classified) {
            rows++;
            if (classified.found().isEmpty()) {
                boolean noText = classified.error().equals(RecordClassifier.NO_TEXT);
                withoutText += noText ? 1 : 0;
                unreadable += noText ? 0 : 1;
                if (firstError.isEmpty()) {
                    firstError = Text.format("line %s: %s", classified.record().line(), classified.error());
                }
            }
        }
    }

    @Override
    public Integer call() throws Exception {
        OutputFile.requireWritable("--output", output);
        if (order == Order.RANK && format == Form.ANSWERS) {
            throw new UsageException("--order rank writes the records again, and --format answers does not: leave one"
                    + " of them out");
        }
        Counts counts = new Counts();
        try (RowFile file = RowFile.ofTexts(data, reading.options())) {
            if (file.isEmpty()) {
                throw new DataException(data, "there are no rows in it; export the records again");
            }
            say("%s: %s", data, file.title());
            file.file().notices().forEach(notice -> say("%s: %s", data, notice));
            Form form = form(file);
            LocalRelease local = release.open();
            AtomicFiles.replace(output, part -> {
                try (Classifier classifier = release.classifier(local)) {
                    RecordClassifier records =
                            new RecordClassifier(file, classifier, inWindows(classifier), strict);
                    if (form == Form.ANSWERS) {
                        writeAnswers(part, records, classifier, counts);
                    } else {
                        writeRecords(part, file, form, records, classifier, local, counts);
                    }
                }
            });
            if (!counts.firstError.isEmpty()) {
                say("%s without an answer, the first in %s",
                        Text.count(counts.withoutText + counts.unreadable, "record"), counts.firstError);
            }
            spec.commandLine().getOut().println(JsonLine.of(local.manifest())
                    .put("rows", counts.rows)
                    .put("withoutText", counts.withoutText)
                    .put("unreadable", counts.unreadable)
                    .put("output", output.toString()));
            return 0;
        }
    }

    /** The form to write, checked against the other options before the release is opened. */
    private Form form(RowFile file) {
        Form form = format != null ? format : byEnding(file);
        if (order == Order.RANK && form == Form.ANSWERS) {
            throw new UsageException("--order rank writes the records again: give --format input, or another form");
        }
        boolean ris = form == Form.RIS || form == Form.INPUT && file.file().format() == Format.RIS;
        if (notes == Notes.ASREVIEW && !ris) {
            throw new UsageException(
                    "--notes asreview is for RIS: give --format ris, or --format input for a file of RIS");
        }
        return form;
    }

    private Form byEnding(RowFile file) {
        String ending = ending(output);
        boolean json = ending.startsWith("json");
        if (!ending.isEmpty() && ending.equals(ending(data)) && !json) {
            return Form.INPUT;
        }
        for (Target target : Target.values()) {
            if (!json && ending.equals(target.name().toLowerCase(Locale.ROOT))) {
                return target.is(file.file()) ? Form.INPUT : Form.valueOf(target.name());
            }
        }
        return Form.ANSWERS;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void say(String pattern, Object... values) {
        spec.commandLine().getErr().println(Text.format(pattern, values));
    }

    private void progress(int rows) {
        say("%s rows", rows);
    }

    private boolean inWindows(Classifier classifier) {
        return onTooLong == null ? classifier.config().inWindows() : onTooLong == OnTooLong.WINDOW;
    }

    private void writeAnswers(Path part, RecordClassifier records, Classifier classifier, Counts counts)
            throws IOException {
        Task task = classifier.config().network().task();
        try (AnswerLines lines = new AnswerLines(AtomicFiles.output(part, output), task, inWindows(classifier))) {
            records.run(
                    classified -> {
                        counts.add(classified);
                        lines.write(classified);
                    },
                    this::progress);
        }
    }

    private void writeRecords(
            Path part, RowFile file, Form form, RecordClassifier records, Classifier classifier, LocalRelease local,
            Counts counts)
            throws IOException {
        Task task = classifier.config().network().task();
        if (task != Task.BINARY && (order == Order.RANK || notes == Notes.ASREVIEW)) {
            throw new UsageException(Text.format("%s needs a binary model, this one is %s",
                    order == Order.RANK ? "--order rank" : "--notes asreview", task.title()));
        }
        OutputForm out =
                new OutputForm(file, form.target().filter(target -> !target.is(file.file())), order == Order.RANK);
        try (TemporaryFolder folder =
                        TemporaryFolder.createIn(output.toAbsolutePath().getParent(), ".classify-");
                ClassifiedRecords all = new ClassifiedRecords(
                        folder.path().resolve("records"), output, classifier.config().rule(),
                        local.manifest().version().toString(), notes == Notes.ASREVIEW, out.needsFields())) {
            records.run(
                    classified -> {
                        counts.add(classified);
                        all.add(classified);
                    },
                    this::progress);
            List<String> notices = new ArrayList<>(out.write(AtomicFiles.output(part, output), all));
            if (all.asreviewKept() > 0) {
                notices.add(Text.format(all.asreviewKept() == 1
                                ? "%s with a note of ASReview keeps it"
                                : "%s with a note of ASReview keep it",
                        Text.count(all.asreviewKept(), "record")));
            }
            notices.forEach(notice -> say("%s: %s", output, notice));
        }
    }
}
