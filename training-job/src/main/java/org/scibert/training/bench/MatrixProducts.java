package org.scibert.training.bench;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import org.scibert.io.Text;
import org.scibert.network.EncoderConfig;
import org.scibert.network.MatrixProduct;
import org.scibert.network.MatrixProduct.Kernel;

/**
 * Plain matrix products in the shapes of an encoder's linear layers, by each kernel that the device has; the fastest
 * shows the machine's attainable rate.
 */
final class MatrixProducts implements AutoCloseable {
    private final List<MatrixProduct> open = new ArrayList<>();
    private final List<Timing.Work> works = new ArrayList<>();

    /**
     * Makes products of (N, H) by (H, H), (N, H) by (H, F) and (N, F) by (F, H), with N = rows × tokens.
     *
     * @param flops of each piece of work at least, by repetition
     */
    MatrixProducts(Device device, EncoderConfig encoder, int rows, int tokens, double flops) {
        int n = rows * tokens;
        int h = encoder.hiddenSize();
        int f = encoder.intermediateSize();
        try {
            for (Kernel kernel : device.isGpu() ? List.of(Kernel.FP32, Kernel.BF16) : List.of(Kernel.values())) {
                add(device, kernel, n, h, h, flops);
                add(device, kernel, n, h, f, flops);
                add(device, kernel, n, f, h, flops);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The products, to be timed while this is open. */
    List<Timing.Work> works() {
        return works;
    }

    private void add(Device device, Kernel kernel, int n, int k, int m, double flops) {
        MatrixProduct product = new MatrixProduct(device, kernel, n, k, m);
        open.add(product);
        double each = 2.0 * n * k * m;
        String name = Text.format("%s %d×%d×%d", kernel.title(), n, k, m);
        works.add(new Timing.Work(name, each, Math.max(1, (int) (flops / each)), product::multiply));
    }

    @Override
    public void close() {
        open.forEach(MatrixProduct::close);
    }
}
