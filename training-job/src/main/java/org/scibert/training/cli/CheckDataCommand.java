package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.io.AtomicFiles;
import org.scibert.io.OutputFile;
import org.scibert.io.UsageException;
import org.scibert.text.Tokenizer;
import org.scibert.training.datacheck.DataCheck;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.job.DataFiles;
import org.scibert.training.job.JobConfig;
import org.scibert.training.job.LabelNames;
import org.scibert.training.job.LabelWeights;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check-data",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Looks for leaks between splits, duplicates, contradictory labels, header rows, empty and"
                + " overlong texts and rare labels, as every fine-tune does first; trains nothing.")
final class CheckDataCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private EncoderOption encoder;

    @Option(
            names = "--report",
            defaultValue = "${env:DATA_REPORT}",
            paramLabel = "FILE",
            description = "Gets the findings as JSON, the same bytes for the same data. [DATA_REPORT]")
    private Path report;

    @Option(
            names = "--show-texts",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:SHOW_TEXTS:-false}",
            paramLabel = "true|false",
            description = "Print the beginnings of the texts that findings name; they are never in the JSON."
                    + " [SHOW_TEXTS]")
    private boolean showTexts;

    @Override
    public Integer call() throws Exception {
        if (report != null) {
            OutputFile.requireWritable("--report", report);
        }
        JobConfig.Data config = UsageException.checked(() -> data.config(Integer.MAX_VALUE));
        JobConfig.Labels labels = data.labels(LabelNames.NONE, LabelWeights.AUTO);
        DataFiles.Labelled read = DataFiles.read(
                config, Optional.empty(), Variables.ofProcess(), spec.commandLine().getErr()::println);
        Splits<Rows> rows = read.rows();
        DataCheck checked = read.check(config.policy().dropLeaks(), labels);
        DataReport found = tokenized(checked).report();
        DataReportPrinter printer = showTexts ? DataReportPrinter.withTexts(rows) : DataReportPrinter.withoutTexts();
        PrintWriter out = spec.commandLine().getOut();
        rows.bySplit().values().forEach(
                split -> split.readings().forEach(reading -> reading.lines().forEach(out::println)));
        read.split().ifPresent(split -> split.lines().forEach(out::println));
        if (found.split() != null) {
            out.println(found.split().sentence());
        }
        out.println();
        out.print(printer.print(found));
        out.flush(); // a strict check may end here
        if (report != null) {
            AtomicFiles.write(report, found.json());
        }
        if (config.policy().strict()) {
            checked.refuseErrors();
        }
        out.println(summary(found));
        return 0;
    }

    private DataCheck tokenized(DataCheck checked) throws IOException {
        try (Tokenizer tokenizer = EncoderOption.tokenizer(encoder.open())) {
            // The shortest encodings: only the whole text's count matters.
            var encodings = checked.rows().map(split -> tokenizer.encode(split.texts(), Tokenizer.MIN_TOKENS));
            return UsageException.checked(() -> checked.tokenized(encodings, encoder.spec, encoder.oneMaxTokens()));
        }
    }

    /** {@code {"errors":…,"warnings":…,"notes":…,"droppedRows":…,"rows":{"train":…}}}. */
    private static ObjectNode summary(DataReport report) {
        ObjectNode json = JsonLine.empty();
        for (Severity severity : Severity.values()) {
            json.put(severity.title() + "s", report.count(severity));
        }
        json.put("droppedRows", report.droppedRows());
        ObjectNode rows = json.putObject("rows");
        report.splits().forEach(split -> rows.put(split.split().title(), split.rows()));
        return json;
    }
}
