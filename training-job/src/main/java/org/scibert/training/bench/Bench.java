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
    /** Operations in one timing, some 0.1 s: Java tells a process's time in steps of 0.01 s. */
    private static final double TIMED_FLOPS = 15e9;
    /** Texts in one timing at most: the time of tiny encoders is all calls, and not by operations. */
    private static final int MOST_TEXTS = 20;

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
     * The rates of training steps beside the machine's.
     *
     * @param attainable by plain products of a step's shapes
     * @param steps by the numbers that they are computed with
     */
    public record Training(Attainable attainable, Map<Compute, Step> steps) {}

    /**
     * A training step.
     *
     * @param timing of one step
     * @param rate by {@link #stepFlops}
     * @param share rate / the best attainable in the step's own number format
     * @param shareOfBest rate / the best attainable in any
     */
    public record Step(Timing timing, Rate rate, Rate share, Rate shareOfBest) {
        static Step of(Compute compute, double flops, Timing timing, Attainable attainable) {
            Rate rate = Rate.of(flops, timing);
            Rate own = compute == Compute.BF16 ? attainable.best() : attainable.fp32();
            return new Step(timing, rate, rate.shareOf(own), rate.shareOf(attainable.best()));
        }
    }

    /**
     * Times training steps of full rows in fp32, on a CPU by MKL and by oneDNN, and in bf16, and plain matrix products,
     * in turns.
     */
    public Training training(int rows, int tokens, int rounds) throws IOException {
        double flops = stepFlops(network.encoder(), rows, tokens);
        Batch batch = batch(rows, tokens);
        float[] half = new float[rows];
        Arrays.fill(half, 0, rows / 2, 1);
        Map<Compute, TrainableNetwork> networks = new EnumMap<>(Compute.class);
        try (MatrixProducts products = new MatrixProducts(device, network.encoder(), rows, tokens, flops / 4)) {
            List<Timing.Work> works = new ArrayList<>(products.works());
            for (Compute compute : device.isGpu()
                    ? List.of(Compute.FP32, Compute.BF16)
                    : List.of(Compute.FP32, Compute.ONEDNN, Compute.BF16)) {
                TrainableNetwork net = TrainableNetwork.open(
                        network, OptimizerConfig.DEFAULT.with(compute), weights, device, 1);
                networks.put(compute, net);
                works.add(new Timing.Work(compute.name(), flops, 1, () -> {
                    net.backward(batch, new Targets.Flags(half, 1), new float[] {1}, 1);
                    net.update(1e-5);
                }));
            }
            Map<String, Timing> timings = Timing.interleaved(works, rounds);
            Attainable attainable = products.attainable(timings);
            Map<Compute, Step> steps = new EnumMap<>(Compute.class);
            for (Compute compute : networks.keySet()) {
                steps.put(compute, Step.of(compute, flops, timings.get(compute.name()), attainable));
            }
            return new Training(attainable, steps);
        } finally {
            networks.values().forEach(TrainableNetwork::close);
        }
    }

    /**
     * The rates of serving one text beside the machine's.
     *
     * @param attainable by plain products of a text's shapes
     * @param precisions by their names
     */
    public record Serving(Attainable attainable, Map<String, Served> precisions) {}

    /**
     * The cost of serving in one precision.
     *
     * @param latency of one text
     * @param rate of the text's forward pass, a third of {@link #stepFlops}
     * @param share rate / the best attainable by products of floats; int8 can exceed it
     * @param megabytes of weights, 10⁶ bytes
     */
    public record Served(Timing latency, Rate rate, Rate share, double megabytes) {}

    /**
     * Times one text of full length in each precision, and plain products, in turns, on the CPU as the function does.
     */
    public Serving serving(int tokens, int rounds) throws IOException {
        double flops = stepFlops(network.encoder(), 1, tokens) / 3;
        double timed = Math.min(TIMED_FLOPS, MOST_TEXTS * flops);
        Batch batch = batch(1, tokens);
        Map<String, Double> sizes = new LinkedHashMap<>();
        List<Network> open = new ArrayList<>();
        try (MatrixProducts products =
                new MatrixProducts(Device.cpu(), network.encoder(), 1, tokens, timed)) {
            List<Timing.Work> works = new ArrayList<>(products.works());
            for (Precision precision : Precision.values()) {
                Map<String, Tensor> reduced = new LinkedHashMap<>();
                ReducedWeights.of(precision, weights).forEach(tensor -> reduced.put(tensor.name(), tensor));
                Network net = Network.open(network, precision, reduced);
                open.add(net);
                works.add(new Timing.Work(
                        precision.title(), flops, Timing.repeats(flops, timed), () -> net.logits(batch)));
                sizes.put(precision.title(),
                        reduced.values().stream().mapToLong(t -> t.data().remaining()).sum() / 1e6);
            }
            Map<String, Timing> timings = Timing.interleaved(works, rounds);
            Attainable attainable = products.attainable(timings);
            Map<String, Served> precisions = new LinkedHashMap<>();
            sizes.forEach((name, megabytes) -> {
                Rate rate = Rate.of(flops, timings.get(name));
                precisions.put(name, new Served(timings.get(name), rate, rate.shareOf(attainable.best()), megabytes));
            });
            return new Serving(attainable, precisions);
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
