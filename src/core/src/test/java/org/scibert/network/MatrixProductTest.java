package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MatrixProductTest {
    @ParameterizedTest
    @EnumSource(MatrixProduct.Kernel.class)
    void eachKernelGivesTheSameProductEachTime(MatrixProduct.Kernel kernel) {
        try (MatrixProduct product = new MatrixProduct(Device.cpu(), kernel, 8, 32, 16)) {
            float first = product.multiply();
            assertThat(first).isNotZero().isBetween(-32f, 32f);
            assertThat(product.multiply()).isEqualTo(first);
        }
    }
}
