package org.scibert.training.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.scibert.io.Text;
import org.scibert.network.EncoderConfig;

/**
 * Plain matrix products in the shapes of an encoder's linear layers; the fastest shows the machine's attainable rate.
 */
final class MatrixProducts implements AutoCloseable {
    private final NDManager manager;

    MatrixProducts(Device device) {
        manager = Engine.getEngine("PyTorch").newBaseManager(device);
    }

    /**
     * Makes the products.
     *
     * @param flops of each piece of work at least, by repetition
     * @return products of (N, H) by (H, H), (N, H) by (H, F) and (N, F) by (F, H), with N = rows × tokens
     */
    List<Timing.Work> of(EncoderConfig encoder, int rows, int tokens, double flops) {
        int n = rows * tokens;
        int h = encoder.hiddenSize();
        int f = encoder.intermediateSize();
        return List.of(product(n, h, h, flops), product(n, h, f, flops), product(n, f, h, flops));
    }

    private Timing.Work product(int n, int k, int m, double flops) {
        NDArray a = manager.randomUniform(-1, 1, new Shape(n, k), DataType.FLOAT32);
        NDArray b = manager.randomUniform(-1, 1, new Shape(k, m), DataType.FLOAT32);
        double each = 2.0 * n * k * m;
        return new Timing.Work(Text.format("%d×%d×%d", n, k, m), each, Math.max(1, (int) (flops / each)), () -> {
            try (NDArray c = a.matMul(b)) {
                c.getFloat(0, 0); // waits for a GPU
            }
        });
    }

    @Override
    public void close() {
        manager.close();
    }
}
