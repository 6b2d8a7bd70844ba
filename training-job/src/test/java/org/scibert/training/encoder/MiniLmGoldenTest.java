package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.decision.Task;
import org.scibert.network.Network;
import org.scibert.network.NetworkConfig;
import org.scibert.network.WeightNames;
import org.scibert.text.Batch;
import org.scibert.weights.Tensor;

/**
 * The embedded encoder in our network against ONNX Runtime 1.29.0 on the packaged graph. The resource holds three
 * sentences, each as int32 tokens T, int32 H, T int64 input ids, T × H float32 last hidden state, little endian.
 */
class MiniLmGoldenTest {
    private static final float TOLERANCE = 1e-4f;

    @TempDir
    private static Path cache;

    @Test
    void lastHiddenStateIsOnnxRuntimesAndDoesNotDependOnPadding() throws Exception {
        Encoder encoder = Encoder.open(
                Encoder.EMBEDDED,
                EncoderOptions.ofEnvironment(
                        Map.of("ENCODER_CACHE", cache.toString()), EncoderOptions.Listener.SILENT));
        NetworkConfig config = new NetworkConfig(encoder.config(), Task.BINARY, 1, 0.3);
        Map<String, Tensor> weights = new LinkedHashMap<>(encoder.weights());
        int hidden = encoder.config().hiddenSize();
        weights.put(
                WeightNames.CLASSIFIER_WEIGHT,
                Tensor.of(WeightNames.CLASSIFIER_WEIGHT, new long[] {1, hidden}, new float[hidden]));
        weights.put(
                WeightNames.CLASSIFIER_BIAS, Tensor.of(WeightNames.CLASSIFIER_BIAS, new long[] {1}, new float[1]));
        ByteBuffer golden = golden();
        try (Network network = Network.open(config, weights)) {
            int sentences = 0;
            for (; golden.hasRemaining(); sentences++) {
                int tokens = golden.getInt();
                assertThat(golden.getInt()).isEqualTo(hidden);
                long[] ids = new long[tokens];
                for (int t = 0; t < tokens; t++) {
                    ids[t] = golden.getLong();
                }
                float[] expected = new float[tokens * hidden]; // (T, H)
                golden.asFloatBuffer().get(expected);
                golden.position(golden.position() + expected.length * Float.BYTES);

                float[] found = network.lastHiddenState(padded(ids, tokens)); // (1, T, H)
                assertThat(found).containsExactly(expected, within(TOLERANCE));
                float[] withPadding = network.lastHiddenState(padded(ids, tokens + 50)); // (1, T + 50, H)
                assertThat(Arrays.copyOf(withPadding, expected.length)).containsExactly(found, within(1e-5f));
            }
            assertThat(sentences).isEqualTo(3);
        }
    }

    private static Batch padded(long[] ids, int columns) {
        long[] mask = new long[columns];
        Arrays.fill(mask, 0, ids.length, 1);
        return new Batch(1, columns, Arrays.copyOf(ids, columns), mask);
    }

    private static ByteBuffer golden() throws Exception {
        try (InputStream in = MiniLmGoldenTest.class.getResourceAsStream("minilm-l6-last-hidden-state.bin")) {
            return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
