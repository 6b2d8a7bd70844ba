package org.scibert.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A product of random matrices by one of libtorch's kernels, to be timed: the rate that a network's linear layers could
 * reach on this machine. Owns native memory until it is closed.
 */
public final class MatrixProduct implements AutoCloseable {

    /** The kernels by which libtorch multiplies matrices of floats. */
    public enum Kernel {
        /** fp32 by MKL on a CPU, by cuBLAS on a GPU. */
        FP32("fp32"),
        /** fp32 by oneDNN with a weight in its own layout; CPUs only. */
        ONEDNN("onednn"),
        /** bfloat16 by oneDNN on a CPU, by cuBLAS on a GPU. */
        BF16("bf16");

        private final String title;

        Kernel(String title) {
            this.title = title;
        }

        /** The name in tables. */
        public String title() {
            return title;
        }
    }

    private final PtNDManager manager;
    private final NetworkModule module;
    /** DJL calls no method without a tensor. */
    private final NDArray any;

    /** Makes matrices of (rows, inputs) and (outputs, inputs). */
    public MatrixProduct(Device device, Kernel kernel, int rows, int inputs, int outputs) {
        manager = NetworkModule.newManager(device);
        try {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("training", false);
            attributes.put("kernel", kernel.title);
            attributes.put("factors", List.of());
            module = NetworkModule.compile(manager, "matrix_product.py", "MatrixProduct", attributes);
            any = module.call(
                    "prepare",
                    manager.randomUniform(-1, 1, new Shape(rows, inputs), DataType.FLOAT32),
                    manager.randomUniform(-1, 1, new Shape(outputs, inputs), DataType.FLOAT32));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Multiplies once and returns one number of the product; it is computed when this returns, on a GPU too. */
    public float multiply() {
        try (NDArray one = module.call("multiply", any)) {
            return one.getFloat();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
