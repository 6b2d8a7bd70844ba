package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scibert.network.TinyStep.EVEN;

import ai.djl.engine.EngineException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.text.Batch;

class OutOfDeviceMemoryTest {
    /** These tokens times the intermediate size are 2^47 bytes: more than a process can address. */
    private static final int ROWS = 1 << 18;

    private static final int TOKENS = 32;

    private static final Batch SMALL = new Batch(1, 1, new long[] {2}, new long[] {1});
    private static final Targets POSITIVE = new Targets.Flags(EVEN, 1);

    private static final EncoderConfig WIDE =
            new EncoderConfig(2, 1, 1, 1 << 22, 80, TOKENS, 1, 1e-12, Activation.GELU, 0, 0, 0);

    @Test
    void aBatchTooLargeIsToldAndTheStepCanBeTakenAgain() throws Exception {
        NetworkConfig config = new NetworkConfig(WIDE, Task.BINARY, 1, 0);
        try (TrainableNetwork network = TinyStep.open(config, OptimizerConfig.DEFAULT)) {
            float loss = network.backward(SMALL, POSITIVE, EVEN, 1);
            float[] gradient = network.gradients().get(0);
            long[] ids = new long[ROWS * TOKENS];
            Arrays.fill(ids, 2);
            Batch tooLarge = new Batch(ROWS, TOKENS, ids, ids);
            assertThatThrownBy(() -> network.backward(tooLarge, new Targets.Flags(new float[ROWS], 1), EVEN, 1))
                    .isInstanceOf(OutOfDeviceMemoryException.class)
                    .hasMessageContaining("fewer rows");
            assertThat(network.backward(SMALL, POSITIVE, EVEN, 1)).isEqualTo(loss);
            assertThat(network.gradients().get(0)).as("not added to those from before").isEqualTo(gradient);
        }
    }

    @Test
    void whatAGpuSaysIsUnderstoodAndOtherErrorsStayThemselves() {
        EngineException gpu = new EngineException("CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has …");
        assertThat(OutOfDeviceMemoryException.typed(gpu)).isInstanceOf(OutOfDeviceMemoryException.class).hasCause(gpu);
        EngineException other = new EngineException("index out of range in self");
        assertThat(OutOfDeviceMemoryException.typed(other)).isSameAs(other);
    }
}
