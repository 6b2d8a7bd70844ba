package org.scibert.training.job;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.scibert.network.Pooling;
import org.scibert.training.baseline.FrozenModel;
import org.scibert.training.baseline.PooledVectors;
import org.scibert.training.baseline.WordModel;

/**
 * The models that cost seconds and one forward pass, for baselines, the head's first weights and the choice of what is
 * released. Each is made when it is first asked for. Not thread-safe.
 */
final class CheapModels {
    private final PreparedData prepared;
    private final Interruption interruption;
    private WordModel words;
    private PooledVectors vectors;
    private FrozenModel frozen;
    private final Map<Pooling, FrozenModel> byPooling = new EnumMap<>(Pooling.class);

    CheapModels(PreparedData prepared, Interruption interruption) {
        this.prepared = prepared;
        this.interruption = interruption;
    }

    WordModel words() {
        if (words == null) {
            interruption.run();
            words = WordModel.of(prepared.labels(), prepared.splits().train());
        }
        return words;
    }

    /** The vectors of all splits' texts by the encoder before fine-tuning. */
    PooledVectors vectors() throws IOException {
        if (vectors == null) {
            vectors = PooledVectors.of(
                    prepared.model().network(), prepared.encoder().weights(), prepared.encodings(),
                    prepared.tokenizer().padId(), prepared.device().device(), interruption);
        }
        return vectors;
    }

    /** The head on the frozen encoder, with the better pooling of the two. */
    FrozenModel frozen() throws IOException {
        if (frozen == null) {
            PooledVectors read = vectors();
            interruption.run();
            frozen = FrozenModel.of(prepared.labels(), prepared.splits().train(), read);
        }
        return frozen;
    }

    /** The head on the frozen encoder, with this pooling. */
    FrozenModel frozen(Pooling pooling) throws IOException {
        if (frozen != null && frozen.pooling() == pooling) {
            return frozen;
        }
        if (!byPooling.containsKey(pooling)) {
            byPooling.put(pooling, FrozenModel.of(prepared.labels(), prepared.splits().train(), vectors(), pooling));
        }
        return byPooling.get(pooling);
    }
}
