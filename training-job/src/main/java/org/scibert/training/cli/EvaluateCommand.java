package org.scibert.training.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.scibert.classifier.Classifier;
import org.scibert.release.LocalRelease;
import org.scibert.training.assessment.ReleaseEvaluation;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        sortOptions = false,
        description = "Measures a released version on labelled rows.")
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions.WithPrecision release;

    @Option(
            names = "--data",
            required = true,
            defaultValue = "${env:DATA}",
            paramLabel = "FILE",
            description = "Labelled rows, as for fine-tune. [DATA]")
    private Path data;

    @Mixin
    private ReadingOptions reading;

    @Override
    public Integer call() throws Exception {
        Rows rows = new RowReader(reading.options(), false, Integer.MAX_VALUE).read(data);
        rows.readings().stream().flatMap(read -> read.lines().stream()).forEach(spec.commandLine().getErr()::println);
        LocalRelease local = release.open();
        try (Classifier classifier = release.classifier(local)) {
            spec.commandLine().getErr().printf(Locale.ROOT, "measured in %s%n", classifier.precision().title());
            Metrics metrics = ReleaseEvaluation.metrics(rows, classifier);
            spec.commandLine().getOut().println(
                    JsonLine.with(JsonLine.of(local.manifest()), Map.of("data", metrics)));
        }
        return 0;
    }
}
