package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.scibert.classifier.Classifier;
import org.scibert.explain.Explanation.Method;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.release.LocalRelease;
import org.scibert.runtime.Processor;
import org.scibert.training.bench.ExplanationBench.Found;
import org.scibert.training.bench.ExplanationBench.Measured;
import org.scibert.training.bench.ExplanationBench;
import org.scibert.training.evaluation.MeanDifference;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench-explanations",
        sortOptions = false,
        description = "Measures the methods of explaining on a released version: whether a planted word comes first,"
                + " whether the right one of two joined texts weighs more, comprehensiveness and sufficiency against"
                + " random order, and the time beside plain classification. Publishes nothing.")
final class BenchExplanationsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions.WithPrecision release;

    @Option(
            names = "--data",
            required = true,
            defaultValue = "${env:DATA}",
            paramLabel = "FILE",
            description = "Labelled rows that the model did not learn from, one label each. [DATA]")
    private Path data;

    @Option(
            names = "--rows",
            defaultValue = "${env:BENCH_ROWS:-200}",
            paramLabel = "N",
            description = "Most texts for each figure. Default ${DEFAULT-VALUE}. [BENCH_ROWS]")
    private int rows;

    @Option(
            names = "--methods",
            split = ",",
            defaultValue = "${env:BENCH_METHODS:-leave-one-out,occlusion,integrated-gradients}",
            paramLabel = "METHOD",
            description = "Measured one after the other. Default ${DEFAULT-VALUE}. [BENCH_METHODS]")
    private List<String> methods;

    @Mixin
    private ReadingOptions reading;

    @Override
    public Integer call() throws Exception {
        if (rows < 1 || rows > 10_000) {
            throw new UsageException(Text.format("--rows must be 1 to 10000, is %d", rows));
        }
        List<Method> chosen = methods.stream().map(BenchExplanationsCommand::method).toList();
        Rows labelled = new RowReader(reading.options(), false, Integer.MAX_VALUE).read(data);
        LocalRelease local = release.open();
        try (Classifier classifier = release.classifier(local)) {
            print("%s, %s %s in %s%n", Processor.current(), local.manifest().name(), local.manifest().version(),
                    classifier.precision().title());
            Map<Method, Measured> measured = new ExplanationBench(classifier, labelled)
                    .run(rows, chosen, spec.commandLine().getErr()::println);
            ObjectNode line = JsonLine.of(local.manifest())
                    .put("processor", Processor.current().toString())
                    .put("precision", classifier.precision().title());
            measured.forEach((method, found) -> {
                print(method, found);
                line.putPOJO(method.title(), found);
            });
            spec.commandLine().getOut().println(line);
        }
        return 0;
    }

    private static Method method(String title) {
        return Method.ofTitle(title.strip()).orElseThrow(() -> new UsageException(Text.format(
                "--methods must be of %s, has \"%s\"", Method.titles(), title)));
    }

    private void print(Method method, Measured found) {
        print("%s%n", method.title());
        print("  planted word first        %s%n", share(found.plantedFirst()));
        print("  right text of two         %s%n", share(found.rightText()));
        print("  comprehensiveness         %.3f, random order %.3f, %s%n",
                found.faithfulness().comprehensiveness().aopc(), found.faithfulness().comprehensiveness().random(),
                difference(found.faithfulness().comprehensiveness().difference()));
        print("  sufficiency               %.3f, random order %.3f, %s%n",
                found.faithfulness().sufficiency().aopc(), found.faithfulness().sufficiency().random(),
                difference(found.faithfulness().sufficiency().difference()));
        print("  one text                  %.1f ms, classified in %.1f ms%n", found.millis(), found.classifyMillis());
    }

    private static String share(Found found) {
        return Text.format(
                "%d of %d: %.1f %%, 95 %% from %.1f to %.1f", found.found(), found.texts(), 100 * found.share(),
                100 * found.interval().low(), 100 * found.interval().high());
    }

    private static String difference(MeanDifference difference) {
        return Text.format("difference %+.3f, 95 %% from %+.3f to %+.3f",
                difference.mean(), difference.interval().low(), difference.interval().high());
    }

    private void print(String format, Object... values) {
        spec.commandLine().getOut().printf(Locale.ROOT, format, values);
    }
}
