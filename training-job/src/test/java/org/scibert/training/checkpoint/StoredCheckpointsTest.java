package org.scibert.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.decision.Task;
import org.scibert.io.FileDigest;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.training.finetune.Checkpoints;
import org.scibert.training.finetune.RunState;
import org.scibert.training.finetune.RunState.Epoch;
import org.scibert.training.finetune.Scripted;
import org.scibert.training.finetune.TrainingHistory;
import org.scibert.weights.Tensor;

class StoredCheckpointsTest {
    private static final ObjectKey RUN = new ObjectKey("tiny/checkpoints/run");
    private static final List<Epoch> ONE_EPOCH = List.of(new Epoch(1, 0.1 + 0.2, Scripted.metrics(0.7, 1 / 3.0)));
    private static final TrainingHistory HISTORY =
            new TrainingHistory(List.of(new TrainingHistory.Step(1, 2, 0.1 + 0.2, 2e-5 / 3)));

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private final List<String> warnings = new ArrayList<>();
    private Path best;

    @BeforeEach
    void best() throws IOException {
        best = Files.writeString(folder.resolve("best"), "the weights after epoch 1");
    }

    @Test
    void whatIsKeptIsFoundAgain() throws IOException {
        RunState state = new RunState(7, 0.1 + 0.7, ONE_EPOCH);
        checkpoints().keep(state, HISTORY, network(7), best);
        Files.delete(best);

        Checkpoints.Kept kept = checkpoints().latest(best).orElseThrow();
        assertThat(kept.state()).isEqualTo(state);
        assertThat(kept.history()).isEqualTo(HISTORY);
        assertThat(kept.network()).containsOnlyKeys("w");
        assertThat(kept.network().get("w").floats()).containsExactly(7, 14);
        assertThat(best).hasContent("the weights after epoch 1");
        assertThat(folder).isDirectoryNotContaining("glob:**.safetensors");
    }

    @Test
    void anotherRunFindsNothing() throws IOException {
        checkpoints().keep(new RunState(7, 0, List.of()), HISTORY, network(7), best);
        assertThat(new StoredCheckpoints(store, "tiny", "other", Task.BINARY, 5, folder, warnings::add).latest(best))
                .isEmpty();
        assertThat(checkpoints().latest(best)).isPresent();
    }

    @Test
    void theTwoNewestStayAndTheBestWeightsAreWrittenOnce() throws IOException {
        StoredCheckpoints checkpoints = checkpoints();
        for (int step : new int[] {5, 10, 15}) {
            checkpoints.keep(new RunState(step, 0, ONE_EPOCH), HISTORY, network(step), best);
        }
        assertThat(names()).filteredOn(name -> name.endsWith(".safetensors"))
                .containsExactly("00000010.safetensors", "00000015.safetensors", "best-0001.safetensors");
        assertThat(names()).filteredOn(name -> name.endsWith(".json")).hasSize(2);
        assertThat(checkpoints().latest(best).orElseThrow().state().step()).isEqualTo(15);
        checkpoints.clear();
        assertThat(names()).isEmpty();
    }

    @Test
    void aDamagedFileIsSaidAndTheCheckpointBeforeItIsUsed() throws IOException {
        StoredCheckpoints checkpoints = checkpoints();
        checkpoints.keep(new RunState(5, 0, List.of()), HISTORY, network(5), best);
        checkpoints.keep(new RunState(10, 0, List.of()), HISTORY, network(10), best);
        ObjectKey newest = RUN.resolve("00000010.safetensors");
        byte[] bytes = store.read(newest).value();
        bytes[bytes.length - 1] ^= 1;
        store.tamper(newest, bytes);

        assertThat(step()).contains(5);
        assertThat(warnings).singleElement().asString()
                .startsWith("a checkpoint is damaged and is not used: 00000010.safetensors has ")
                .contains("SHA-256");
        assertThat(names()).as("what can't be used is deleted").noneMatch(name -> name.startsWith("00000010"));
    }

    @Test
    void aMissingFileOrADamagedIndexIsSaidAndTrainingBeginsAnew() throws IOException {
        checkpoints().keep(new RunState(5, 0, ONE_EPOCH), HISTORY, network(5), best);
        store.delete(RUN.resolve("best-0001.safetensors"));
        assertThat(step()).isEmpty();

        checkpoints().keep(new RunState(5, 0, ONE_EPOCH), HISTORY, network(5), best);
        ObjectKey index = newestIndex();
        store.tamper(index, new String(store.read(index).value()).replace("00000005", "00000006").getBytes());
        assertThat(step()).isEmpty();
        assertThat(warnings).hasSize(2);
        assertThat(names()).isEmpty();
    }

    @Test
    void whatARunThatDiedWroteBeforeTheIndexIsNotSeen() throws IOException {
        store.create(RUN.resolve("00000005.safetensors"), new byte[] {1});
        assertThat(step()).isEmpty();
        assertThat(warnings).isEmpty();

        store.create(RUN.resolve("00000005.safetensors"), new byte[] {1});
        checkpoints().keep(new RunState(5, 0, List.of()), HISTORY, network(5), best);
        assertThat(step()).contains(5);
    }

    @Test
    void aFinishedRunNeedsItsBestWeightsOnly() throws IOException {
        StoredCheckpoints checkpoints = checkpoints();
        checkpoints.keep(new RunState(10, 0.5, List.of()), HISTORY, network(10), best);
        checkpoints.keep(new RunState(10, 0, ONE_EPOCH), HISTORY, Map.of(), best);
        assertThat(names()).hasSize(4).contains("00000010-0001.state", "00000010.history", "best-0001.safetensors");
        assertThat(checkpoints().latest(best).orElseThrow())
                .isEqualTo(new Checkpoints.Kept(new RunState(10, 0, ONE_EPOCH), HISTORY, Map.of()));
    }

    @Test
    void stepsAreCountedFromOne() {
        assertThat(checkpoints().isDue(4)).isFalse();
        assertThat(checkpoints().isDue(10)).isTrue();
        assertThat(new StoredCheckpoints(store, "tiny", "run", Task.BINARY, 0, folder, warnings::add).isDue(10))
                .as("0 steps: never")
                .isFalse();
    }

    @Test
    void anIndexOfAnotherFormatIsRefused() {
        StoredFile file = new StoredFile("00000005.history", FileDigest.of(new byte[0]));
        assertThatThrownBy(() -> new CheckpointIndex(2, file, file, null, null))
                .hasMessage("format is 2, this program reads 3");
        assertThatThrownBy(() -> new CheckpointIndex(3, file, null, null, null)).hasMessageContaining("lacks");
    }

    @Test
    void aRunOfThreeHundredThousandStepsGoesOnFromASmallIndex() throws IOException {
        List<TrainingHistory.Step> steps = new ArrayList<>();
        for (int step = 1; step <= 300_000; step++) {
            steps.add(new TrainingHistory.Step(step, 32, 1 / (double) step, 2e-5 / step));
        }
        TrainingHistory history = new TrainingHistory(steps);
        checkpoints().keep(new RunState(300_000, 0.5, ONE_EPOCH), history, network(1), best);

        assertThat(store.read(newestIndex()).value()).hasSizeLessThan(2000);
        Checkpoints.Kept kept = checkpoints().latest(best).orElseThrow();
        assertThat(kept.state().step()).isEqualTo(300_000);
        assertThat(kept.history()).isEqualTo(history);
    }

    @Test
    void anIndexThatIsTooLargeToReadIsSaidAndTheCheckpointBeforeItIsUsed() throws IOException {
        StoredCheckpoints checkpoints = checkpoints();
        checkpoints.keep(new RunState(5, 0, List.of()), HISTORY, network(5), best);
        checkpoints.keep(new RunState(10, 0, List.of()), HISTORY, network(10), best);
        store.tamper(newestIndex(), new byte[ObjectStore.READ_LIMIT + 1]);

        assertThat(step()).contains(5);
        assertThat(warnings).singleElement().asString()
                .startsWith("a checkpoint is damaged and is not used: ")
                .contains("8388609 bytes");
    }

    @Test
    void namesAreTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("ar", "SA"));
            checkpoints().keep(new RunState(5, 0, ONE_EPOCH), HISTORY, network(5), best);
            assertThat(step()).contains(5);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(names()).contains("00000005.safetensors", "best-0001.safetensors");
        assertThat(step()).contains(5);
    }

    private ObjectKey newestIndex() {
        return RUN.resolve(names().stream().filter(CheckpointIndex::isName).reduce((a, b) -> b).orElseThrow());
    }

    private Optional<Integer> step() throws IOException {
        return checkpoints().latest(best).map(kept -> kept.state().step());
    }

    private StoredCheckpoints checkpoints() {
        return new StoredCheckpoints(store, "tiny", "run", Task.BINARY, 5, folder, warnings::add);
    }

    private List<String> names() {
        return store.list(RUN).stream().map(key -> key.path().substring(RUN.path().length() + 1)).toList();
    }

    private static Map<String, Tensor> network(int value) {
        return Map.of("w", Tensor.of("w", new long[] {2}, new float[] {value, 2 * value}));
    }
}
