package org.scibert.training.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.network.TinyEncoder;
import org.scibert.training.bench.Timing.Work;

class BenchTest {
    @Test
    void aStepCostsThriceItsForwardProducts() {
        // Two layers, H 8, F 16, 3 rows of 5 tokens. First layer, a token: 8 · 64 + 4 · 8 · 16 + 4 · 5 · 8 = 1184.
        // Last layer, a row: keys and values 5 · 4 · 64, then for [CLS] 4 · 64 + 4 · 8 · 16 + 4 · 5 · 8: 2208.
        assertThat(Bench.stepFlops(TinyEncoder.config(), 3, 5)).isEqualTo(3 * 3 * (5 * 1184 + 2208));
    }

    @Test
    void theMedianTakesWallAndProcessorTimeApart() {
        assertThat(Timing.median(List.of(new Timing(3, 1), new Timing(1, 2), new Timing(2, 3))))
                .isEqualTo(new Timing(2, 2));
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
