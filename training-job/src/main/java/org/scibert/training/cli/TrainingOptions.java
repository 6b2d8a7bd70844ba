package org.scibert.training.cli;

import java.util.List;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.network.Pooling;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.job.ComputeDevice;
import org.scibert.training.job.JobConfig;
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
            defaultValue = "${env:POOLING:-cls}",
            paramLabel = "cls|mean",
            description = "The vector that the head reads: [CLS]'s, as BERT is fine-tuned, or the mean of the tokens', as"
                    + " sentence encoders were trained. Default ${DEFAULT-VALUE}. [POOLING]")
    private Pooling pooling;

    @Option(
            names = "--head-init",
            defaultValue = "${env:HEAD_INIT:-random}",
            paramLabel = "random|regression",
            description = "What the head begins with: random weights, or those of a logistic regression on the encoder's"
                    + " vectors, so that the encoder is not first moved by a head that knows nothing. Default"
                    + " ${DEFAULT-VALUE}. [HEAD_INIT]")
    private String headInit;

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "${env:SEEDS}",
            paramLabel = "N",
            description = "Trains once with each of these seeds, such as 42,43,44, in place of --seed: the scores' mean"
                    + " and deviation tell how much is luck, and the best on dev is released. [SEEDS]")
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
            description = "auto, cpu or gpu; auto takes a GPU where libtorch sees one. Default ${DEFAULT-VALUE}. [DEVICE]")
    private ComputeDevice.Choice device;

    /** @throws UsageException if a value is out of its range */
    JobConfig.Training config() {
        if (!headInit.equals("random") && !headInit.equals("regression")) {
            throw new UsageException(Text.format("--head-init must be random or regression, is \"%s\"", headInit));
        }
        FineTuningConfig fineTuning = hyperparameters.config(encoder.maxTokens, device);
        return new JobConfig.Training(
                encoder.spec,
                device,
                fineTuning,
                hyperparameters.computeChosen(),
                new JobConfig.Head(pooling, headInit.equals("regression")),
                seeds == null || seeds.isEmpty() ? List.of(fineTuning.seed()) : seeds,
                checkpointSteps);
    }
}
