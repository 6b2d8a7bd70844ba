package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.scibert.io.Text;
import org.scibert.network.Precision;
import org.scibert.store.ObjectStore;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.finetune.RunState;
import org.scibert.training.rows.Split;
import org.scibert.training.split.FileSplit;
import org.scibert.training.split.Folds;
import org.scibert.training.study.SeedStudy;

/** Trains and measures a model with each of a job's seeds, one after the other. */
final class SeedRuns {
    private final TrainingRun run;
    private final PreparedData prepared;
    private final ObjectStore store;
    private final Interruption interruption;
    private final JobListener listener;

    /**
     * @param run with any of the seeds
     * @param store for checkpoints; stays the caller's to close
     */
    SeedRuns(TrainingRun run, ObjectStore store, Interruption interruption, JobListener listener) {
        this.run = run;
        this.prepared = run.prepared();
        this.store = store;
        this.interruption = interruption;
        this.listener = listener;
    }

    /**
     * @param folder gets a folder for each seed
     * @return in the seeds' order
     */
    List<SeedRun> run(Path folder) throws IOException {
        List<Integer> seeds = run.config().training().seeds();
        TrainingRun chosen = run.with(ComputeChoice.of(
                run.config(), prepared.device(), prepared.encoder().config(), other -> isBegun(other, folder),
                listener::noted));
        List<SeedRun> runs = new ArrayList<>();
        for (int seed : seeds) {
            if (seeds.size() > 1) {
                listener.noted(Text.format("seed %s, %s of %s", seed, runs.size() + 1, seeds.size()));
            }
            runs.add(run(chosen.withSeed(seed), Files.createDirectory(folder.resolve("seed" + seed))));
        }
        if (seeds.size() > 1) {
            listener.noted(study(runs).sentence());
        }
        return runs;
    }

    /** Whether the first of the job's runs has a checkpoint. */
    private boolean isBegun(JobConfig other, Path scratch) throws IOException {
        OptionalInt first = prepared.split().flatMap(FileSplit::folds).isPresent()
                ? OptionalInt.of(0)
                : OptionalInt.empty();
        return checkpoints(run.with(other).withSeed(other.training().seeds().get(0)), first, scratch).isBegun();
    }

    /** The spread of the runs' scores. */
    static SeedStudy study(List<SeedRun> runs) {
        return SeedStudy.of(runs.stream().map(SeedRuns::row).toList(), best(runs).seed());
    }

    /** The run with the best dev scores, the first of equals. */
    static SeedRun best(List<SeedRun> runs) {
        return runs.stream()
                .max(Comparator.comparing(SeedRun::dev, RunState.BY_SCORE_THEN_LOSS)
                        .thenComparing(Comparator.comparingInt(runs::indexOf).reversed()))
                .orElseThrow();
    }

    private static SeedStudy.Run row(SeedRun run) {
        boolean collapsed = run.assessment().collapse().isPresent();
        Metrics test = run.assessment().metrics().get(Split.TEST);
        Double score = test == null || !test.hasSelectionScore() ? null : test.selectionScore();
        return new SeedStudy.Run(run.seed(), run.dev().selectionScore(), score, collapsed);
    }

    private SeedRun run(TrainingRun seeded, Path folder) throws IOException {
        JobConfig config = seeded.config();
        Optional<Folds> folds = prepared.split().flatMap(FileSplit::folds);
        CrossValidation.Result validated = new CrossValidation.Result(Map.of(), List.of());
        if (folds.isPresent()) {
            validated = new CrossValidation(config, prepared, seeded.models(), interruption, listener)
                    .run(folds.get(), folder, fold -> checkpoints(seeded, fold, folder));
            listener.noted("all rows, for the model that is released");
        }
        StoredCheckpoints checkpoints = checkpoints(seeded, OptionalInt.empty(), folder);
        ReleaseFolder release = new ReleaseFolder(folder);
        FineTuning.Result training = seeded.fineTuning(checkpoints, interruption, listener)
                .run(prepared.encoder().weights(), release.weights());
        release.write(prepared.model(), prepared.tokenizer());
        Assessment assessment = folds.isEmpty()
                ? Assessment.of(
                        folder, prepared.splits(), prepared.labels(), config.decisions(), prepared.labelWeights(),
                        interruption)
                : Assessment.of(
                        prepared.model(), prepared.splits(),
                        Map.of(Split.OUT_OF_FOLD, validated.answers().get(Precision.FP32).logits()), prepared.labels(),
                        config.decisions(), prepared.labelWeights())
                        .withCollapse(Assessment.collapseOnTraining(
                                folder, prepared.splits().train(), prepared.labels(), interruption));
        assessment.collapse().ifPresent(why -> listener.noted(
                Text.format("seed %s collapsed: %s; try another learning rate, a longer warm-up, more epochs or"
                        + " another seed",
                        config.training().fineTuning().seed(), why)));
        release.write(assessment.model(), prepared.tokenizer());
        List<StoredCheckpoints> all = new ArrayList<>(validated.checkpoints());
        all.add(checkpoints);
        return new SeedRun(config, folder, training, assessment, Optional.empty(), validated.answers(), all);
    }

    private StoredCheckpoints checkpoints(TrainingRun seeded, OptionalInt fold, Path scratch) {
        return seeded.checkpoints(store, fold, seeded.config().training().checkpointSteps(), scratch, listener);
    }
}
