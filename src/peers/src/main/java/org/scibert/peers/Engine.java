package org.scibert.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.ReleaseWeights;
import org.scibert.network.Network;
import org.scibert.network.Precision;
import org.scibert.release.Manifest;
import org.scibert.runtime.Processor;
import org.scibert.text.Batch;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/** What answers with a release's weights: this project's network by its precision, or ONNX Runtime. */
enum Engine {
    FP32("fp32", Precision.FP32),
    FP16("fp16", Precision.FP16),
    BF16("bf16", Precision.BF16),
    INT8("int8", Precision.INT8),
    ONNX_FP32("ONNX Runtime fp32", null),
    ONNX_INT8("ONNX Runtime int8", null);

    private final String title;
    private final Precision precision;

    Engine(String title, Precision precision) {
        this.title = title;
        this.precision = precision;
    }

    /** The name in tables. */
    String title() {
        return title;
    }

    boolean isFastHere() {
        return precision == null || precision.isFastOn(Processor.current());
    }

    /** A release that is open in an engine. */
    interface Open extends AutoCloseable {
        /** The network's logits of each row, (B, C) row-major, by one forward pass. */
        float[] logits(Batch batch);

        @Override
        void close() throws IOException;
    }

    /**
     * Opens a release folder.
     *
     * @param threads of one call
     */
    Open open(Path release, int threads) throws IOException {
        return precision == null ? peer(release, threads) : ours(release);
    }

    private Open ours(Path release) throws IOException {
        Network network = Network.open(
                ModelConfig.read(release).network(), precision, ReleaseWeights.read(release, precision));
        return new Open() {
            @Override
            public float[] logits(Batch batch) {
                return network.logits(batch);
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }

    private Open peer(Path release, int threads) throws IOException {
        ModelConfig config = ModelConfig.read(release);
        Map<String, Tensor> weights = Safetensors.map(release.resolve(Manifest.WEIGHTS));
        OnnxNetwork network = new OnnxNetwork(config.network(), weights, this == ONNX_INT8, threads);
        return new Open() {
            @Override
            public float[] logits(Batch batch) {
                return network.logits(batch);
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }
}
