package org.scibert.training.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Probabilities;
import org.scibert.decision.Task;
import org.scibert.io.Sha256;
import org.scibert.lexicon.Blend;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;

/** Rows are drawn from a blend that is known, so that the fit must find it again; their texts share nothing. */
class BlendFittingTest {
    private static final int ROWS = 4000;

    @ParameterizedTest
    @EnumSource(value = Task.class, names = {"BINARY", "MULTI_LABEL"})
    void theFactorsThatMadeTheLabelsAreFound(Task task) {
        LabelSet labels = labels(task);
        float[] network = normal(labels, 1);
        float[] words = normal(labels, 2);
        Rows rows = drawn(labels, network, words, 1, 0.5, -1);
        Blend blend = BlendFitting.fit(labels, rows, network, words).orElseThrow();
        for (int c = 0; c < blend.outputs(); c++) {
            assertThat(blend.network().get(c)).isEqualTo(1, within(0.12));
            assertThat(blend.words().get(c)).isEqualTo(0.5, within(0.12));
            assertThat(blend.intercepts().get(c)).isEqualTo(-1, within(0.12));
        }
    }

    @Test
    void classesShareTheirFactors() {
        LabelSet labels = labels(Task.MULTI_CLASS);
        float[] network = normal(labels, 1);
        float[] words = normal(labels, 2);
        Blend blend = BlendFitting.fit(labels, classes(labels, network, words, 1, 0.5), network, words).orElseThrow();
        assertThat(blend.network()).hasSize(3).allSatisfy(a -> assertThat(a).isEqualTo(1, within(0.1)));
        assertThat(blend.words()).allSatisfy(b -> assertThat(b).isEqualTo(0.5, within(0.1)));
        assertThat(blend.intercepts()).containsOnly(0.);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void wordsThatMisleadDoNotCount(Task task) {
        LabelSet labels = labels(task);
        float[] network = normal(labels, 1);
        float[] words = normal(labels, 2);
        Rows rows = task == Task.MULTI_CLASS
                ? classes(labels, network, words, 1, -0.5)
                : drawn(labels, network, words, 1, -0.5, 0);
        assertThat(BlendFitting.fit(labels, rows, network, words)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void aNetworkThatMisleadsDoesNotCount(Task task) {
        LabelSet labels = labels(task);
        float[] network = normal(labels, 1);
        float[] words = normal(labels, 2);
        Rows rows = task == Task.MULTI_CLASS
                ? classes(labels, network, words, -0.5, 1)
                : drawn(labels, network, words, -0.5, 1, 0);
        assertThat(BlendFitting.fit(labels, rows, network, words).orElseThrow().isWordsAlone()).isTrue();
    }

    /** By hand the other way round: a row's logit does not depend on its own label. */
    @Test
    void outOfFoldLogitsDoNotKnowTheRowsLabel() {
        LabelSet labels = labels(Task.BINARY);
        float[] noise = normal(labels, 1);
        float[] other = normal(labels, 2);
        Rows rows = drawn(labels, noise, other, 0, 0, 0);
        float[] logits = BlendFitting.outOfFold(labels, rows, noise, other);
        double[] mean = new double[2];
        int[] count = new int[2];
        for (int i = 0; i < ROWS; i++) {
            int label = rows.rows().get(i).labels().contains("1") ? 1 : 0;
            mean[label] += logits[i];
            count[label]++;
        }
        assertThat(mean[1] / count[1] - mean[0] / count[0]).isLessThan(0.01);
        assertThat(logits).containsExactly(BlendFitting.outOfFold(labels, rows, noise, other));
    }

    @Test
    void oneRowOrOneLabelIsNoFailure() {
        LabelSet labels = labels(Task.BINARY);
        Rows one = rows(List.of(List.of("1")));
        assertThat(BlendFitting.fit(labels, one, new float[] {1}, new float[] {2})).isEmpty();
        assertThat(BlendFitting.outOfFold(labels, one, new float[] {1}, new float[] {2})).hasSize(1);
    }

    private static LabelSet labels(Task task) {
        return new LabelSet(task, task == Task.BINARY ? List.of("0", "1") : List.of("a", "b", "c"));
    }

    private static float[] normal(LabelSet labels, int seed) {
        Random random = new Random(seed);
        float[] values = new float[ROWS * labels.task().outputs(labels.labels().size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextGaussian());
        }
        return values;
    }

    private static Rows drawn(LabelSet labels, float[] network, float[] words, double a, double b, double c) {
        Random random = new Random(3);
        int outputs = labels.task().outputs(labels.labels().size());
        List<List<String>> drawn = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            List<String> own = new ArrayList<>();
            for (int o = 0; o < outputs; o++) {
                double z = a * network[i * outputs + o] + b * words[i * outputs + o] + c;
                if (random.nextDouble() < Probabilities.sigmoid(z)) {
                    own.add(labels.labels().get(labels.labels().size() - outputs + o));
                }
            }
            drawn.add(outputs == 1 && own.isEmpty() ? List.of("0") : own);
        }
        return rows(drawn);
    }

    private static Rows classes(LabelSet labels, float[] network, float[] words, double a, double b) {
        Random random = new Random(3);
        List<List<String>> drawn = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int row = i;
            double[] p = Probabilities.softmax(IntStream.range(0, 3)
                    .mapToDouble(c -> a * network[row * 3 + c] + b * words[row * 3 + c])
                    .toArray());
            double u = random.nextDouble();
            drawn.add(List.of(labels.labels().get(u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2)));
        }
        return rows(drawn);
    }

    private static Rows rows(List<List<String>> labels) {
        return new Rows(Path.of("rows.jsonl"), "0".repeat(64), true, IntStream.range(0, labels.size())
                .mapToObj(i ->
                        new Row(i + 1, "id" + i, Sha256.hex(new byte[] {(byte) i, (byte) (i >> 8)}), labels.get(i)))
                .toList());
    }
}
