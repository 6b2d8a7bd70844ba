package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.io.AtomicFiles;
import org.scibert.io.OutputFile;
import org.scibert.training.report.ScreeningReport;
import org.scibert.training.rows.ScreenedFile;
import org.scibert.training.screening.Screening;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "screen-report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows how far the screening of a ranked, partly labelled file is: what was found, what the rest"
                + " should bring, the work that the order saves, and a test of \"the recall is below its target\"."
                + " Advises nothing.")
final class ScreenReportCommand implements Callable<Integer> {
    /** The order in which records were screened. */
    enum Order {
        RANK,
        FILE
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            defaultValue = "${env:DATA}",
            paramLabel = "FILE",
            description = "Records with SciBERT_probability, as classify and the function's page write it, and with"
                    + " labels as far as people gave them. [DATA]")
    private Path data;

    @Option(
            names = "--recall",
            defaultValue = "${env:RECALL:-0.95}",
            paramLabel = "SHARE",
            description = "The target of the test and of the work saved, above 0 and below 1. Default ${DEFAULT-VALUE}."
                    + " [RECALL]")
    private double recall;

    @Option(
            names = "--order",
            defaultValue = "${env:SCREENING_ORDER:-rank}",
            description = "How records were screened. rank: the most probable first; in the file's order where it has"
                    + " no probabilities. file: in the file's order. Default ${DEFAULT-VALUE}. [SCREENING_ORDER]")
    private Order order;

    @Option(
            names = "--positive-label",
            defaultValue = "${env:POSITIVE_LABEL}",
            paramLabel = "LABEL",
            description = "The label that means relevant. Default: the one that says so, such as 1, true or include."
                    + " [POSITIVE_LABEL]")
    private String positiveLabel;

    @Option(
            names = "--report",
            defaultValue = "${env:REPORT}",
            paramLabel = "FILE",
            description = "Gets the numbers with pictures as one HTML file that opens without a network. [REPORT]")
    private Path report;

    @Mixin
    private ReadingOptions reading;

    @Override
    public Integer call() throws Exception {
        Screening.requireRecall(recall);
        if (report != null) {
            OutputFile.requireWritable("--report", report);
        }
        ScreenedFile file = ScreenedFile.read(data, reading.options());
        spec.commandLine().getErr().println(file.line());
        file.file().notices().forEach(notice -> spec.commandLine().getErr().println(data + ": " + notice));
        Screening screening = Screening.of(file, Optional.ofNullable(positiveLabel), order == Order.FILE);
        if (report != null) {
            AtomicFiles.write(report, ScreeningReport.html(data.getFileName().toString(), screening, recall));
        }
        PrintWriter out = spec.commandLine().getOut();
        ScreeningReport.lines(screening, recall).forEach(out::println);
        out.println(summary(screening));
        return 0;
    }

    /** {@code {"records":…,"screened":…,"found":…,"expectedRemaining":…,…}}; what is not defined is null. */
    private ObjectNode summary(Screening screening) {
        boolean known = screening.isRemainderKnown();
        double expectedRecall = screening.expectedRecall();
        ObjectNode json = JsonLine.empty()
                .put("records", screening.records())
                .put("screened", screening.screened())
                .put("found", screening.found())
                .put("withoutProbability", screening.unknown())
                .put("expectedRemaining", known ? screening.expectedRemaining() : null)
                .put("expectedRecall", known && !Double.isNaN(expectedRecall) ? expectedRecall : null)
                .put("recall", recall)
                .put("workSaved", known && screening.workSaved(recall).isPresent()
                        ? screening.workSaved(recall).getAsDouble()
                        : null)
                .put("pValue", screening.pValue(recall));
        return report == null ? json : json.put("report", report.toString());
    }
}
