package org.scibert.training.assessment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ReleaseWeights;
import org.scibert.io.IoFunction;
import org.scibert.network.Int8Sensitivity;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Precision;
import org.scibert.network.ReducedWeights;
import org.scibert.network.SmoothQuant;
import org.scibert.release.Manifest;
import org.scibert.text.Encoding;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/**
 * Makes a release's 8-bit weights: smoothed by some of the training texts, and with as few linear layers in 16 bits as
 * bring the loss on dev within the tolerance.
 */
final class Int8Release {
    /** Training texts that tell the range of activations; more change little (Xiao et al. 2023 take 512 long ones). */
    static final int CALIBRATION_TEXTS = 64;
    /** Dev texts whose logits tell which layers lose most: each layer reads them once. */
    static final int SENSITIVITY_TEXTS = 32;

    private final Path release;
    private final Runnable beforeBatch;

    Int8Release(Path release, Runnable beforeBatch) {
        this.release = release;
        this.beforeBatch = beforeBatch;
    }

    /**
     * Writes the weights into the release's folder.
     *
     * @param loss measures what the release loses with the weights as they are written
     * @param tolerance most loss; if it is not reached with as many groups of layers in 16 bits as the encoder has
     *     layers, a quarter of all, the release carries all layers in 8 bits
     * @return the linear layers that are left in 16 bits, by name
     */
    Set<String> write(Splits<Rows> splits, IoFunction<Path, Double> loss, double tolerance) throws IOException {
        NetworkConfig network;
        List<int[]> train;
        List<int[]> dev;
        try (Classifier classifier = Classifier.open(release)) {
            network = classifier.config().network();
            train = sample(classifier, splits.train().texts(), CALIBRATION_TEXTS);
            dev = sample(classifier, splits.dev().texts(), SENSITIVITY_TEXTS);
        }
        Map<String, Tensor> full = Safetensors.map(release.resolve(Manifest.WEIGHTS));
        Map<String, Tensor> smoothed = SmoothQuant.smooth(network, full, train, beforeBatch);
        Set<String> half = new TreeSet<>();
        write(smoothed, half);
        if (loss.apply(release) <= tolerance) {
            return half;
        }
        List<Set<String>> order = Int8Sensitivity.order(network, smoothed, dev, beforeBatch);
        for (Set<String> group : order.subList(0, network.encoder().layers())) {
            half.addAll(group);
            write(smoothed, half);
            if (loss.apply(release) <= tolerance) {
                return half;
            }
        }
        write(smoothed, Set.of());
        return Set.of();
    }

    private void write(Map<String, Tensor> smoothed, Set<String> half) throws IOException {
        ReleaseWeights.write(release, Precision.INT8, ReducedWeights.of(Precision.INT8, smoothed, half));
    }

    /** Texts at even distances, as the network reads them. */
    private static List<int[]> sample(Classifier classifier, List<String> texts, int most) {
        int count = Math.min(most, texts.size());
        List<String> sample = new ArrayList<>(count);
        IntStream.range(0, count).forEach(i -> sample.add(texts.get((int) ((long) i * texts.size() / count))));
        return classifier.tokenizer().encode(sample, classifier.config().maxTokens()).stream().map(Encoding::inputIds)
                .toList();
    }
}
