package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ReleaseWeights;
import org.scibert.io.FileTree;
import org.scibert.io.Text;
import org.scibert.network.Precision;
import org.scibert.training.assessment.ReleaseEvaluation;
import org.scibert.training.baseline.FrozenModel;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.finetune.Examples;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.finetune.TrainingData;
import org.scibert.training.rows.Rows;
import org.scibert.training.split.Folds;
import org.scibert.training.split.OutOfFold;
import org.scibert.weights.Tensor;

/**
 * A model for each fold, trained on the rows of the other folds as the released one is on all, and its answers to the
 * fold's rows. Nothing is chosen by a fold's rows, so that the answers are those of new rows.
 */
final class CrossValidation {
    private final JobConfig config;
    private final PreparedData prepared;
    private final CheapModels models;
    private final Interruption interruption;
    private final JobListener listener;

    CrossValidation(
            JobConfig config, PreparedData prepared, CheapModels models, Interruption interruption,
            JobListener listener) {
        this.config = config;
        this.prepared = prepared;
        this.models = models;
        this.interruption = interruption;
        this.listener = listener;
    }

    /**
     * The outcome of a cross-validation.
     *
     * @param answers to all rows in each precision that no fold's model fails in
     * @param checkpoints of the folds' runs
     */
    record Result(Map<Precision, OutOfFold> answers, List<StoredCheckpoints> checkpoints) {}

    /** Keeps a run's state, by the fold that it leaves out. */
    @FunctionalInterface
    interface CheckpointsOf {
        StoredCheckpoints of(OptionalInt fold);
    }

    /**
     * Trains the folds' models one after the other; those that an earlier job has finished are not trained again.
     *
     * @param folder gets the model of one fold at a time
     */
    Result run(Folds folds, Path folder, CheckpointsOf checkpointsOf) throws IOException {
        List<StoredCheckpoints> checkpoints = new ArrayList<>();
        Map<Precision, OutOfFold> answers = answers(folds, folder, (fold, model) -> {
            listener.noted(Text.format("fold %s of %s", fold + 1, folds.count()));
            StoredCheckpoints ofFold = checkpointsOf.of(OptionalInt.of(fold));
            checkpoints.add(ofFold);
            train(folds, fold, model, ofFold);
        });
        return new Result(answers, checkpoints);
    }

    /**
     * The answers of the encoder as it was before fine-tuning, with a regression of each fold as its head.
     *
     * @param folder gets the model of one fold at a time
     */
    Map<Precision, OutOfFold> frozen(Folds folds, Path folder) throws IOException {
        return answers(folds, folder, (fold, model) -> {
            FrozenModel frozen = models.fold(fold).frozen();
            new ReleaseFolder(model).write(
                    prepared.model().with(prepared.model().network().with(frozen.pooling())).withWindows(false),
                    prepared.tokenizer(), prepared.encoder().weights(), frozen);
        });
    }

    /** Writes the model of a fold into a folder. */
    @FunctionalInterface
    private interface Making {
        void make(int fold, Path model) throws IOException;
    }

    private Map<Precision, OutOfFold> answers(Folds folds, Path folder, Making making) throws IOException {
        Map<Precision, List<float[]>> ofFolds = new EnumMap<>(Precision.class);
        for (Precision precision : Precision.values()) {
            ofFolds.put(precision, new ArrayList<>());
        }
        for (int fold = 0; fold < folds.count(); fold++) {
            Path model = Files.createDirectory(folder.resolve("fold" + (fold + 1)));
            making.make(fold, model);
            answer(folds, fold, model, ofFolds);
            FileTree.delete(model);
        }
        Map<Precision, OutOfFold> answers = new EnumMap<>(Precision.class);
        int outputs = prepared.model().network().outputs();
        ofFolds.forEach((precision, logits) -> answers.put(precision, OutOfFold.of(folds, logits, outputs)));
        return answers;
    }

    private void train(Folds folds, int fold, Path model, StoredCheckpoints checkpoints) throws IOException {
        Rows all = prepared.splits().train();
        Examples examples = Examples.of(
                all.with(folds.training(fold, all.rows())),
                prepared.labels(),
                prepared.windowsToLearn(folds.training(fold, prepared.read().train())),
                prepared.tokenizer().padId());
        ReleaseFolder release = new ReleaseFolder(model);
        new FineTuning(
                        config.training().fineTuning(), prepared.model().network(),
                        new TrainingData(examples, Optional.empty(), prepared.labelWeights()),
                        prepared.device().device(), checkpoints, interruption.asked(), listener, head(fold))
                .run(prepared.encoder().weights(), release.weights());
        release.write(prepared.model(), prepared.tokenizer());
    }

    private Optional<Map<String, Tensor>> head(int fold) throws IOException {
        return models.fold(fold).head(config.training().head(), prepared.model().network());
    }

    /** Adds the answers to the fold's rows; a precision in which one is not a finite number is given up. */
    private void answer(Folds folds, int fold, Path model, Map<Precision, List<float[]>> ofFolds) throws IOException {
        Rows all = prepared.splits().train();
        Rows heldOut = all.with(folds.heldOut(fold, all.rows()));
        for (Precision precision : List.copyOf(ofFolds.keySet())) {
            try {
                if (!Files.exists(model.resolve(ReleaseWeights.file(precision)))) { // fp16 and bf16 share theirs
                    ReleaseWeights.reduce(model, precision);
                }
                try (Classifier classifier = Classifier.openExact(model, precision)) {
                    ofFolds.get(precision).add(ReleaseEvaluation.logits(heldOut, classifier, interruption));
                }
            } catch (ArithmeticException e) {
                if (precision == Precision.FP32) {
                    throw e;
                }
                ofFolds.remove(precision);
            }
        }
    }
}
