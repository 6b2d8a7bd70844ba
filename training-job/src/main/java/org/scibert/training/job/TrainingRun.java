package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.scibert.store.ObjectStore;
import org.scibert.training.checkpoint.RunKey;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.finetune.Examples;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.finetune.TrainingData;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * A configuration that is trained with one seed.
 *
 * @param config with that seed
 * @param prepared the data as the configuration reads them
 * @param models of the same data
 */
record TrainingRun(JobConfig config, PreparedData prepared, CheapModels models) {

    /** The same data with a configuration that reads them alike. */
    TrainingRun with(JobConfig other) {
        return new TrainingRun(other, prepared, models);
    }

    /** The same configuration and data with another seed. */
    TrainingRun withSeed(int seed) {
        return with(config.withSeed(seed));
    }

    /** The key of the run's checkpoints; with that of a fold that it leaves out. */
    String key(OptionalInt fold) {
        return RunKey.of(
                JobProvenance.of(config, prepared, fold), prepared.encoder().config(), prepared.tokenizer().json());
    }

    /**
     * @param everySteps between two checkpoints
     * @param scratch an existing folder for temporary files
     */
    StoredCheckpoints checkpoints(
            ObjectStore store, OptionalInt fold, int everySteps, Path scratch, JobListener listener) {
        return new StoredCheckpoints(
                store, config.target().name(), key(fold), prepared.model().network().task(), everySteps, scratch,
                listener::noted);
    }

    /** The training on all training rows, measured on dev where there is one. */
    FineTuning fineTuning(StoredCheckpoints checkpoints, Interruption interruption, JobListener listener)
            throws IOException {
        return new FineTuning(
                config.training().fineTuning(), prepared.model().network(), data(), prepared.device().device(),
                checkpoints, interruption.asked(), listener,
                models.head(config.training().head(), prepared.model().network()));
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
                split == Split.TRAIN
                        ? prepared.windowsToLearn(prepared.read().of(split))
                        : prepared.windows(prepared.read().of(split)),
                prepared.tokenizer().padId());
    }
}
