package org.scibert.training.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.decision.Task;
import org.scibert.text.Tokenizer;
import org.scibert.training.datacheck.DataCheck;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.datacheck.TokenTable;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.job.DataFiles;
import org.scibert.training.rows.RowReader;
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
    private SplitOptions splits;

    @Option(
            names = "--encoder",
            defaultValue = "${env:ENCODER:-embedded}",
            paramLabel = "SPEC",
            description = "Whose tokens are counted; as for fine-tune. Default ${DEFAULT-VALUE}. [ENCODER]")
    private String encoder;

    @Option(
            names = "--max-tokens",
            defaultValue = "${env:MAX_TOKENS:-256}",
            description = "Tokens of a text that would be read; the report says what that cuts. Default"
                    + " ${DEFAULT-VALUE}. [MAX_TOKENS]")
    private int maxTokens;

    @Option(
            names = "--task",
            defaultValue = "${env:TASK}",
            converter = TaskConverter.class,
            description = "binary, multi-class or multi-label. Default: by the training rows' labels. [TASK]")
    private Task task;

    @Option(
            names = "--positive-label",
            defaultValue = "${env:POSITIVE_LABEL}",
            paramLabel = "LABEL",
            description = "The label that is looked for, of two. Default: as for fine-tune. [POSITIVE_LABEL]")
    private String positiveLabel;

    @Mixin
    private DataCheckOptions check;

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
        DataPolicy policy = check.policy();
        Splits<Rows> rows = read();
        DataCheck checked =
                DataCheck.of(rows, policy.dropLeaks(), Optional.ofNullable(task), Optional.ofNullable(positiveLabel));
        DataReport found = checked.report().with(tokens(checked.rows()));
        DataReportPrinter printer = showTexts ? DataReportPrinter.withTexts(rows) : DataReportPrinter.withoutTexts();
        PrintWriter out = spec.commandLine().getOut();
        out.print(printer.print(found));
        out.flush(); // a strict check may end here
        if (report != null) {
            Files.writeString(report, found.json());
        }
        if (policy.strict()) {
            checked.refuseErrors();
        }
        out.println(summary(found));
        return 0;
    }

    private Splits<Rows> read() throws IOException {
        try (DataFiles files = new DataFiles(System.getenv())) {
            return RowReader.read(splits.local(files), Integer.MAX_VALUE);
        }
    }

    private TokenTable tokens(Splits<Rows> rows) throws IOException {
        EncoderOptions encoders = EncoderOptions.ofEnvironment(System.getenv(), new DownloadProgress());
        Encoder opened = Encoder.open(encoder, encoders);
        try (Tokenizer tokenizer = Tokenizer.load(
                opened.tokenizerFolder(), opened.config().vocabSize(), opened.config().padTokenId())) {
            // The shortest encodings: only the whole text's count matters.
            return TokenTable.of(
                    rows.map(split -> tokenizer.encode(split.texts(), Tokenizer.MIN_TOKENS)), encoder, maxTokens);
        }
    }

    /** {@code {"errors":…,"warnings":…,"notes":…,"droppedRows":…,"rows":{"train":…}}}. */
    private static String summary(DataReport report) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        for (Severity severity : Severity.values()) {
            json.put(severity.title() + "s", report.count(severity));
        }
        json.put("droppedRows", report.droppedRows());
        ObjectNode rows = json.putObject("rows");
        report.splits().forEach(split -> rows.put(split.split().title(), split.rows()));
        return json.toString();
    }
}
