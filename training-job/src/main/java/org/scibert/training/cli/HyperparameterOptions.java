package org.scibert.training.cli;

import ai.djl.Device;
import java.util.List;
import java.util.Locale;
import org.scibert.io.UsageException;
import org.scibert.network.Compute;
import org.scibert.network.OptimizerConfig;
import org.scibert.runtime.Processor;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.LearningRateSchedule;
import org.scibert.training.job.ComputeDevice;
import picocli.CommandLine.Option;

/** The hyperparameters of a training run. */
final class HyperparameterOptions {
    @Option(
            names = "--epochs",
            split = ",",
            paramLabel = "N",
            defaultValue = "${env:EPOCHS:-4}",
            description = "Passes over the training rows; the best one by dev is kept, so a few too many cost only"
                    + " time. Default ${DEFAULT-VALUE}. [EPOCHS]")
    List<Integer> epochs;

    @Option(
            names = "--batch-size",
            defaultValue = "${env:BATCH_SIZE:-16}",
            description = "Rows at once. More need more memory and make fewer steps; when memory runs out they are"
                    + " halved and the step stays the same. Default ${DEFAULT-VALUE}. [BATCH_SIZE]")
    private int batchSize;

    @Option(
            names = "--accumulate",
            defaultValue = "${env:ACCUMULATE:-1}",
            paramLabel = "N",
            description = "Batches a step: 8 rows at once and 4 batches learn as 32 rows do, in the memory of 8."
                    + " Default ${DEFAULT-VALUE}. [ACCUMULATE]")
    private int accumulate;

    @Option(
            names = "--learning-rate",
            split = ",",
            paramLabel = "RATE",
            defaultValue = "${env:LEARNING_RATE:-5e-5}",
            description = "At the end of the warm-up. Above 5e-5 a BERT-base may collapse to one label; small encoders"
                    + " bear more. Default ${DEFAULT-VALUE}. [LEARNING_RATE]")
    List<Double> learningRate;

    @Option(
            names = "--schedule",
            defaultValue = "${env:SCHEDULE:-linear}",
            paramLabel = "linear|slanted-triangular",
            description = "How the rate goes: linear from and to 0, or from and to a 32nd of the peak. Default"
                    + " ${DEFAULT-VALUE}. [SCHEDULE]")
    private LearningRateSchedule.Shape schedule;

    @Option(
            names = "--warm-up",
            defaultValue = "${env:WARM_UP:-0.1}",
            description = "Share of the steps in which the rate rises. Default ${DEFAULT-VALUE}. [WARM_UP]")
    private double warmUp;

    @Option(
            names = "--patience",
            defaultValue = "${env:PATIENCE:-0}",
            paramLabel = "N",
            description = "Ends a run after so many epochs in a row that were no better on dev; 0 never does. The rate"
                    + " is planned for all epochs in either case. Default ${DEFAULT-VALUE}. [PATIENCE]")
    private int patience;

    @Option(
            names = "--dropout",
            defaultValue = "${env:DROPOUT:-0.3}",
            description = "Probability on the [CLS] vector in training. Default ${DEFAULT-VALUE}. [DROPOUT]")
    private double dropout;

    @Option(
            names = "--weight-decay",
            defaultValue = "${env:WEIGHT_DECAY:-0.01}",
            description = "AdamW's, of all weights but biases and LayerNorm. Default ${DEFAULT-VALUE}. [WEIGHT_DECAY]")
    private double weightDecay;

    @Option(
            names = "--max-gradient-norm",
            defaultValue = "${env:MAX_GRADIENT_NORM:-1.0}",
            description = "Gradients above this common norm are scaled down to it. Default ${DEFAULT-VALUE}."
                    + " [MAX_GRADIENT_NORM]")
    private double maxGradientNorm;

    @Option(
            names = "--layer-decay",
            defaultValue = "${env:LAYER_DECAY:-1}",
            description = "A layer's learning rate is multiplied by this once for each layer up to the head: 0.9"
                    + " lets the lower layers keep more of what pretraining gave them, 1 treats all alike."
                    + " Default ${DEFAULT-VALUE}. [LAYER_DECAY]")
    private double layerDecay;

    @Option(
            names = "--freeze-encoder",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:FREEZE_ENCODER:-false}",
            paramLabel = "true|false",
            description = "Only the head learns: steps take less time, as the encoder's gradients are not computed, and"
                    + " scores are usually lower. It wants a learning rate near 1e-3. Default ${DEFAULT-VALUE}."
                    + " [FREEZE_ENCODER]")
    private boolean freezeEncoder;

    @Option(
            names = "--label-smoothing",
            defaultValue = "${env:LABEL_SMOOTHING:-0}",
            description = "Share of each target that is spread evenly over the labels, so that the network grows less"
                    + " sure; helps where labels are noisy. Default ${DEFAULT-VALUE}. [LABEL_SMOOTHING]")
    private double labelSmoothing;

    /** The values of --compute. */
    private enum ComputeOption {
        AUTO,
        FP32,
        ONEDNN,
        TF32,
        BF16
    }

    @Option(
            names = "--compute",
            defaultValue = "${env:COMPUTE:-auto}",
            description = "auto, fp32, onednn, tf32 or bf16: the numbers of the training steps; weights and updates are"
                    + " fp32 always. auto takes bf16 where the processor or GPU multiplies it by instructions of its"
                    + " own, which takes about half the time; else fp32, or on a CPU the faster of fp32 and onednn"
                    + " (fp32 by oneDNN in place of MKL), which it times first. The release records which, and a job"
                    + " that goes on from a checkpoint keeps it. tf32 is for GPUs and needs"
                    + " TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1. Default ${DEFAULT-VALUE}. [COMPUTE]")
    private ComputeOption compute;

    @Option(
            names = "--seed",
            defaultValue = "${env:SEED:-42}",
            description = "Of the head's first weights, the rows' order and dropout: the same seed on the same machine"
                    + " gives the same bytes. Default ${DEFAULT-VALUE}. [SEED]")
    private int seed;

    /**
     * The configuration with the first of the values that are listed.
     *
     * @throws UsageException if a value is out of its range
     */
    FineTuningConfig config(int maxTokens, ComputeDevice.Choice device) {
        return new FineTuningConfig(
                epochs.get(0),
                batchSize,
                accumulate,
                learningRate.get(0),
                schedule,
                warmUp,
                patience,
                maxTokens,
                dropout,
                new OptimizerConfig(
                        weightDecay, maxGradientNorm, layerDecay, freezeEncoder, labelSmoothing, compute(device)),
                seed);
    }

    /** Whether the number format is the program's choice. */
    boolean computeChosen() {
        return compute == ComputeOption.AUTO;
    }

    private Compute compute(ComputeDevice.Choice device) {
        if (compute != ComputeOption.AUTO) {
            return Compute.valueOf(compute.name());
        }
        Device resolved = device.resolve().device();
        Processor processor = Processor.current();
        Compute fastest = Compute.fastest(resolved, processor);
        System.err.printf(Locale.ROOT, "training steps in %s, chosen for %s%n",
                fastest.name().toLowerCase(Locale.ROOT), resolved.isGpu() ? "the GPU" : processor);
        return fastest;
    }
}
