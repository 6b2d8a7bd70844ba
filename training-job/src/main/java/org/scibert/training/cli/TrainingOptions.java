package org.scibert.training.cli;

import java.util.List;
import java.util.stream.IntStream;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.network.Pooling;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.job.ComputeDevice;
import org.scibert.training.job.JobConfig;
import org.scibert.training.job.StudyConfig;
import org.scibert.training.study.Grid;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is trained, where, how often, and how a run survives an interruption. */
final class TrainingOptions {
    @Mixin
    private EncoderOption encoder;

    @Mixin
    private HyperparameterOptions hyperparameters;

    @Option(
            names = "--pooling",
            split = ",",
            defaultValue = "${env:POOLING:-cls}",
            paramLabel = "cls|mean",
            description = "The vector that the head reads: [CLS]'s, as BERT is fine-tuned, or the mean of the tokens',"
                    + " as sentence encoders were trained. Default ${DEFAULT-VALUE}. [POOLING]")
    private List<Pooling> pooling;

    @Option(
            names = "--head-init",
            split = ",",
            defaultValue = "${env:HEAD_INIT:-random}",
            paramLabel = "random|regression",
            description = "What the head begins with: random weights, or those of a logistic regression on the"
                    + " encoder's vectors, so that the encoder is not first moved by a head that knows nothing. Default"
                    + " ${DEFAULT-VALUE}. [HEAD_INIT]")
    private List<String> headInit;

    @Option(
            names = "--on-too-long",
            defaultValue = "${env:ON_TOO_LONG:-cut}",
            paramLabel = "cut|window",
            description = "What becomes of texts with more than --max-tokens, in training and in the release: cut, or"
                    + " read in windows that overlap by a quarter, joined by their largest logit (multi-class: by the"
                    + " mean). Takes time as the windows do. Default ${DEFAULT-VALUE}. [ON_TOO_LONG]")
    private OnTooLong onTooLong;

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "${env:SEEDS}",
            paramLabel = "N",
            description = "Trains once with each of these seeds, such as 42,43,44, in place of --seed: the scores' mean"
                    + " and deviation tell how much is luck, and the best on dev is released. A study trains its"
                    + " winner with --seed and the two numbers after it unless they are given. [SEEDS]")
    private List<Integer> seeds;

    @Option(
            names = "--checkpoint-steps",
            defaultValue = "${env:CHECKPOINT_STEPS:-" + JobConfig.Training.DEFAULT_CHECKPOINT_STEPS + "}",
            paramLabel = "N",
            description = "Keeps the run's state in the store after each N steps, three times the weights' size; the"
                    + " same job, started again, goes on from there. 0: only when it is interrupted (SIGTERM). Default"
                    + " ${DEFAULT-VALUE}. [CHECKPOINT_STEPS]")
    private int checkpointSteps;

    @Option(
            names = "--device",
            defaultValue = "${env:DEVICE:-auto}",
            description =
                    "auto, cpu or gpu; auto takes a GPU where libtorch sees one. Default ${DEFAULT-VALUE}. [DEVICE]")
    private ComputeDevice.Choice device;

    /** Whether an option lists several values. */
    boolean listsSeveral() {
        return hyperparameters.epochs.size() > 1
                || hyperparameters.learningRate.size() > 1
                || pooling.size() > 1
                || headInit.size() > 1
                || encoder.maxTokens.size() > 1;
    }

    /**
     * The configuration with the first of each option's values.
     *
     * @param study whether it is one of several, so that the best is trained with several seeds
     * @throws UsageException if a value is out of its range
     */
    JobConfig.Training config(boolean study) {
        FineTuningConfig fineTuning = hyperparameters.config(encoder.maxTokens.get(0), device);
        int seed = fineTuning.seed();
        List<Integer> own = study
                ? IntStream.range(0, StudyConfig.SEEDS).mapToObj(next -> seed + next).toList()
                : List.of(seed);
        return new JobConfig.Training(
                encoder.spec,
                device,
                fineTuning,
                hyperparameters.computeChosen(),
                new JobConfig.Head(
                        pooling.get(0), fromRegression(headInit.get(0)), onTooLong == OnTooLong.WINDOW),
                seeds == null || seeds.isEmpty() ? own : seeds,
                checkpointSteps);
    }

    /** The grid with each of the options' values. */
    Grid<JobConfig> vary(Grid<JobConfig> grid) {
        return grid
                .vary("learning-rate", hyperparameters.learningRate, TrainingOptions::title, (config, rate) ->
                        config.with(config.training().fineTuning().withLearningRate(rate)))
                .vary("epochs", hyperparameters.epochs, String::valueOf, (config, epochs) ->
                        config.with(config.training().fineTuning().withEpochs(epochs)))
                .vary("max-tokens", encoder.maxTokens, String::valueOf, (config, tokens) ->
                        config.with(config.training().fineTuning().withMaxTokens(tokens)))
                .vary("pooling", pooling, Pooling::title, (config, vector) ->
                        config.with(config.training().head().with(vector)))
                .vary("head-init", headInit, title -> title, (config, title) ->
                        config.with(config.training().head().fromRegression(fromRegression(title))));
    }

    /** {@code 2e-5} of Java's {@code 2.0E-5}. */
    private static String title(double rate) {
        return Double.toString(rate).replace(".0E", "E").replace('E', 'e');
    }

    private static boolean fromRegression(String headInit) {
        if (!headInit.equals("random") && !headInit.equals("regression")) {
            throw new UsageException(Text.format("--head-init must be random or regression, is \"%s\"", headInit));
        }
        return headInit.equals("regression");
    }
}
