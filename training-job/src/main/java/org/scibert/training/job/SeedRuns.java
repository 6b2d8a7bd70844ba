package org.scibert.training.job;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.scibert.training.assessment.Assessment;
import org.scibert.store.ObjectStore;
import org.scibert.training.checkpoint.RunKey;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.evaluation.Collapse;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.finetune.Examples;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.finetune.Trained;
import org.scibert.training.finetune.TrainingData;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/** Trains and measures a model with each of a job's seeds, one after the other. */
final class SeedRuns {
    private final JobConfig config;
    private final Ingredients ingredients;
    private final ObjectStore store;
    private final BooleanSupplier interrupted;
    private final JobListener listener;

    /** @param store for checkpoints; stays the caller's to close */
    SeedRuns(
            JobConfig config,
            Ingredients ingredients,
            ObjectStore store,
            BooleanSupplier interrupted,
            JobListener listener) {
        this.config = config;
        this.ingredients = ingredients;
        this.store = store;
        this.interrupted = interrupted;
        this.listener = listener;
    }

    /**
     * @param folder gets a folder for each seed
     * @return in the seeds' order
     */
    List<SeedRun> run(Path folder) throws IOException {
        List<Integer> seeds = config.runs().seeds();
        TrainingData data = data();
        Device device = config.device().resolve();
        List<SeedRun> runs = new ArrayList<>();
        for (int seed : seeds) {
            if (seeds.size() > 1) {
                listener.noted("seed %d, %d of %d".formatted(seed, runs.size() + 1, seeds.size()));
            }
            runs.add(run(config.withSeed(seed), data, device, Files.createDirectory(folder.resolve("seed" + seed))));
        }
        if (seeds.size() > 1) {
            listener.noted(SeedStudy.of(runs).sentence());
        }
        return runs;
    }

    private SeedRun run(JobConfig seeded, TrainingData data, Device device, Path folder) throws IOException {
        StoredCheckpoints checkpoints = checkpoints(seeded, folder);
        ReleaseFolder release = new ReleaseFolder(folder);
        Trained training = new FineTuning(
                        seeded.fineTuning(), ingredients.model().network(), data, device, checkpoints, interrupted,
                        listener)
                .run(ingredients.encoder().weights(), release.weights());
        training.state().best()
                .flatMap(best -> Collapse.in(best.dev()))
                .ifPresent(why -> listener.noted("seed %d collapsed: %s; try a lower learning rate, a longer warm-up or"
                        .formatted(seeded.fineTuning().seed(), why) + " another seed"));
        release.write(ingredients.model(), ingredients.tokenizer());
        Assessment assessment =
                Assessment.of(
                        folder, ingredients.splits(), ingredients.labels(), seeded.decisions(), ingredients.labelWeights());
        release.write(assessment.model(), ingredients.tokenizer());
        return new SeedRun(seeded, folder, training, assessment, checkpoints);
    }

    private StoredCheckpoints checkpoints(JobConfig seeded, Path scratch) {
        String key = RunKey.of(
                ingredients.origin(seeded), ingredients.encoder().config(), ingredients.tokenizer().json());
        return new StoredCheckpoints(
                store, seeded.name(), key, ingredients.model().network().task(), seeded.runs().checkpointSteps(),
                scratch, listener::noted);
    }

    private TrainingData data() {
        Splits<Rows> splits = ingredients.splits();
        return new TrainingData(
                examples(Split.TRAIN),
                examples(Split.DEV),
                ingredients.labelWeights(),
                logits -> MeasuredSplit.of(ingredients.labels(), splits.dev(), logits).metrics());
    }

    private Examples examples(Split split) {
        return Examples.of(
                ingredients.splits().of(split),
                ingredients.labels(),
                ingredients.encodings().of(split),
                ingredients.tokenizer().padId());
    }
}
