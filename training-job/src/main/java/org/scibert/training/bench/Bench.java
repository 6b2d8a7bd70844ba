package org.scibert.training.bench;

import ai.djl.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.decision.Task;
import org.scibert.network.EncoderConfig;
import org.scibert.network.Network;
import org.scibert.network.NetworkConfig;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.Precision;
import org.scibert.network.ReducedWeights;
import org.scibert.network.Targets;
import org.scibert.network.TrainableNetwork;
import org.scibert.network.WeightNames;
import org.scibert.text.Batch;
import org.scibert.training.encoder.Encoder;
import org.scibert.weights.Tensor;

/** Times training and serving of an encoder with a binary head. */
public final class Bench {
    private static final String STEP = "train step";

    private final NetworkConfig network;
    private final Map<String, Tensor> weights;
    private final Device device;

    public Bench(Encoder encoder, Device device) {
        network = new NetworkConfig(encoder.config(), Task.BINARY, 1, NetworkConfig.DEFAULT_HEAD_DROPOUT);
        int hidden = encoder.config().hiddenSize();
        weights = new LinkedHashMap<>(encoder.weights());
        head(WeightNames.CLASSIFIER_WEIGHT, 1, hidden);
        head(WeightNames.CLASSIFIER_BIAS, 1);
        this.device = device;
    }

    private void head(String name, long... shape) {
        weights.put(name, Tensor.of(name, shape, new float[(int) Tensor.elements(shape)]));
    }

    /**
     * A rate in 10⁹ floating-point operations a second.
     *
     * @param wall by the clock
     * @param cpu for each second of processor time: what one core does while it works
     */
    public record Rate(double wall, double cpu) {
        static Rate of(Timing.Work work, Timing timing) {
            return new Rate(work.flops() / timing.wallSeconds() / 1e9, work.flops() / timing.cpuSeconds() / 1e9);
        }
    }

    /**
     * The rate of a training step beside the machine's.
     *
     * @param products rate of each shape's plain product
     * @param attainable the best of them
     * @param step time of a training step
     * @param achieved its rate, by {@link #stepFlops}
     * @param share achieved / attainable
     */
    public record Training(
            Map<String, Rate> products, Rate attainable, Timing step, Rate achieved, Rate share) {}

    /** Times a training step of full rows against plain matrix products, in turns. */
    public Training training(int rows, int tokens, int rounds) throws IOException {
        double flops = stepFlops(network.encoder(), rows, tokens);
        Batch batch = batch(rows, tokens);
        float[] half = new float[rows];
        Arrays.fill(half, 0, rows / 2, 1);
        try (MatrixProducts products = new MatrixProducts(device);
                TrainableNetwork net = TrainableNetwork.open(network, OptimizerConfig.DEFAULT, weights, device, 1)) {
            List<Timing.Work> all = new ArrayList<>(products.of(network.encoder(), rows, tokens, flops / 4));
            all.add(new Timing.Work(STEP, flops, 1, () -> {
                net.backward(batch, new Targets.Flags(half, 1), new float[] {1}, 1);
                net.update(1e-5);
            }));
            Map<String, Timing> timings = Timing.interleaved(all, rounds);
            Map<String, Rate> rates = new LinkedHashMap<>();
            all.forEach(work -> rates.put(work.name(), Rate.of(work, timings.get(work.name()))));
            Rate achieved = rates.remove(STEP);
            Rate attainable = new Rate(
                    rates.values().stream().mapToDouble(Rate::wall).max().orElseThrow(),
                    rates.values().stream().mapToDouble(Rate::cpu).max().orElseThrow());
            Rate share = new Rate(achieved.wall() / attainable.wall(), achieved.cpu() / attainable.cpu());
            return new Training(rates, attainable, timings.get(STEP), achieved, share);
        }
    }

    /**
     * The cost of serving in one precision.
     *
     * @param latency of one text
     * @param megabytes of weights, 10⁶ bytes
     */
    public record Serving(Timing latency, double megabytes) {}

    /** Times one text of full length in each precision, in turns, on the CPU as the function does. */
    public Map<String, Serving> serving(int tokens, int rounds) throws IOException {
        Batch batch = batch(1, tokens);
        List<Timing.Work> all = new ArrayList<>();
        Map<String, Double> sizes = new LinkedHashMap<>();
        List<Network> open = new ArrayList<>();
        try {
            for (Precision precision : Precision.values()) {
                Map<String, Tensor> reduced = new LinkedHashMap<>();
                ReducedWeights.of(precision, weights).forEach(tensor -> reduced.put(tensor.name(), tensor));
                Network net = Network.open(network, precision, reduced);
                open.add(net);
                all.add(new Timing.Work(precision.title(), 0, 10, () -> net.logits(batch)));
                sizes.put(precision.title(),
                        reduced.values().stream().mapToLong(t -> t.data().remaining()).sum() / 1e6);
            }
            Map<String, Serving> serving = new LinkedHashMap<>();
            Timing.interleaved(all, rounds).forEach((name, timing) ->
                    serving.put(name, new Serving(timing, sizes.get(name))));
            return serving;
        } finally {
            open.forEach(Network::close);
        }
    }

    /**
     * The floating-point operations of a training step of B rows of T tokens without padding: those of matrix products,
     * two for each multiplication and addition. Forward, in a layer of width H with F in its middle:
     * 2 (4 H² + 2 H F) a token for the linear layers, and 4 T H for attention's two products. The last layer needs keys
     * and values of all tokens, 4 H², and the rest for [CLS] alone. Backward is twice the forward: one product for
     * the inputs' gradient, one for the weights'.
     */
    static double stepFlops(EncoderConfig encoder, int rows, int tokens) {
        double h = encoder.hiddenSize();
        double f = encoder.intermediateSize();
        double perToken = 8 * h * h + 4 * h * f + 4 * tokens * h;
        double lastLayer = tokens * 4 * h * h + 4 * h * h + 4 * h * f + 4 * tokens * h;
        return 3 * rows * ((encoder.layers() - 1) * tokens * perToken + lastLayer);
    }

    /** Rows of tokens without padding; which tokens does not matter to the time. */
    private static Batch batch(int rows, int tokens) {
        long[] ones = new long[rows * tokens];
        Arrays.fill(ones, 1);
        return new Batch(rows, tokens, ones, ones);
    }
}
