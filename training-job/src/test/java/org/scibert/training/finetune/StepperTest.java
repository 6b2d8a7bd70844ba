package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Task;
import org.scibert.network.NetworkConfig;
import org.scibert.network.OptimizerConfig;
import org.scibert.network.OutOfMemory;
import org.scibert.network.TinyEncoder;
import org.scibert.network.TrainableNetwork;
import org.scibert.weights.Tensor;

class StepperTest {
    private static final List<int[]> ONE_BATCH = List.of(new int[] {0, 1, 2, 3, 4, 5});
    /** 3 and 2 and 1 rows: neither by rows nor by class weights is a batch's share that of another. */
    private static final List<int[]> THREE_BATCHES = List.of(new int[] {0, 1, 2}, new int[] {3, 4}, new int[] {5});

    private static final FineTuningConfig SIX_ROWS_AT_ONCE = new FineTuningConfig(
            1, 6, 1, 0.01, LearningRateSchedule.Shape.LINEAR, 0, 0, 24, 0, OptimizerConfig.DEFAULT, 7);

    private final HeardRun heard = new HeardRun();

    @ParameterizedTest
    @EnumSource(value = Task.class, names = {"BINARY", "MULTI_CLASS"})
    void severalBatchesLearnAsOneThatHoldsTheirRows(Task task) throws Exception {
        try (TrainableNetwork whole = network(task);
                TrainableNetwork parts = network(task)) {
            Stepper.Step one = stepper(whole, task).step(ONE_BATCH, 0, 0.01);
            Stepper.Step three = stepper(parts, task).step(THREE_BATCHES, 0, 0.01);
            assertThat(three.loss()).isCloseTo(one.loss(), within(1e-6));
            assertThat(three.gradientNorm()).isCloseTo(one.gradientNorm(), within(1e-5f));
            assertSameWeights(parts, whole);
        }
    }

    @Test
    void aStepForWhichMemoryIsShortIsTheSameStepInSmallerParts() throws Exception {
        try (TrainableNetwork whole = network(Task.BINARY);
                TrainableNetwork small = network(Task.BINARY)) {
            Stepper.Step one = stepper(whole, Task.BINARY).step(ONE_BATCH, 0, 0.01);
            int[] calls = {0};
            Stepper halved = new Stepper(small, data(Task.BINARY), SIX_ROWS_AT_ONCE, heard::noted) {
                @Override
                float backward(int[] rows, double share) {
                    // The third part of the step is one too many for two rows at once: the gradients before it must go.
                    if (rows.length > 2 || (rows.length == 2 && ++calls[0] == 3)) {
                        small.discardGradients();
                        throw OutOfMemory.exception();
                    }
                    return super.backward(rows, share);
                }
            };
            Stepper.Step parts = halved.step(ONE_BATCH, 0, 0.01);
            assertThat(parts.loss()).isCloseTo(one.loss(), within(1e-6));
            assertSameWeights(small, whole);
            assertThat(heard.notes).hasSize(3).last().asString().contains("2 rows at once", "it gets 1");
        }
    }

    @Test
    void classWeightsMakeTheShareOfABatch() {
        // Rows 0 … 5 have the classes 0, 1, 2, 0, 1, 2 of weights 1, 2, 5.
        TrainingData data = TinyRows.classes(6);
        assertThat(data.weight(new int[] {0, 1, 2})).isEqualTo(8);
        assertThat(data.weight(new int[] {3, 4})).isEqualTo(3);
        assertThat(TinyRows.binary(6, logits -> null).weight(new int[] {3, 4})).isEqualTo(2);
    }

    private Stepper stepper(TrainableNetwork net, Task task) {
        return new Stepper(net, data(task), SIX_ROWS_AT_ONCE, heard::noted);
    }

    private static TrainingData data(Task task) {
        return task == Task.BINARY ? TinyRows.binary(6, logits -> null) : TinyRows.classes(6);
    }

    /** Without dropout, which would differ between one batch and its parts. */
    private static TrainableNetwork network(Task task) throws Exception {
        NetworkConfig config = new NetworkConfig(TinyEncoder.config(), task, task == Task.BINARY ? 1 : 3, 0);
        Map<String, Tensor> weights = TinyRows.encoder(config);
        weights.putAll(HeadWeights.initial(config, new Random(1)));
        return TrainableNetwork.open(config, OptimizerConfig.DEFAULT, weights, Device.cpu(), 1);
    }

    /**
     * AdamW moves each weight by about the learning rate, 0.01. A key's bias doesn't change attention: its gradient is
     * 0 but for rounding, which AdamW makes a step of.
     */
    private static void assertSameWeights(TrainableNetwork found, TrainableNetwork expected) {
        List<Tensor> wanted = expected.weights();
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).name().endsWith("key.bias")) {
                continue;
            }
            assertThat(found.weights().get(i).floats())
                    .as(wanted.get(i).name())
                    .containsExactly(wanted.get(i).floats(), within(1e-3f));
        }
    }
}
