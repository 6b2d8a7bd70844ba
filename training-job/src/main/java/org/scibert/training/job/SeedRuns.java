package org.scibert.training.job;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.scibert.io.Text;
import org.scibert.network.Precision;
import org.scibert.store.ObjectStore;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.checkpoint.RunKey;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.finetune.Examples;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.finetune.TrainingData;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import org.scibert.training.split.FileSplit;
import org.scibert.training.split.Folds;

/** Trains and measures a model with each of a job's seeds, one after the other. */
final class SeedRuns {
    private final JobConfig config;
    private final PreparedData prepared;
    private final CheapModels models;
    private final ObjectStore store;
    private final Interruption interruption;
    private final JobListener listener;

    /** @param store for checkpoints; stays the caller's to close */
    SeedRuns(
            JobConfig config,
            PreparedData prepared,
            CheapModels models,
            ObjectStore store,
            Interruption interruption,
            JobListener listener) {
        this.config = config;
        this.prepared = prepared;
        this.models = models;
        this.store = store;
        this.interruption = interruption;
        this.listener = listener;
    }

    /**
     * @param folder gets a folder for each seed
     * @return in the seeds' order
     */
    List<SeedRun> run(Path folder) throws IOException {
        List<Integer> seeds = config.training().seeds();
        TrainingData data = data();
        Device device = prepared.device().device();
        JobConfig chosen = ComputeChoice.of(
                config, prepared.device(), prepared.encoder().config(), other -> isBegun(other, folder),
                listener::noted);
        List<SeedRun> runs = new ArrayList<>();
        for (int seed : seeds) {
            if (seeds.size() > 1) {
                listener.noted(Text.format("seed %s, %s of %s", seed, runs.size() + 1, seeds.size()));
            }
            runs.add(run(chosen.withSeed(seed), data, device, Files.createDirectory(folder.resolve("seed" + seed))));
        }
        if (seeds.size() > 1) {
            listener.noted(SeedStudy.of(runs).sentence());
        }
        return runs;
    }

    /** Whether the first of the job's runs has a checkpoint. */
    private boolean isBegun(JobConfig other, Path scratch) throws IOException {
        OptionalInt first = prepared.split().flatMap(FileSplit::folds).isPresent()
                ? OptionalInt.of(0)
                : OptionalInt.empty();
        return checkpoints(other.withSeed(other.training().seeds().get(0)), first, scratch).isBegun();
    }

    private SeedRun run(JobConfig seeded, TrainingData data, Device device, Path folder) throws IOException {
        Optional<Folds> folds = prepared.split().flatMap(FileSplit::folds);
        CrossValidation.Result validated = new CrossValidation.Result(Map.of(), List.of());
        if (folds.isPresent()) {
            validated = new CrossValidation(seeded, prepared, models, interruption, listener)
                    .run(folds.get(), folder, fold -> checkpoints(seeded, fold, folder));
            listener.noted("all rows, for the model that is released");
        }
        StoredCheckpoints checkpoints = checkpoints(seeded, OptionalInt.empty(), folder);
        ReleaseFolder release = new ReleaseFolder(folder);
        FineTuning.Result training = new FineTuning(
                        seeded.training().fineTuning(), prepared.model().network(), data, device, checkpoints,
                        interruption.asked(), listener,
                        models.head(seeded.training().head(), prepared.model().network()))
                .run(prepared.encoder().weights(), release.weights());
        release.write(prepared.model(), prepared.tokenizer());
        Assessment assessment = folds.isEmpty()
                ? Assessment.of(
                        folder, prepared.splits(), prepared.labels(), seeded.decisions(), prepared.labelWeights(),
                        interruption)
                : Assessment.of(
                        prepared.model(), prepared.splits(),
                        Map.of(Split.OUT_OF_FOLD, validated.answers().get(Precision.FP32).logits()), prepared.labels(),
                        seeded.decisions(), prepared.labelWeights())
                        .withCollapse(Assessment.collapseOnTraining(
                                folder, prepared.splits().train(), prepared.labels(), interruption));
        assessment.collapse().ifPresent(why -> listener.noted(
                Text.format("seed %s collapsed: %s; try a lower learning rate, a longer warm-up or another seed",
                        seeded.training().fineTuning().seed(), why)));
        release.write(assessment.model(), prepared.tokenizer());
        List<StoredCheckpoints> all = new ArrayList<>(validated.checkpoints());
        all.add(checkpoints);
        return new SeedRun(seeded, folder, training, assessment, Optional.empty(), validated.answers(), all);
    }

    private StoredCheckpoints checkpoints(JobConfig seeded, OptionalInt fold, Path scratch) {
        String key = RunKey.of(
                JobProvenance.of(seeded, prepared, fold), prepared.encoder().config(), prepared.tokenizer().json());
        return new StoredCheckpoints(
                store, seeded.target().name(), key, prepared.model().network().task(), seeded.training().checkpointSteps(),
                scratch, listener::noted);
    }

    private TrainingData data() {
        Splits<Rows> splits = prepared.splits();
        if (splits.crossValidated()) {
            return new TrainingData(examples(Split.TRAIN), Optional.empty(), prepared.labelWeights());
        }
        return new TrainingData(
                examples(Split.TRAIN),
                examples(Split.DEV),
                prepared.labelWeights(),
                logits -> MeasuredSplit.of(prepared.labels(), splits.dev(), logits).metrics());
    }

    private Examples examples(Split split) {
        return Examples.of(
                prepared.splits().of(split),
                prepared.labels(),
                prepared.encodings().of(split),
                prepared.tokenizer().padId());
    }
}
