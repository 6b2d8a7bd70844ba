package org.scibert.training.cli;

import ai.djl.Device;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.runtime.Processor;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;
import org.scibert.training.bench.Attainable;
import org.scibert.training.bench.Bench;
import org.scibert.training.bench.EncodingCost;
import org.scibert.training.bench.LexiconCost;
import org.scibert.training.bench.Rate;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.finetune.LengthBuckets;
import org.scibert.training.job.ComputeDevice;
import org.scibert.training.rows.RowReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures training steps against the machine's matrix rate by each kernel, padding, and the"
                + " precisions' latency;"
                + " publishes nothing.")
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private EncoderOption encoder;

    @Option(
            names = "--batch-size",
            defaultValue = "${env:BATCH_SIZE:-32}",
            description = "Rows of the training step, and of the batches whose padding is counted. Default"
                    + " ${DEFAULT-VALUE}. [BATCH_SIZE]")
    private int batchSize;

    @Option(
            names = "--tokens",
            defaultValue = "${env:BENCH_TOKENS:-64}",
            description = "Tokens of each row, none of them padding. Default ${DEFAULT-VALUE}. [BENCH_TOKENS]")
    private int tokens;

    @Option(
            names = "--rounds",
            defaultValue = "${env:BENCH_ROUNDS:-15}",
            description = "Each thing is timed once a round, and the median is told. Default ${DEFAULT-VALUE}."
                    + " [BENCH_ROUNDS]")
    private int rounds;

    @Option(
            names = "--data",
            split = ",",
            defaultValue = "${env:DATA}",
            paramLabel = "FILE",
            description = "Rows with text whose padding is counted, and on which a lexicon of their words is timed;"
                    + " several with commas between them. [DATA]")
    private List<Path> data = List.of();

    @Option(
            names = "--encode-rows",
            defaultValue = "${env:BENCH_ENCODE_ROWS:-10000}",
            description = "Rows of --tokens tokens that are tokenized once, to measure time and heap. Default"
                    + " ${DEFAULT-VALUE}. [BENCH_ENCODE_ROWS]")
    private int encodeRows;

    @Option(
            names = "--device",
            defaultValue = "${env:DEVICE:-auto}",
            description = "Of the training step: auto, cpu or gpu. Default ${DEFAULT-VALUE}. [DEVICE]")
    private ComputeDevice.Choice device;

    @Override
    public Integer call() throws Exception {
        Encoder opened = encoder.open();
        check(opened.config().maxPositions());
        // Read before minutes of timing: a file that can't be read ends the command at once.
        Map<String, List<String>> texts = texts();
        Device target = device.resolve().device();
        Bench bench = new Bench(opened, target);
        ObjectNode result = JsonLine.empty()
                .put("encoder", encoder.spec)
                .put("device", target.getDeviceType())
                .put("processor", Processor.current().toString())
                .put("batchSize", batchSize)
                .put("tokens", tokens);

        Bench.Training training = bench.training(batchSize, tokens, rounds);
        print("%s%n%s, %s, %d rows of %d tokens, median of %d rounds%n",
                Processor.current(), encoder.spec, target.getDeviceType(), batchSize, tokens, rounds);
        print("%-24s %10s %14s%n", "", "GFLOP/s", "GFLOP/CPU s");
        print(training.attainable());
        training.steps().forEach((compute, step) -> {
            String name = compute.name().toLowerCase(Locale.ROOT);
            print("%-24s %10.1f %14.1f%n", "training step, " + name, step.rate().wall(), step.rate().cpu());
            printShare("  of the best in " + name, step.share());
            printShare("  of the best of all", step.shareOfBest());
            print("a training step in %s takes %.0f ms, %.0f ms of CPU%n",
                    name, 1000 * step.timing().wallSeconds(), 1000 * step.timing().cpuSeconds());
        });
        result.putPOJO("training", training);

        EncodingCost encoding = encoding(opened);
        print("encoding %d rows of %d tokens: %.2f s, %.1f MB of heap%n",
                encoding.rows(), encoding.tokens(), encoding.seconds(), encoding.megabytes());
        result.putPOJO("encoding", encoding);

        Map<String, Double> padding = padding(opened, texts);
        padding.forEach((file, share) -> print("%.1f %% of the batches of %s is padding%n", 100 * share, file));
        result.putPOJO("padding", padding);

        Map<String, LexiconCost> lexicons = lexicons(texts);
        lexicons.forEach((file, cost) -> print(
                "a lexicon of %d terms takes %.4f ms, %.4f ms of CPU for a text of %s (%.0f words and pairs)%n",
                cost.terms(), 1000 * cost.timing().wallSeconds(), 1000 * cost.timing().cpuSeconds(), file,
                cost.words()));
        result.putPOJO("lexicons", lexicons);

        Bench.Serving serving = bench.serving(tokens, rounds);
        print("one text of %d tokens on the CPU%n", tokens);
        print(serving.attainable());
        serving.precisions().forEach((precision, s) -> {
            print("%-24s %10.1f %14.1f%n", "one text, " + precision, s.rate().wall(), s.rate().cpu());
            printShare("  of the best of all", s.share());
            print("one text in %s takes %.1f ms, %.1f ms of CPU, %.1f MB of weights%n",
                    precision, 1000 * s.latency().wallSeconds(), 1000 * s.latency().cpuSeconds(), s.megabytes());
        });
        result.putPOJO("serving", serving);
        spec.commandLine().getOut().println(result);
        return 0;
    }

    private void check(int maxPositions) {
        requireRange("--batch-size", batchSize, 1, 65_536);
        requireRange("--rounds", rounds, 1, 10_000);
        requireRange("--tokens", tokens, Tokenizer.MIN_TOKENS, maxPositions);
        requireRange("--encode-rows", encodeRows, 1, 10_000_000);
        requireRange("--max-tokens", encoder.oneMaxTokens(), Tokenizer.MIN_TOKENS, Integer.MAX_VALUE);
    }

    private static void requireRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new UsageException(Text.format("%s must be %d to %d, is %d", option, least, most, value));
        }
    }

    private EncodingCost encoding(Encoder opened) throws IOException {
        try (Tokenizer tokenizer = EncoderOption.tokenizer(opened)) {
            return EncodingCost.of(tokenizer, encodeRows, tokens);
        }
    }

    /** The texts by file. */
    private Map<String, List<String>> texts() throws IOException {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (Path file : data) {
            texts.put(file.toString(), RowReader.texts(file));
        }
        return texts;
    }

    /** The share of padding by file. */
    private Map<String, Double> padding(Encoder opened, Map<String, List<String>> texts) throws IOException {
        Map<String, Double> shares = new LinkedHashMap<>();
        try (Tokenizer tokenizer = EncoderOption.tokenizer(opened)) {
            texts.forEach((file, of) -> {
                int[] lengths =
                        tokenizer.encode(of, encoder.oneMaxTokens()).stream().mapToInt(Encoding::used).toArray();
                List<int[]> batches = LengthBuckets.shuffled(lengths, batchSize, new Random(1));
                shares.put(file, LengthBuckets.paddingShare(lengths, batches));
            });
        }
        return shares;
    }

    private Map<String, LexiconCost> lexicons(Map<String, List<String>> texts) {
        Map<String, LexiconCost> costs = new LinkedHashMap<>();
        texts.forEach((file, of) -> costs.put(file, LexiconCost.of(of, rounds)));
        return costs;
    }

    private void print(Attainable attainable) {
        attainable.products().forEach((name, rate) -> print("%-24s %10.1f %14.1f%n", name, rate.wall(), rate.cpu()));
        attainable.kernels().forEach((kernel, rate) ->
                print("%-24s %10.1f %14.1f%n", "attainable, " + kernel.title(), rate.wall(), rate.cpu()));
    }

    private void printShare(String name, Rate share) {
        print("%-24s %8.0f %% %12.0f %%%n", name, 100 * share.wall(), 100 * share.cpu());
    }

    private void print(String format, Object... values) {
        spec.commandLine().getOut().printf(Locale.ROOT, format, values);
    }
}
