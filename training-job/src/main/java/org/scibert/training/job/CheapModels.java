package org.scibert.training.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scibert.io.IoSupplier;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Pooling;
import org.scibert.training.baseline.FrozenModel;
import org.scibert.training.baseline.PooledVectors;
import org.scibert.training.baseline.Regressions;
import org.scibert.training.baseline.WordModel;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import org.scibert.training.split.FileSplit;
import org.scibert.training.split.Folds;
import org.scibert.weights.Tensor;

/**
 * The models that cost seconds and one forward pass, for baselines, the head's first weights and the choice of what is
 * released. Each is made when it is first asked for. N rows, C logits. Not thread-safe.
 */
final class CheapModels {
    private final LabelSet labels;
    private final Splits<Rows> splits;
    private final Optional<Folds> folds;
    private final IoSupplier<PooledVectors> reading;
    private final Runnable beforeWork;
    private final List<CheapModels> ofFolds = new ArrayList<>();
    private WordModel words;
    private PooledVectors vectors;
    private FrozenModel frozen;
    private final Map<Pooling, FrozenModel> byPooling = new EnumMap<>(Pooling.class);

    CheapModels(PreparedData prepared, Interruption interruption) {
        this(
                prepared.labels(), prepared.splits(), prepared.split().flatMap(FileSplit::folds),
                () -> PooledVectors.of(
                        prepared.model().network(), prepared.encoder().weights(), prepared.encodings(),
                        prepared.tokenizer().padId(), prepared.device().device(), interruption),
                interruption);
    }

    private CheapModels(
            LabelSet labels, Splits<Rows> splits, Optional<Folds> folds, IoSupplier<PooledVectors> reading,
            Runnable beforeWork) {
        this.labels = labels;
        this.splits = splits;
        this.folds = folds;
        this.reading = reading;
        this.beforeWork = beforeWork;
    }

    /** The models of a fold of the cross-validation: trained on the rows of the other folds, with the fold's as dev. */
    CheapModels fold(int fold) {
        if (ofFolds.isEmpty()) {
            Rows all = splits.train();
            List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
            Folds of = folds.orElseThrow();
            for (int f = 0; f < of.count(); f++) {
                int[] training = of.training(f, places).stream().mapToInt(Integer::intValue).toArray();
                int[] heldOut = of.heldOut(f, places).stream().mapToInt(Integer::intValue).toArray();
                ofFolds.add(new CheapModels(
                        labels,
                        new Splits<>(all.with(of.training(f, all.rows())), all.with(of.heldOut(f, all.rows()))),
                        Optional.empty(), () -> vectors().fold(training, heldOut), beforeWork));
            }
        }
        return ofFolds.get(fold);
    }

    WordModel words() {
        if (words == null) {
            beforeWork.run();
            words = WordModel.of(labels, splits.train());
        }
        return words;
    }

    /** The vectors of all splits' texts by the encoder before fine-tuning. */
    PooledVectors vectors() throws IOException {
        if (vectors == null) {
            vectors = reading.get();
        }
        return vectors;
    }

    /** The head on the frozen encoder, with the better pooling of the two. */
    FrozenModel frozen() throws IOException {
        if (frozen == null) {
            PooledVectors read = vectors();
            beforeWork.run();
            frozen = FrozenModel.of(labels, splits.train(), read);
        }
        return frozen;
    }

    /** The head on the frozen encoder, with this pooling. */
    FrozenModel frozen(Pooling pooling) throws IOException {
        if (frozen != null && frozen.pooling() == pooling) {
            return frozen;
        }
        if (!byPooling.containsKey(pooling)) {
            byPooling.put(pooling, FrozenModel.of(labels, splits.train(), vectors(), pooling));
        }
        return byPooling.get(pooling);
    }

    /** The first weights of a head by name; empty for random ones. */
    Optional<Map<String, Tensor>> head(JobConfig.Head head, NetworkConfig network) throws IOException {
        return head.fromRegression() ? Optional.of(frozen(network.pooling()).head(network)) : Optional.empty();
    }

    /** The logits of the held-out rows by words, all terms counted, (N, C) row-major. */
    Map<Split, float[]> wordLogits() throws IOException {
        return heldOut((models, split) -> models.words().logits(models.splits.of(split)));
    }

    /** The same by the lexicon, as a release carries it. */
    Map<Split, float[]> lexiconLogits() throws IOException {
        return heldOut((models, split) -> WordModel.logits(models.words().lexicon(), models.splits.of(split)));
    }

    /** The logits of the held-out rows by the head on the frozen encoder, (N, C) row-major. */
    Map<Split, float[]> frozenLogits() throws IOException {
        return heldOut((models, split) -> models.frozen().logits(models.vectors(), split));
    }

    @FunctionalInterface
    private interface Logits {
        float[] of(CheapModels models, Split split) throws IOException;
    }

    /** The logits of dev and test, or of all rows, each by the models of its fold. */
    private Map<Split, float[]> heldOut(Logits logits) throws IOException {
        Map<Split, float[]> found = new EnumMap<>(Split.class);
        if (folds.isEmpty()) {
            for (Split split : splits.heldOut().keySet()) {
                found.put(split, logits.of(this, split));
            }
            return found;
        }
        List<float[]> ofFolds = new ArrayList<>();
        for (int fold = 0; fold < folds.get().count(); fold++) {
            ofFolds.add(logits.of(fold(fold), Split.DEV));
        }
        found.put(Split.OUT_OF_FOLD, folds.get().gather(ofFolds, Regressions.outputs(labels)));
        return found;
    }
}
