package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.scibert.network.Compute;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Weights 0.05 for the newest loss and 0.95 times as much for each older one, divided by their sum. */
    @Test
    void theLossShownIsTheMeanOfTheLastStepsFromTheFirstStepOn() {
        try (Progress progress = new Progress(new PrintStream(err, true, StandardCharsets.UTF_8), Duration.ZERO)) {
            progress.started(8, 3, 0, Compute.FP32);
            progress.stepped(1, 1, 10, 1e-3);
            progress.stepped(2, 1, 0, 1e-3);
            progress.stepped(3, 1, 2, 1e-3);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).containsSubsequence(
                "step 1/3  loss 10.0000",
                "step 2/3  loss 4.8718", // 0.0475 · 10 / 0.0975
                "step 3/3  loss 3.8650"); // (0.045125 · 10 + 0.05 · 2) / 0.142625
    }

    @Test
    void anEarlierRunWithAnotherSeedLeavesNothingBehind() {
        try (Progress progress = new Progress(new PrintStream(err, true, StandardCharsets.UTF_8), Duration.ZERO)) {
            progress.started(8, 1, 0, Compute.FP32);
            progress.stepped(1, 1, 10, 1e-3);
            progress.started(8, 1, 0, Compute.FP32);
            progress.stepped(1, 1, 1, 1e-3);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).containsSubsequence("loss 10.0000", "loss 1.0000");
    }
}
