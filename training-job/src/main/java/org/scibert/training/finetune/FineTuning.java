package org.scibert.training.finetune;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.scibert.network.NetworkConfig;
import org.scibert.network.TrainableNetwork;
import org.scibert.training.evaluation.Metrics;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/** Fine-tunes all layers of an encoder and a new head, and keeps the best epoch. */
public final class FineTuning {
    /** Of two epochs with the same score, the one with the lower loss knows better how sure it is. */
    private static final Comparator<Metrics> BY_SCORE_THEN_LOSS = Comparator.comparingDouble(Metrics::selectionScore)
            .thenComparing(Comparator.comparingDouble(Metrics::loss).reversed());

    private FineTuning() {}

    /**
     * Trains.
     *
     * @param encoder the encoder's weights by name
     * @param best file that the best epoch's weights are written to, as safetensors
     * @return the epochs in order; the best has the highest {@link Metrics#selectionScore()}, and of those with the
     *     same the lowest loss
     * @throws DivergedException if a loss is not finite
     */
    public static List<Epoch> run(
            FineTuningConfig config,
            NetworkConfig network,
            Map<String, Tensor> encoder,
            TrainingData data,
            Device device,
            Path best,
            TrainingListener listener)
            throws IOException {
        Random random = new Random(config.seed());
        Map<String, Tensor> initial = new LinkedHashMap<>(encoder);
        initial.putAll(HeadWeights.initial(network, random));
        int[] lengths = data.train().lengths();
        int stepsPerEpoch = (lengths.length + config.batchSize() - 1) / config.batchSize();
        LearningRateSchedule schedule = LearningRateSchedule.of(
                config.learningRate(), config.epochs() * stepsPerEpoch, config.warmUpShare());

        try (TrainableNetwork net =
                TrainableNetwork.open(network, config.optimizer(), initial, device, config.seed())) {
            List<Epoch> epochs = new ArrayList<>();
            Metrics bestDev = null;
            int step = 0;
            for (int epoch = 1; epoch <= config.epochs(); epoch++) {
                List<int[]> batches = LengthBuckets.shuffled(lengths, config.batchSize(), random);
                if (epoch == 1) {
                    listener.started(lengths.length, schedule.steps(), LengthBuckets.paddingShare(lengths, batches));
                }
                double epochLoss = 0;
                for (int[] rows : batches) {
                    double learningRate = schedule.at(step++);
                    float loss = net.backward(
                            data.train().batch(rows),
                            data.train().targets().rows(rows),
                            data.labelWeights(),
                            1);
                    float norm = net.update(learningRate);
                    if (!Float.isFinite(loss) || !Float.isFinite(norm)) {
                        throw new DivergedException(step, loss, norm, config.learningRate());
                    }
                    epochLoss += (double) loss * rows.length;
                    listener.stepped(step, rows.length, loss, learningRate);
                }
                Metrics dev = data.scores().apply(logits(net, data.dev(), config.batchSize()));
                boolean isBest = bestDev == null || BY_SCORE_THEN_LOSS.compare(dev, bestDev) > 0;
                if (isBest) {
                    bestDev = dev;
                    Safetensors.write(best, net.weights(), Map.of("format", "pt"));
                }
                epochs.add(new Epoch(epoch, epochLoss / lengths.length, dev));
                listener.epochEnded(epoch, epochLoss / lengths.length, dev, isBest);
            }
            return epochs;
        }
    }

    /** The logits of all examples in their order, (N, C). */
    private static float[] logits(TrainableNetwork net, Examples examples, int batchSize) {
        int outputs = net.config().outputs();
        float[] all = new float[examples.size() * outputs];
        for (int[] rows : LengthBuckets.sorted(examples.lengths(), batchSize)) {
            float[] logits = net.logits(examples.batch(rows)); // (B, C)
            for (int b = 0; b < rows.length; b++) {
                System.arraycopy(logits, b * outputs, all, rows[b] * outputs, outputs);
            }
        }
        return all;
    }
}
