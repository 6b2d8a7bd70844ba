package org.scibert.training.lexical;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.io.Sha256;
import org.scibert.network.Pooling;
import org.scibert.training.baseline.FrozenModel;
import org.scibert.training.baseline.Settings;
import org.scibert.training.baseline.WordModel;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.ThresholdRule.BestF1;
import org.scibert.training.lexical.CandidateModels.Untrained;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;

/** Logits are drawn around the labels; the frozen encoder's are noise. Every fifth row is positive. */
class LexicalChoiceTest {
    private static final LabelSet LABELS = new LabelSet(Task.BINARY, List.of("0", "1"));

    @Test
    void onFewPositivesTheFineTunedEncoderMustBeBetterByAStandardError() {
        LexicalChoice near = choice(100, 300, 1.3, 2.2);
        assertThat(near.scores().get(Candidate.ENCODER_AND_WORDS))
                .isGreaterThan(near.scores().entrySet().stream()
                        .filter(score -> !score.getKey().isFineTuned())
                        .mapToDouble(score -> score.getValue())
                        .max()
                        .orElseThrow());
        assertThat(near.released().isFineTuned()).as(near.sentence(Split.DEV)).isFalse();
        assertThat(near.rule()).startsWith("within one standard error of ").endsWith(" on the same 20 positives");

        LexicalChoice far = choice(100, 300, 4, 0.5);
        assertThat(far.released().isFineTuned()).as(far.sentence(Split.DEV)).isTrue();
        assertThat(far.rule()).isEqualTo("the best, as there are only 20 positives to choose by");
    }

    @Test
    void inACrossValidationTheBestIsTaken() {
        LexicalChoice near = choice(100, 0, 1.3, 2.2);
        assertThat(near.released().isFineTuned()).as(near.sentence(Split.OUT_OF_FOLD)).isTrue();
        assertThat(near.sentence(Split.OUT_OF_FOLD)).contains("prAuc out of fold: ");
    }

    /**
     * @param dev rows to choose by
     * @param more rows that what needs no fine-tuning is weighed on besides
     * @param encoder how far the encoder's logits of the two labels lie from 0, against noise of 1
     * @param words the same of the words'
     */
    private static LexicalChoice choice(int dev, int more, double encoder, double words) {
        Rows wide = rows(more + dev);
        Rows chosenBy = wide.with(wide.rows().subList(more, more + dev));
        float[] frozen = logits(wide, 0, 1);
        float[] lexicon = logits(wide, words / 2, 2);
        Untrained onDev = new Untrained(chosenBy, last(frozen, dev), last(lexicon, dev));
        FrozenModel head = new FrozenModel(
                new Settings(1, false), Pooling.CLS, new int[0], new float[1], new float[1], new float[] {1});
        return LexicalChoice.of(
                LexicalMode.AUTO, LABELS, new DecisionConfig(new BestF1(), Optional.empty(), 0.95),
                new CandidateModels(
                        logits(chosenBy, encoder / 2, 3), new float[] {1}, WordModel.of(LABELS, chosenBy), head, onDev,
                        onDev.words(), new Untrained(wide, frozen, lexicon)));
    }

    private static float[] last(float[] logits, int count) {
        return Arrays.copyOfRange(logits, logits.length - count, logits.length);
    }

    private static float[] logits(Rows rows, double strength, int seed) {
        Random random = new Random(seed);
        float[] logits = new float[rows.size()];
        for (int i = 0; i < logits.length; i++) {
            boolean positive = rows.rows().get(i).labels().contains("1");
            logits[i] = (float) (random.nextGaussian() + (positive ? strength : -strength));
        }
        return logits;
    }

    private static Rows rows(int count) {
        List<Row> rows = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> rows.add(new Row(
                i + 1, "id" + i, Sha256.hex(new byte[] {(byte) i, (byte) (i >> 8)}), List.of(i % 5 == 0 ? "1" : "0"))));
        return new Rows(Path.of("rows.jsonl"), "0".repeat(64), false, rows);
    }
}
