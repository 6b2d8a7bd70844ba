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
import org.scibert.io.IoConsumer;
import org.scibert.io.IoFunction;
import org.scibert.io.Text;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectTooLargeException;
import org.scibert.training.finetune.Checkpoints;
import org.scibert.training.finetune.RunState;
import org.scibert.training.finetune.TrainingHistory;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

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

    /** Whether the store has a checkpoint of the run, complete or damaged. */
    public boolean isBegun() throws IOException {
        return names().stream().anyMatch(CheckpointIndex::isName);
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
                Kept kept = new Kept(
                        read(index.state(), file -> ProgressFiles.readState(file, task)),
                        read(index.history(), ProgressFiles::readHistory),
                        index.network() == null ? Map.of() : read(index.network(), Safetensors::map));
                if (index.best() != null) {
                    index.best().read(store, run, best);
                }
                indexed.add(new Indexed(name, index));
                deleteAllBut(files(indexed));
                return Optional.of(kept);
            } catch (CorruptCheckpointException | WeightsException e) {
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
        int step = state.step();
        CheckpointIndex index = new CheckpointIndex(
                CheckpointIndex.FORMAT,
                write(
                        named("%08d-%04d.state", step, state.epochs().size()),
                        file -> ProgressFiles.write(file, state)),
                write(named("%08d.history", step), file -> ProgressFiles.write(file, history)),
                finished
                        ? null
                        : write(
                                named("%08d.safetensors", step),
                                file -> Safetensors.write(file, network.values(), Map.of())),
                state.best().isEmpty() ? null : writeBest(state.best().get().epoch(), best));
        byte[] content = index.toBytes();
        String name = CheckpointIndex.name(state, content);
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
            return CheckpointIndex.parse(name, store.read(run.resolve(name)).value());
        } catch (ObjectNotFoundException | ObjectTooLargeException e) {
            throw new CorruptCheckpointException(e.getMessage(), e);
        }
    }

    private <T> T read(StoredFile stored, IoFunction<Path, T> reader) throws IOException {
        Path file = scratch.resolve(stored.name());
        try {
            stored.read(store, run, file);
            return reader.apply(file);
        } finally {
            Files.deleteIfExists(file); // a mapping of it stays valid
        }
    }

    /** Writes a file unless a kept checkpoint has it: what has this name in a run has always the same content. */
    private StoredFile write(String name, IoConsumer<Path> writer) throws IOException {
        Optional<StoredFile> stored = stored(name);
        if (stored.isPresent()) {
            return stored.get();
        }
        Path file = scratch.resolve(name);
        try {
            writer.accept(file);
            return StoredFile.write(store, run, name, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private StoredFile writeBest(int epoch, Path best) throws IOException {
        String name = named("best-%04d.safetensors", epoch);
        Optional<StoredFile> stored = stored(name);
        return stored.isPresent() ? stored.get() : StoredFile.write(store, run, name, best);
    }

    private Optional<StoredFile> stored(String name) {
        return indexed.stream()
                .flatMap(checkpoint -> checkpoint.index().files().stream())
                .filter(file -> file.name().equals(name))
                .findFirst();
    }

    private static String named(String pattern, Object... numbers) {
        return Text.format(pattern, numbers);
    }

    private static Set<String> files(List<Indexed> checkpoints) {
        Set<String> files = new HashSet<>();
        for (Indexed checkpoint : checkpoints) {
            files.add(checkpoint.name());
            checkpoint.index().files().forEach(file -> files.add(file.name()));
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
