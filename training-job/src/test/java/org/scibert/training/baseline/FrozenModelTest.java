package org.scibert.training.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.io.Sha256;
import org.scibert.network.Pooling;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;

/**
 * References: scikit-learn 1.9.1 on the same vectors, StandardScaler and LogisticRegression(C=C, tol=1e-8), with
 * class_weight={0: 1, 1: negatives / positives} where balanced.
 */
class FrozenModelTest {
    private static final LabelSet LABELS = new LabelSet(Task.BINARY, List.of("0", "1"));
    private static final int TRAIN = 300;
    private static final int TEST = 200;

    @Test
    void headsScoreAsScikitLearns() {
        Rows train = rows(0, TRAIN);
        Rows test = rows(1000, TEST);
        FrozenModel plain = FrozenModel.fit(LABELS, train, vectors(), Pooling.MEAN, new Settings(0.01, false));
        float[] logits = plain.logits(vectors(), Split.TEST);
        assertThat(new float[] {logits[0], logits[1], logits[2]})
                .containsExactly(new float[] {-0.57920f, -0.79664f, -1.14954f}, within(0.002f));
        assertThat(MeasuredSplit.of(LABELS, test, logits).metrics().selectionScore())
                .isEqualTo(0.965648, within(0.005));

        FrozenModel balanced = FrozenModel.fit(LABELS, train, vectors(), Pooling.MEAN, new Settings(0.1, true));
        logits = balanced.logits(vectors(), Split.TEST);
        assertThat(new float[] {logits[0], logits[1], logits[2]})
                .containsExactly(new float[] {0.60567f, 0.33811f, -1.66743f}, within(0.002f));
        assertThat(MeasuredSplit.of(LABELS, test, logits).metrics().selectionScore())
                .isEqualTo(0.976062, within(0.005));
    }

    /** [CLS]'s vectors tell nothing here. */
    @Test
    void theVectorThatTellsMoreIsChosen() {
        FrozenModel found = FrozenModel.of(LABELS, rows(0, TRAIN), vectors());
        assertThat(found.pooling()).isEqualTo(Pooling.MEAN);
        assertThat(FrozenModel.of(LABELS, rows(0, TRAIN), vectors()).logits(vectors(), Split.TEST))
                .containsExactly(found.logits(vectors(), Split.TEST));
        assertThat(found.outOfFold(LABELS, rows(0, TRAIN), vectors())).hasSize(TRAIN);
    }

    private static float value(int row, int element) {
        return (row * 37 + element * 101 + row * element * 7) % 97 / 97f;
    }

    private static PooledVectors vectors() {
        Map<Split, float[]> splits = new EnumMap<>(Split.class);
        splits.put(Split.TRAIN, vectors(0, TRAIN));
        splits.put(Split.TEST, vectors(1000, TEST));
        return new PooledVectors(8, splits);
    }

    private static float[] vectors(int start, int count) {
        float[] vectors = new float[count * 16]; // (N, 2, 8)
        for (int i = 0; i < count; i++) {
            for (int h = 0; h < 8; h++) {
                vectors[i * 16 + h] = i % 2;
                vectors[i * 16 + 8 + h] = value(start + i, h);
            }
        }
        return vectors;
    }

    private static Rows rows(int start, int count) {
        return new Rows(Path.of("rows.jsonl"), "0".repeat(64), false, IntStream.range(start, start + count)
                .mapToObj(i -> {
                    double score = 3 * value(i, 0) - 2 * value(i, 3) + value(i, 5) + 0.8 * value(i, 11);
                    return new Row(i + 1, "id", Sha256.hex(new byte[] {(byte) i, (byte) (i >> 8)}),
                            List.of(score > 2.05 ? "1" : "0"));
                })
                .toList());
    }
}
