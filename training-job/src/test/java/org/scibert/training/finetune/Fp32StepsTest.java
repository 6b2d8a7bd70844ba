package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.scibert.network.Compute;
import org.scibert.network.TinyEncoder;

class Fp32StepsTest {
    @Test
    void oneDnnIsTakenWhereItGainsMoreThanChance() {
        assertThat(new Fp32Steps(0.5, 0.48).faster()).isEqualTo(Compute.ONEDNN);
        assertThat(new Fp32Steps(0.5, 0.49).faster()).isEqualTo(Compute.FP32);
        assertThat(new Fp32Steps(0.5, 0.6).faster()).isEqualTo(Compute.FP32);
    }

    @Test
    void bothAreTimedForAnEncodersShape() throws Exception {
        Fp32Steps steps = Fp32Steps.measure(TinyEncoder.config());
        assertThat(steps.mkl()).isPositive();
        assertThat(steps.onednn()).isPositive();
    }
}
