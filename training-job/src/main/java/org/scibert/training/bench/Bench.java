package org.scibert.training.bench;

import ai.djl.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.decision.Task;
import org.scibert.network.Compute;
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
            return of(work.flops(), timing);
        }

        static Rate of(double flops, Timing timing) {
            return new Rate(flops / timing.wallSeconds() / 1e9, flops / timing.cpuSeconds() / 1e9);
        }

        Rate shareOf(Rate attainable) {
            return new Rate(wall / attainable.wall, cpu / attainable.cpu);
        }
    }

    /**
     * The rates of training steps beside the machine's.
     *
     * @param products rate of each plain product, by kernel and shape
     * @param attainable the best of them
     * @param steps by the numbers that they are computed with
     */
    public record Training(Map<String, Rate> products, Rate attainable, Map<Compute, Step> steps) {}

    /**
     * A training step.
     *
     * @param timing of one step
     * @param rate by {@link #stepFlops}
     * @param share rate / attainable
     */
    public record Step(Timing timing, Rate rate, Rate share) {}

    /** Times training steps of full rows, in fp32 and bf16, against plain matrix products, in turns. */
    public Training training(int rows, int tokens, int rounds) throws IOException {
        double flops = stepFlops(network.encoder(), rows, tokens);
        Batch batch = batch(rows, tokens);
        float[] half = new float[rows];
        Arrays.fill(half, 0, rows / 2, 1);
        Map<Compute, TrainableNetwork> networks = new EnumMap<>(Compute.class);
        try (MatrixProducts products = new MatrixProducts(device, network.encoder(), rows, tokens, flops / 4)) {
            List<Timing.Work> works = new ArrayList<>(products.works());
            for (Compute compute : List.of(Compute.FP32, Compute.BF16)) {
                TrainableNetwork net = TrainableNetwork.open(network, optimizer(compute), weights, device, 1);
                networks.put(compute, net);
                works.add(new Timing.Work(compute.name(), flops, 1, () -> {
                    net.backward(batch, new Targets.Flags(half, 1), new float[] {1}, 1);
                    net.update(1e-5);
                }));
            }
            Map<String, Timing> timings = Timing.interleaved(works, rounds);
            Map<String, Rate> rates = new LinkedHashMap<>();
            products.works().forEach(work -> rates.put(work.name(), Rate.of(work, timings.get(work.name()))));
            Rate attainable = new Rate(
                    rates.values().stream().mapToDouble(Rate::wall).max().orElseThrow(),
                    rates.values().stream().mapToDouble(Rate::cpu).max().orElseThrow());
            Map<Compute, Step> steps = new EnumMap<>(Compute.class);
            for (Compute compute : networks.keySet()) {
                Timing timing = timings.get(compute.name());
                Rate rate = Rate.of(flops, timing);
                steps.put(compute, new Step(timing, rate, rate.shareOf(attainable)));
            }
            return new Training(rates, attainable, steps);
        } finally {
            networks.values().forEach(TrainableNetwork::close);
        }
    }

    private static OptimizerConfig optimizer(Compute compute) {
        OptimizerConfig usual = OptimizerConfig.DEFAULT;
        return new OptimizerConfig(
                usual.weightDecay(), usual.maxGradientNorm(), usual.layerDecay(), usual.frozenEncoder(),
                usual.labelSmoothing(), compute);
    }

    /**
     * The cost of serving in one precision.
     *
     * @param latency of one text
     * @param rate of the text's forward pass, a third of {@link #stepFlops}
     * @param megabytes of weights, 10⁶ bytes
     */
    public record Serving(Timing latency, Rate rate, double megabytes) {}

    /** Times one text of full length in each precision, in turns, on the CPU as the function does. */
    public Map<String, Serving> serving(int tokens, int rounds) throws IOException {
        double flops = stepFlops(network.encoder(), 1, tokens) / 3;
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
                    serving.put(name, new Serving(timing, Rate.of(flops, timing), sizes.get(name))));
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
