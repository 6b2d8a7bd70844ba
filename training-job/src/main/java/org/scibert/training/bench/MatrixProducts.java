package org.scibert.training.bench;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.network.EncoderConfig;
import org.scibert.network.MatrixProduct;
import org.scibert.network.MatrixProduct.Kernel;

/** Plain matrix products in the shapes of an encoder's linear layers, by each kernel that the device has. */
final class MatrixProducts implements AutoCloseable {
    private final List<MatrixProduct> open = new ArrayList<>();
    private final List<Product> products = new ArrayList<>();

    /**
     * A product of (N, I) by (I, O).
     *
     * @param inLayer how many of them one transformer layer has
     * @param work timed with other work
     */
    record Product(Kernel kernel, int inLayer, Timing.Work work) {}

    /**
     * Makes products of (N, H) by (H, H), (N, H) by (H, F) and (N, F) by (F, H), with N = rows × tokens.
     *
     * @param flops of each piece of work, by repetition
     */
    MatrixProducts(Device device, EncoderConfig encoder, int rows, int tokens, double flops) {
        int n = rows * tokens;
        int h = encoder.hiddenSize();
        int f = encoder.intermediateSize();
        try {
            for (Kernel kernel : device.isGpu() ? List.of(Kernel.FP32, Kernel.BF16) : List.of(Kernel.values())) {
                add(device, kernel, 4, n, h, h, flops);
                add(device, kernel, 1, n, h, f, flops);
                add(device, kernel, 1, n, f, h, flops);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The products as work, to be timed while this is open. */
    List<Timing.Work> works() {
        return products.stream().map(Product::work).toList();
    }

    /** The products' rates by kernel and shape, and what is attainable by them. */
    Attainable attainable(Map<String, Timing> timings) {
        return attainable(products, timings);
    }

    /** The rate of a kernel is that of all the linear layers of one transformer layer: their work by their time. */
    static Attainable attainable(List<Product> products, Map<String, Timing> timings) {
        Map<String, Rate> each = new LinkedHashMap<>();
        Map<Kernel, Double> flops = new LinkedHashMap<>();
        Map<Kernel, Timing> seconds = new LinkedHashMap<>();
        for (Product product : products) {
            Timing timing = timings.get(product.work().name());
            each.put(product.work().name(), Rate.of(product.work().flops(), timing));
            flops.merge(product.kernel(), product.inLayer() * product.work().flops(), Double::sum);
            seconds.merge(product.kernel(), timing.times(product.inLayer()), Timing::plus);
        }
        Map<Kernel, Rate> kernels = new LinkedHashMap<>();
        flops.forEach((kernel, all) -> kernels.put(kernel, Rate.of(all, seconds.get(kernel))));
        return new Attainable(each, kernels);
    }

    private void add(Device device, Kernel kernel, int inLayer, int n, int k, int m, double flops) {
        MatrixProduct product = new MatrixProduct(device, kernel, n, k, m);
        open.add(product);
        double each = 2.0 * n * k * m;
        String name = Text.format("%s %d×%d×%d", kernel.title(), n, k, m);
        products.add(new Product(kernel, inLayer, new Timing.Work(
                name, each, Timing.repeats(each, flops), product::multiply)));
    }

    @Override
    public void close() {
        open.forEach(MatrixProduct::close);
    }
}
