package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Task;
import org.scibert.network.Compute;
import org.scibert.network.NetworkConfig;
import org.scibert.network.OptimizerConfig;
import org.scibert.store.MemoryStore;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.evaluation.Metrics;
import org.scibert.weights.Tensor;

class FineTuningTest {
    private static final NetworkConfig NETWORK = TinyRows.network(Task.BINARY, 1);
    /** 11 rows in batches of 2, 2 batches a step: 3 steps an epoch, the last of one batch. */
    private static final int ROWS = 11;

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private HeardRun heard = new HeardRun();

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void interruptedAfterEachStepItGivesTheSameWeightsByteForByte(Compute compute) throws Exception {
        FineTuningConfig config = config(3, 0, compute);
        Path whole = folder.resolve("whole");
        FineTuning.Result expected = run(config, "whole", 0, () -> false, FineTuningTest::byLogits, whole);
        assertThat(heard.steps).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);

        Path best = folder.resolve("pieces");
        for (int step = 1; step <= 9; step++) {
            heard = new HeardRun();
            assertThatThrownBy(() -> run(config, "pieces", 0, () -> true, FineTuningTest::byLogits, best))
                    .isInstanceOf(InterruptedRunException.class)
                    .hasMessageContaining("after step " + heard.steps.get(0) + " of 9");
            assertThat(heard.steps).containsExactly(step);
            assertThat(heard.keptSteps).containsExactly(step);
            assertThat(heard.resumedAfter).isEqualTo(step - 1);
            Files.deleteIfExists(best);
        }
        FineTuning.Result found = run(config, "pieces", 0, () -> false, FineTuningTest::byLogits, best);
        assertThat(found).as("state and history").isEqualTo(expected);
        assertThat(found.history().steps()).extracting(TrainingHistory.Step::step)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(best).hasSameBinaryContentAs(whole);
    }

    /** 9 steps, 3 an epoch: shares that end within an epoch, at its end, and a share that is done already. */
    @Test
    void pausedAtSharesOfItsStepsItGivesTheSameWeightsByteForByte() throws Exception {
        Path whole = folder.resolve("whole");
        FineTuning.Result expected = run(config(3, 0), "whole", 0, () -> false, FineTuningTest::byLogits, whole);

        Path best = folder.resolve("pieces");
        int[] steps = {2, 3, 3, 7, 9};
        double[] shares = {0.2, 1 / 3., 0.3, 0.75, 1};
        for (int i = 0; i < steps.length; i++) {
            heard = new HeardRun();
            FineTuning.Paused paused = pieces().runTo(shares[i], TinyRows.encoder(NETWORK), best);
            assertThat(paused.step()).isEqualTo(steps[i]);
            assertThat(paused.taken()).isEqualTo(heard.steps.size()).isEqualTo(steps[i] - (i == 0 ? 0 : steps[i - 1]));
            double ofEpochs = expected.state().epochs().stream().limit(steps[i] / 3)
                    .mapToDouble(epoch -> epoch.dev().selectionScore()).max().orElse(0);
            assertThat(paused.dev().selectionScore()).isGreaterThanOrEqualTo(ofEpochs);
            if (steps[i] % 3 == 0) {
                assertThat(paused.dev().selectionScore()).isEqualTo(ofEpochs);
            }
        }
        heard = new HeardRun();
        assertThat(pieces().run(TinyRows.encoder(NETWORK), best)).isEqualTo(expected);
        assertThat(heard.steps).as("it was finished").isEmpty();
        assertThat(best).hasSameBinaryContentAs(whole);
    }

    private FineTuning pieces() {
        StoredCheckpoints checkpoints =
                new StoredCheckpoints(
                        store, "tiny", "pieces", Task.BINARY, Integer.MAX_VALUE, folder, heard.notes::add);
        return fineTuning(config(3, 0), checkpoints, () -> false, FineTuningTest::byLogits);
    }

    @Test
    void aFinishedRunIsNotTrainedAgain() throws Exception {
        Path best = folder.resolve("best");
        FineTuning.Result first = run(config(2, 0), "run", 4, () -> false, FineTuningTest::byLogits, best);
        assertThat(heard.keptSteps).containsExactly(4);
        byte[] weights = Files.readAllBytes(best);
        Files.delete(best);

        heard = new HeardRun();
        assertThat(run(config(2, 0), "run", 4, () -> false, FineTuningTest::byLogits, best)).isEqualTo(first);
        assertThat(heard.steps).isEmpty();
        assertThat(best).hasBinaryContent(weights);
    }

    @Test
    void aCheckpointThatCanNotBeWrittenIsSaidAndTheRunGoesOn() throws Exception {
        Path expected = folder.resolve("expected");
        run(config(2, 0), "whole", 0, () -> false, FineTuningTest::byLogits, expected);

        heard = new HeardRun();
        IOException full = new IOException("folder/x cannot be written: No space left on device");
        Checkpoints failing = new FailingCheckpoints(full);
        Path best = folder.resolve("best");
        fineTuning(config(2, 0), failing, () -> false, FineTuningTest::byLogits)
                .run(TinyRows.encoder(NETWORK), best);
        assertThat(best).hasSameBinaryContentAs(expected);
        assertThat(heard.keptSteps).isEmpty();
        assertThat(heard.notes).hasSize(7).first().isEqualTo("the state after step 1 is not kept, training goes on "
                + "without it: folder/x cannot be written: No space left on device");

        assertThatThrownBy(() -> fineTuning(config(2, 0), failing, () -> true, FineTuningTest::byLogits)
                        .run(TinyRows.encoder(NETWORK), best))
                .isInstanceOf(InterruptedRunException.class)
                .hasMessageContaining("could not be kept");
    }

    private record FailingCheckpoints(IOException failure) implements Checkpoints {
        @Override
        public Optional<Kept> latest(Path best) {
            return Optional.empty();
        }

        @Override
        public boolean isDue(int step) {
            return true;
        }

        @Override
        public void keep(RunState state, TrainingHistory history, Map<String, Tensor> network, Path best)
                throws IOException {
            throw failure;
        }
    }

    @Test
    void patienceEndsTheRunAndTheBestEpochIsKept() throws Exception {
        Iterator<Double> scores = List.of(0.5, 0.8, 0.7, 0.75, 0.9).iterator();
        RunState state = run(
                        config(5, 2), "run", 0, () -> false, logits -> Scripted.metrics(scores.next(), 0.4),
                        folder.resolve("best"))
                .state();
        assertThat(state.epochs()).extracting(epoch -> epoch.dev().selectionScore())
                .containsExactly(0.5, 0.8, 0.7, 0.75);
        assertThat(state.best().orElseThrow().epoch()).isEqualTo(2);
    }

    private FineTuning.Result run(
            FineTuningConfig config,
            String key,
            int everySteps,
            BooleanSupplier interrupted,
            Function<float[], Metrics> scores,
            Path best)
            throws IOException {
        StoredCheckpoints checkpoints =
                new StoredCheckpoints(store, "tiny", key, Task.BINARY, everySteps, folder, heard.notes::add);
        return fineTuning(config, checkpoints, interrupted, scores).run(TinyRows.encoder(NETWORK), best);
    }

    private FineTuning fineTuning(
            FineTuningConfig config,
            Checkpoints checkpoints,
            BooleanSupplier interrupted,
            Function<float[], Metrics> scores) {
        return new FineTuning(
                config, NETWORK, TinyRows.binary(ROWS, scores), Device.cpu(), checkpoints, interrupted, heard);
    }

    /** A score that depends on the weights, so that the best epoch is not always the last. */
    private static Metrics byLogits(float[] logits) {
        return Scripted.metrics(Math.abs(Math.sin(1000 * logits[0])), 0.4);
    }

    private static FineTuningConfig config(int epochs, int patience) {
        return config(epochs, patience, Compute.FP32);
    }

    private static FineTuningConfig config(int epochs, int patience, Compute compute) {
        return new FineTuningConfig(
                epochs, 2, 2, 0.01, LearningRateSchedule.Shape.LINEAR, 0.1, patience, 24, 0.3,
                new OptimizerConfig(0.01, 1, 1, false, 0, compute), 7);
    }
}
