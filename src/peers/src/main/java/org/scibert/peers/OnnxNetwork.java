package org.scibert.peers;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.scibert.io.TemporaryFolder;
import org.scibert.network.NetworkConfig;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.weights.Tensor;

/** A classifier's network in ONNX Runtime, with all of its graph optimizations. Owns a session; thread-safe. */
final class OnnxNetwork implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /**
     * Opens a network.
     *
     * @param weights by name, F32
     * @param int8 whether linear layers are quantized dynamically
     * @param threads of one call, the caller's own included
     */
    OnnxNetwork(NetworkConfig config, Map<String, Tensor> weights, boolean int8, int threads) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("onnx");
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            Path file = folder.path().resolve("model.onnx");
            ModelProto model = OnnxBert.of(config, weights, int8);
            try (OutputStream out = Files.newOutputStream(file)) {
                model.writeTo(out);
            }
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime does not open the graph", e);
        }
    }

    /** The logits of each row, (B, C) row-major. */
    float[] logits(Batch batch) {
        long[] shape = {batch.rows(), batch.columns()};
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(batch.inputIds()), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(batch.attentionMask()), shape);
                OrtSession.Result result = session.run(
                        Map.of(OnnxBert.INPUT_IDS, ids, OnnxBert.ATTENTION_MASK, mask))) {
            OnnxTensor logits = (OnnxTensor) result.get(0);
            float[] values = new float[logits.getFloatBuffer().remaining()];
            logits.getFloatBuffer().get(values);
            return values;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not run the graph", e);
        }
    }

    /** The logits of each encoding, (C), in order, by one call. */
    List<float[]> logits(List<Encoding> encodings, long padId) {
        float[] logits = logits(Batch.of(encodings, padId));
        int outputs = logits.length / encodings.size();
        return IntStream.range(0, encodings.size())
                .mapToObj(b -> Arrays.copyOfRange(logits, b * outputs, (b + 1) * outputs))
                .toList();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close the session", e);
        }
    }
}
