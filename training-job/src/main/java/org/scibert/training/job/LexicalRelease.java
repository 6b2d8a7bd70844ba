package org.scibert.training.job;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.ModelConfig;
import org.scibert.network.NetworkConfig;
import org.scibert.network.WeightNames;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.baseline.FrozenModel;
import org.scibert.training.lexical.CandidateModels;
import org.scibert.training.lexical.LexicalChoice;
import org.scibert.training.lexical.LexicalMode;
import org.scibert.training.rows.Split;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/** Chooses what a trained run's release decides by, and makes the run's folder that. */
final class LexicalRelease {
    private final PreparedData prepared;
    private final CheapModels models;
    private final Interruption interruption;

    LexicalRelease(PreparedData prepared, CheapModels models, Interruption interruption) {
        this.prepared = prepared;
        this.models = models;
        this.interruption = interruption;
    }

    /** The run as it is to be released; the same where its encoder decides alone, as in a cross-validation. */
    SeedRun of(SeedRun run, LexicalMode mode) throws IOException {
        if (mode == LexicalMode.OFF || prepared.splits().crossValidated()) {
            return run;
        }
        CandidateModels candidates = new CandidateModels(
                run.assessment().logits().get(Split.DEV), prepared.labelWeights(), models.words(), models.frozen(),
                models.vectors());
        LexicalChoice choice = LexicalChoice.of(
                mode, prepared.splits(), prepared.labels(), run.config().decisions(), candidates);
        SeedRun chosen = run.with(choice);
        if (choice.isEncoderAlone()) {
            return chosen;
        }
        ModelConfig model = prepared.model();
        if (choice.released().isFrozen()) {
            FrozenModel frozen = models.frozen();
            // Its regression learned from the texts' beginnings.
            model = model.with(model.network().with(frozen.pooling())).withWindows(false);
            writeFrozen(run, frozen, model.network());
        }
        if (choice.blend() != null) {
            model = model.with(choice.blend());
            models.words().lexicon().write(run.folder());
        }
        ReleaseFolder folder = new ReleaseFolder(run.folder());
        folder.write(model, prepared.tokenizer());
        Assessment assessment = Assessment.of(
                run.folder(), prepared.splits(), prepared.labels(), run.config().decisions(),
                candidates.labelWeights(choice.released()), interruption);
        folder.write(assessment.model(), prepared.tokenizer());
        return chosen.with(assessment);
    }

    /** The encoder before fine-tuning and the regression as its head, in place of the trained weights. */
    private void writeFrozen(SeedRun run, FrozenModel frozen, NetworkConfig network) throws IOException {
        Map<String, Tensor> weights = new LinkedHashMap<>(prepared.encoder().weights());
        weights.putAll(frozen.head(network));
        List<Tensor> ordered = WeightNames.names(network.encoder(), network.outputs()).stream().map(weights::get).toList();
        Safetensors.write(new ReleaseFolder(run.folder()).weights(), ordered, Map.of("format", "pt"));
    }
}
