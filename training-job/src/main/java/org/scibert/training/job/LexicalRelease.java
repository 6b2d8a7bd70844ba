package org.scibert.training.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.ModelConfig;
import org.scibert.io.Text;
import org.scibert.lexicon.Blend;
import org.scibert.network.Precision;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.baseline.FrozenModel;
import org.scibert.training.baseline.WordModel;
import org.scibert.training.lexical.Candidate;
import org.scibert.training.lexical.CandidateModels;
import org.scibert.training.lexical.CandidateModels.Untrained;
import org.scibert.training.lexical.LexicalChoice;
import org.scibert.training.lexical.LexicalMode;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import org.scibert.training.split.FileSplit;
import org.scibert.training.split.OutOfFold;

/** Chooses what a trained run's release decides by, and makes such a release of the run's folder. N rows, C logits. */
final class LexicalRelease {
    private final PreparedData prepared;
    private final CheapModels models;
    private final Interruption interruption;
    private final JobListener listener;

    LexicalRelease(PreparedData prepared, CheapModels models, Interruption interruption, JobListener listener) {
        this.prepared = prepared;
        this.models = models;
        this.interruption = interruption;
        this.listener = listener;
    }

    /** The run as it is to be released; the same where its encoder decides alone. */
    SeedRun of(SeedRun run, LexicalMode mode) throws IOException {
        if (mode == LexicalMode.OFF) {
            return run;
        }
        CandidateModels candidates = candidates(run);
        LexicalChoice choice =
                LexicalChoice.of(mode, prepared.labels(), run.config().decisions(), candidates);
        SeedRun chosen = run.with(choice);
        if (choice.isEncoderAlone()) {
            return chosen;
        }
        ModelConfig model = prepared.model();
        ReleaseFolder folder = new ReleaseFolder(run.folder());
        if (choice.released().isFrozen()) {
            FrozenModel frozen = models.frozen();
            if (model.inWindows()) { // its regression learned from the texts' beginnings
                listener.noted(Text.format("the frozen encoder learned from the texts' beginnings: this release cuts"
                        + " texts at %d tokens, though it was to read them in windows; --lexical off releases the"
                        + " trained encoder, which does", model.maxTokens()));
            }
            model = model.with(model.network().with(frozen.pooling())).withWindows(false);
            folder.write(model, prepared.tokenizer(), prepared.encoder().weights(), frozen);
        }
        if (choice.blend() != null) {
            model = model.with(choice.blend());
            models.words().lexicon().write(run.folder());
        }
        folder.write(model, prepared.tokenizer());
        SeedRun measured = measured(chosen, model, candidates);
        folder.write(measured.assessment().model(), prepared.tokenizer());
        return measured;
    }

    private CandidateModels candidates(SeedRun run) throws IOException {
        Splits<Rows> splits = prepared.splits();
        Split split = splits.chosenBy();
        Untrained chosenBy =
                new Untrained(splits.dev(), models.frozenLogits().get(split), models.lexiconLogits().get(split));
        return new CandidateModels(
                run.assessment().logits().get(split), prepared.labelWeights(), models.words(), models.frozen(),
                chosenBy, models.wordLogits().get(split), splits.crossValidated() ? chosenBy : withTraining(chosenBy));
    }

    /** The training rows, then those of dev, each answered by a model that was fitted without its fold. */
    private Untrained withTraining(Untrained dev) throws IOException {
        Rows train = prepared.splits().train();
        Rows fitted = models.frozen().training(train);
        List<Row> all = new ArrayList<>(fitted.rows());
        all.addAll(dev.rows().rows());
        return new Untrained(
                fitted.with(all),
                joined(models.frozen().outOfFold(prepared.labels(), train, models.vectors()), dev.frozen()),
                joined(models.words().outOfFold(prepared.labels(), fitted), dev.words()));
    }

    private static float[] joined(float[] first, float[] second) {
        float[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private SeedRun measured(SeedRun chosen, ModelConfig model, CandidateModels candidates) throws IOException {
        Splits<Rows> splits = prepared.splits();
        Candidate released = chosen.lexical().orElseThrow().released();
        float[] weights = candidates.labelWeights(released);
        if (!splits.crossValidated()) {
            return chosen.with(
                    Assessment.of(
                            chosen.folder(), splits, prepared.labels(), chosen.config().decisions(), weights,
                            interruption),
                    chosen.outOfFold());
        }
        Map<Precision, OutOfFold> answers = blended(
                released.isFrozen() ? frozen(chosen) : chosen.outOfFold(), chosen.lexical().orElseThrow().blend(),
                candidates.chosenBy().words());
        Map<Split, float[]> logits = Map.of(Split.OUT_OF_FOLD, answers.get(Precision.FP32).logits());
        return chosen.with(
                Assessment.of(model, splits, logits, prepared.labels(), chosen.config().decisions(), weights), answers);
    }

    private Map<Precision, OutOfFold> frozen(SeedRun run) throws IOException {
        return new CrossValidation(run.config(), prepared, models, interruption, listener)
                .frozen(prepared.split().flatMap(FileSplit::folds).orElseThrow(), run.folder());
    }

    /**
     * Adds the words to the answers in each precision.
     *
     * @param blend null without words
     * @param words (N, C) row-major
     */
    private static Map<Precision, OutOfFold> blended(Map<Precision, OutOfFold> answers, Blend blend, float[] words) {
        if (blend == null) {
            return answers;
        }
        Map<Precision, OutOfFold> blended = new EnumMap<>(Precision.class);
        answers.forEach((precision, network) -> {
            int outputs = network.outputs();
            float[] logits = new float[words.length];
            for (int i = 0; i < logits.length; i += outputs) {
                float[] row = blend.apply(
                        Arrays.copyOfRange(network.logits(), i, i + outputs),
                        Arrays.copyOfRange(words, i, i + outputs));
                System.arraycopy(row, 0, logits, i, outputs);
            }
            blended.put(precision, new OutOfFold(network.folds(), logits));
        });
        return blended;
    }
}
