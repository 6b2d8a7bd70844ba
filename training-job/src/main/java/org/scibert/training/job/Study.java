package org.scibert.training.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.scibert.io.FileTree;
import org.scibert.io.Sha256;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.text.Encoding;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.DivergedException;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.study.Budget;
import org.scibert.training.study.Grid;
import org.scibert.training.study.StudyResult;
import org.scibert.training.study.SuccessiveHalving;
import org.scibert.training.study.SuccessiveHalving.Part;
import org.scibert.training.study.SuccessiveHalving.Result;

/**
 * Tries configurations by successive halving on dev. A trial is the run that its configuration alone would be, with the
 * learning rates of all its steps, and pauses at the end of each rung: the winner's run is the one that is released,
 * and nothing of it is trained twice.
 */
final class Study {
    private static final int KEY_DIGITS = 32;

    private final Grid<JobConfig> grid;
    private final Budget budget;
    private final List<TrainingRun> runs;
    private final SuccessiveHalving halving;
    private final ObjectStore store;
    private final StoredResults stored;
    private final Interruption interruption;
    private final JobListener listener;
    private final Set<Integer> cleared = new HashSet<>();

    /**
     * The study in one number format for all trials: where that is the program's choice, in the one that it began in.
     *
     * @param store for checkpoints and results; stays the caller's to close
     * @param scratch an existing folder for temporary files
     */
    static Study of(
            StudyConfig config, Preparation preparation, ObjectStore store, Path scratch, Interruption interruption,
            JobListener listener)
            throws IOException {
        JobConfig chosen = ComputeChoice.of(
                config.first(), preparation.device(), preparation.encoder().config(),
                other -> new Study(config.with(other.compute()), preparation, store, interruption, listener)
                        .isBegun(scratch),
                listener::noted);
        return new Study(config.with(chosen.compute()), preparation, store, interruption, listener);
    }

    private Study(StudyConfig config, Preparation preparation, ObjectStore store, Interruption interruption,
            JobListener listener)
            throws IOException {
        this.grid = config.grid();
        this.budget = config.budget();
        this.runs = new ArrayList<>();
        for (Grid.Configuration<JobConfig> each : grid.configurations()) {
            JobConfig of = each.config();
            runs.add(preparation.of(of.withSeed(of.training().seeds().get(0))));
        }
        this.halving = new SuccessiveHalving(runs.stream().mapToDouble(Study::work).toArray(), budget, seed());
        this.store = store;
        String name = config.first().target().name();
        this.stored = new StoredResults(
                store, new ObjectKey(name).resolve("checkpoints").resolve("study-" + key()), listener::noted);
        this.interruption = interruption;
        this.listener = listener;
    }

    /** Whether the store has anything of its trials. */
    private boolean isBegun(Path scratch) throws IOException {
        int first = halving.next(List.of()).orElseThrow().trial();
        return !stored.read().isEmpty() || checkpoints(runs.get(first), scratch).isBegun();
    }

    /**
     * Tries what the budget has room for.
     *
     * @param scratch an existing folder for temporary files
     * @throws IOException if every configuration diverged
     */
    StudyResult run(Path scratch) throws IOException {
        listener.noted(
                Text.format("study of %s configurations%s: all for %s %% of their steps, the better half on from there",
                grid.size(), budget == Budget.NONE ? "" : " within " + budget.title(),
                Math.round(100 * halving.share(0))));
        List<Result> results = new ArrayList<>(stored.read());
        clearThoseOut(results, scratch);
        for (Optional<Part> next; (next = halving.next(results)).isPresent(); ) {
            Result result = train(next.get(), scratch);
            stored.add(result);
            results.add(result);
            clearThoseOut(results, scratch);
        }
        if (halving.winner(results).isEmpty()) {
            throw new IOException(Text.format(
                    "all %s configurations diverged; try learning rates below these", results.size()));
        }
        StudyResult study = StudyResult.of(grid, budget, seed(), measure(), halving, results);
        study.lines().forEach(listener::noted);
        listener.noted(study.sentence());
        return study;
    }

    /** The run of the configuration with this number, counted from 1. */
    TrainingRun run(StudyResult.Trial trial) {
        return runs.get(trial.number() - 1);
    }

    /** Deletes what is left of the trials in the store. */
    void clear(Path scratch) throws IOException {
        stored.clear();
        for (TrainingRun run : runs) {
            checkpoints(run, scratch).clear();
        }
    }

    private Result train(Part part, Path scratch) throws IOException {
        TrainingRun run = runs.get(part.trial());
        listener.noted(Text.format("configuration %s, %s: to %s %% of its steps",
                part.trial() + 1, grid.configurations().get(part.trial()),
                Math.round(100 * halving.share(part.rung()))));
        Path folder = Files.createTempDirectory(scratch, "trial");
        long start = System.nanoTime();
        try {
            FineTuning training = run.fineTuning(checkpoints(run, folder), interruption, listener);
            FineTuning.Paused paused = training.runTo(
                    halving.share(part.rung()), run.prepared().encoder().weights(), folder.resolve("best.safetensors"));
            Metrics dev = paused.dev();
            if (!dev.hasSelectionScore()) {
                throw new UsageException("dev has rows of one label only, and a study nothing to choose by; list one"
                        + " value for each option");
            }
            // What an earlier process trained of the rung took its time too.
            double steps = part.rung() == 0 ? paused.step() : paused.step() / 2.;
            double untimed = paused.taken() == 0 ? 1 : Math.max(1, steps / paused.taken());
            return new Result(
                    part.trial(), part.rung(), dev.selectionScore(), dev.loss(), untimed * seconds(start));
        } catch (DivergedException e) {
            listener.noted(e.getMessage());
            return new Result(part.trial(), part.rung(), Double.NaN, Double.NaN, seconds(start));
        } finally {
            FileTree.delete(folder);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void clearThoseOut(List<Result> results, Path scratch) throws IOException {
        for (int trial : halving.out(results)) {
            if (cleared.add(trial)) {
                checkpoints(runs.get(trial), scratch).clear();
            }
        }
    }

    /** Finished runs are kept whatever the job's own rule: the winner's is the first that is released. */
    private StoredCheckpoints checkpoints(TrainingRun run, Path scratch) {
        int everySteps = run.config().training().checkpointSteps();
        return run.checkpoints(
                store, OptionalInt.empty(), everySteps == 0 ? Integer.MAX_VALUE : everySteps, scratch, listener);
    }

    private int seed() {
        return runs.get(0).config().training().fineTuning().seed();
    }

    private String measure() {
        return Metrics.selectionMeasure(runs.get(0).prepared().labels().task());
    }

    private String key() {
        String all = runs.stream().map(run -> run.key(OptionalInt.empty())).collect(Collectors.joining(" "));
        return Sha256.hex((all + budget.title()).getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
    }

    /** Tokens of a whole run: what its time goes by, but for the attention's part. */
    private static double work(TrainingRun run) {
        return (double) run.config().training().fineTuning().epochs()
                * run.prepared().read().train().stream().mapToLong(Encoding::used).sum();
    }
}
