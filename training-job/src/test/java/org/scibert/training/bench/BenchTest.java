package org.scibert.training.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scibert.network.Compute;
import org.scibert.network.MatrixProduct.Kernel;
import org.scibert.network.TinyEncoder;
import org.scibert.training.bench.MatrixProducts.Product;
import org.scibert.training.bench.Timing.Work;

class BenchTest {
    @Test
    void aStepCostsThriceItsForwardProducts() {
        // Two layers, H 8, F 16, 3 rows of 5 tokens. First layer, a token: 8 · 64 + 4 · 8 · 16 + 4 · 5 · 8 = 1184.
        // Last layer, a row: keys and values 5 · 4 · 64, then for [CLS] 4 · 64 + 4 · 8 · 16 + 4 · 5 · 8: 2208.
        assertThat(Bench.stepFlops(TinyEncoder.config(), 3, 5)).isEqualTo(3 * 3 * (5 * 1184 + 2208));
    }

    @Test
    void aKernelsRateIsThatOfALayersProductsTogether() {
        // Four products of 2 · 10⁹ operations in 1/8 s each and one of 8 · 10⁹ in 1/2 s: 16 · 10⁹ in a second, on two
        // cores.
        Attainable attainable = MatrixProducts.attainable(
                List.of(
                        new Product(Kernel.FP32, 4, new Work("mkl a", 2e9, 1, () -> { })),
                        new Product(Kernel.FP32, 1, new Work("mkl b", 8e9, 1, () -> { })),
                        new Product(Kernel.ONEDNN, 4, new Work("onednn a", 2e9, 1, () -> { })),
                        new Product(Kernel.BF16, 4, new Work("bf16 a", 2e9, 1, () -> { }))),
                Map.of("mkl a", new Timing(0.125, 0.25), "mkl b", new Timing(0.5, 1),
                        "onednn a", new Timing(0.25, 0.125), "bf16 a", new Timing(0.03125, 0.0625)));
        assertThat(attainable.products()).containsEntry("mkl b", new Rate(16, 8))
                .containsEntry("mkl a", new Rate(16, 8));
        assertThat(attainable.kernels().get(Kernel.FP32)).isEqualTo(new Rate(16, 8));
        assertThat(attainable.fp32()).as("wall of MKL, processor time of oneDNN").isEqualTo(new Rate(16, 16));
        assertThat(attainable.best()).isEqualTo(new Rate(64, 32));
    }

    @Test
    void aStepsShareIsOfItsOwnFormatAndOfTheBest() {
        Attainable attainable = new Attainable(Map.of(), Map.of(
                Kernel.FP32, new Rate(80, 90), Kernel.ONEDNN, new Rate(100, 100), Kernel.BF16, new Rate(200, 160)));
        // 100 · 10⁹ operations in 2 s, 1.25 s of processor time: 50 and 80.
        Bench.Step fp32 = Bench.Step.of(Compute.FP32, 100e9, new Timing(2, 1.25), attainable);
        assertThat(fp32.rate()).isEqualTo(new Rate(50, 80));
        assertThat(fp32.share()).isEqualTo(new Rate(0.5, 0.8));
        assertThat(fp32.shareOfBest()).isEqualTo(new Rate(0.25, 0.5));
        Bench.Step bf16 = Bench.Step.of(Compute.BF16, 100e9, new Timing(1, 0.625), attainable);
        assertThat(bf16.share()).isEqualTo(new Rate(0.5, 1)).isEqualTo(bf16.shareOfBest());
    }

    @Test
    void theMedianTakesWallAndProcessorTimeApart() {
        assertThat(Timing.median(List.of(new Timing(3, 1), new Timing(1, 2), new Timing(2, 3))))
                .isEqualTo(new Timing(2, 2));
    }

    @Test
    void smallWorkIsRepeated() {
        assertThat(Timing.repeats(2e9, 15e9)).isEqualTo(7);
        assertThat(Timing.repeats(20e9, 15e9)).isEqualTo(1);
    }

    @Test
    void eachWorkIsTimedInEveryRoundAndWarmUpsAreLeftOut() {
        int[] runs = new int[2];
        var medians = Timing.interleaved(
                List.of(new Work("a", 0, 1, () -> runs[0]++), new Work("b", 0, 3, () -> runs[1]++)), 4);
        assertThat(medians).containsOnlyKeys("a", "b");
        assertThat(runs).containsExactly(6, 18);
    }
}
