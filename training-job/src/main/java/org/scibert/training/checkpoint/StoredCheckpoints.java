package org.scibert.training.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.scibert.decision.Task;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.training.finetune.Checkpoints;
import org.scibert.training.finetune.RunState;
import org.scibert.training.finetune.TrainingHistory;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/**
 * The checkpoints of one run in a store. The two newest are kept, so that a damaged one can be replaced by the other.
 *
 * <p>Two processes with the same run don't harm each other's result: they write the same bytes, and a file that one of
 * them deletes is missed by the other, reported and trained again.
 */
public final class StoredCheckpoints implements Checkpoints {
    private static final int KEPT = 2;

    private final ObjectStore store;
    private final ObjectKey run;
    private final Task task;
    private final int everySteps;
    private final Path scratch;
    private final Consumer<String> warnings;
    /** The checkpoints in the store, oldest first. */
    private final List<Indexed> indexed = new ArrayList<>();

    private record Indexed(String name, CheckpointIndex index) {}

    /**
     * @param store stays the caller's to close
     * @param name the model's
     * @param runKey of {@link RunKey}
     * @param everySteps steps between two checkpoints; 0 keeps one only when the run is interrupted
     * @param scratch an existing folder for temporary files
     * @param warnings hears of damaged checkpoints
     */
    public StoredCheckpoints(
            ObjectStore store,
            String name,
            String runKey,
            Task task,
            int everySteps,
            Path scratch,
            Consumer<String> warnings) {
        this.store = store;
        this.run = new ObjectKey(name).resolve("checkpoints").resolve(runKey);
        this.task = task;
        this.everySteps = everySteps;
        this.scratch = scratch;
        this.warnings = warnings;
    }

    @Override
    public boolean isDue(int step) {
        return everySteps > 0 && step % everySteps == 0;
    }

    @Override
    public Optional<Kept> latest(Path best) throws IOException {
        List<String> newestFirst = names().stream()
                .filter(CheckpointIndex::isName)
                .sorted(Comparator.reverseOrder())
                .toList();
        for (String name : newestFirst) {
            try {
                CheckpointIndex index = index(name);
                Kept kept = new Kept(index.state(), index.history(), network(index));
                if (index.best() != null) {
                    index.best().read(store, run, best);
                }
                indexed.add(new Indexed(name, index));
                deleteAllBut(files(indexed));
                return Optional.of(kept);
            } catch (CorruptCheckpointException e) {
                warnings.accept("a checkpoint is damaged and is not used: " + e.getMessage());
            }
        }
        deleteAllBut(Set.of());
        return Optional.empty();
    }

    @Override
    public void keep(RunState state, TrainingHistory history, Map<String, Tensor> network, Path best)
            throws IOException {
        boolean finished = network.isEmpty();
        if (finished && everySteps == 0) {
            return;
        }
        StoredFile networkFile = finished ? null : write(state, network);
        CheckpointIndex index =
                new CheckpointIndex(CheckpointIndex.FORMAT, state, history, networkFile, best(state, best));
        byte[] content = index.toBytes();
        String name = index.name(content);
        store.delete(run.resolve(name));
        store.create(run.resolve(name), content);
        indexed.add(new Indexed(name, index));
        int kept = finished ? 1 : KEPT;
        indexed.subList(0, Math.max(0, indexed.size() - kept)).clear();
        deleteAllBut(files(indexed));
    }

    /** Deletes all checkpoints of the run; for when its result is published. */
    public void clear() throws IOException {
        indexed.clear();
        deleteAllBut(Set.of());
    }

    private CheckpointIndex index(String name) throws IOException {
        try {
            return CheckpointIndex.parse(name, store.read(run.resolve(name)).value(), task);
        } catch (ObjectNotFoundException e) {
            throw new CorruptCheckpointException(e.getMessage(), e);
        }
    }

    private Map<String, Tensor> network(CheckpointIndex index) throws IOException {
        if (index.network() == null) {
            return Map.of();
        }
        Path file = scratch.resolve(index.network().name());
        try {
            index.network().read(store, run, file);
            return Safetensors.map(file);
        } finally {
            Files.deleteIfExists(file); // the mapping stays
        }
    }

    private StoredFile write(RunState state, Map<String, Tensor> network) throws IOException {
        String name = "%08d.safetensors".formatted(state.step());
        Path file = scratch.resolve(name);
        try {
            Safetensors.write(file, network.values(), Map.of());
            return StoredFile.write(store, run, name, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The best epoch's weights, which are written only if the store does not have them. */
    private StoredFile best(RunState state, Path best) throws IOException {
        if (state.best().isEmpty()) {
            return null;
        }
        String name = "best-%04d.safetensors".formatted(state.best().get().epoch());
        for (Indexed known : indexed) {
            if (known.index().best() != null && known.index().best().name().equals(name)) {
                return known.index().best();
            }
        }
        return StoredFile.write(store, run, name, best);
    }

    private static Set<String> files(List<Indexed> checkpoints) {
        Set<String> files = new HashSet<>();
        for (Indexed checkpoint : checkpoints) {
            files.add(checkpoint.name());
            files.addAll(checkpoint.index().files());
        }
        return files;
    }

    /** Deletes indexes first: an index without its files would look damaged. */
    private void deleteAllBut(Set<String> names) throws IOException {
        List<String> others = names().stream()
                .filter(name -> !names.contains(name))
                .sorted(Comparator.comparing(CheckpointIndex::isName).reversed())
                .toList();
        for (String name : others) {
            store.delete(run.resolve(name));
        }
    }

    private List<String> names() throws IOException {
        int prefix = run.path().length() + 1;
        return store.list(run).stream().map(key -> key.path().substring(prefix)).toList();
    }
}
