package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.training.evaluation.Bootstrap.Measure;
import org.scibert.training.evaluation.Details.Interval;

class BootstrapTest {
    private static final List<Measure<Double>> MEAN = List.of(new Measure<>("mean", m -> m));

    @Test
    void theIntervalOfAShareIsTheNormalOneForManyRows() {
        // 300 of 1000: 0.3 ± 1.96 √(0.3 · 0.7 / 1000)
        double[] values = IntStream.range(0, 1000).mapToDouble(i -> i < 300 ? 1 : 0).toArray();
        Interval interval = mean(values, 1);
        assertThat(interval.low()).isEqualTo(0.3 - 0.0284, within(0.003));
        assertThat(interval.high()).isEqualTo(0.3 + 0.0284, within(0.003));
    }

    @Test
    void theSameSeedGivesTheSameIntervalsAndAnotherDoesNot() {
        double[] values = new Random(0).doubles(50).toArray();
        assertThat(mean(values, 7)).isEqualTo(mean(values, 7)).isNotEqualTo(mean(values, 8));
    }

    @Test
    void whatNeverVariesHasAnIntervalOfNoWidth() {
        assertThat(mean(new double[] {2, 2, 2}, 1)).isEqualTo(new Interval(2, 2));
    }

    @Test
    void samplesWithoutAValueAreLeftOutAndTooManyOfThemLeaveNone() {
        // of 4 rows drawn, none is the first in (3/4)^4 = 32 % of the samples
        List<Measure<int[]>> measures = List.of(
                new Measure<>("mostly", times -> times[0] == 0 ? null : 1.),
                new Measure<>("seldom", times -> times[0] == 0 ? 1. : null));
        Bootstrap<int[]> bootstrap = new Bootstrap<>(4, times -> times, measures, 1);
        assertThat(bootstrap.intervals(0, 2)).isEqualTo(Map.of("mostly", new Interval(1, 1)));
    }

    @Test
    void intervalsHoldWhatWasMeasured() {
        Random random = new Random(5);
        int[] classes = new int[300];
        float[] logits = new float[300];
        for (int i = 0; i < 300; i++) {
            classes[i] = i % 4 == 0 ? 1 : 0;
            logits[i] = (float) (random.nextGaussian() + 2 * classes[i] - 1);
        }
        Metrics.Binary m =
                (Metrics.Binary) MeasuredSplit.of(LabelledRows.BINARY, LabelledRows.rows(classes), logits).metrics();
        Details.Binary d = LabelledRows.details(logits, classes);
        assertThat(d.intervals().keySet()).containsExactly("loss", "accuracy", "precision", "recall", "f1", "macroF1",
                "rocAuc", "prAuc", "mcc", "brier", "ece", "wss95", "recallAtTop5", "recallAtTop10", "recallAtTop20",
                "recallAtTop50");
        assertHolds(d, "loss", m.loss());
        assertHolds(d, "accuracy", m.accuracy());
        assertHolds(d, "precision", m.precision());
        assertHolds(d, "recall", m.recall());
        assertHolds(d, "f1", m.f1());
        assertHolds(d, "macroF1", m.macroF1());
        assertHolds(d, "rocAuc", m.rocAuc());
        assertHolds(d, "prAuc", m.prAuc());
        assertHolds(d, "mcc", d.mcc());
        assertHolds(d, "brier", d.brier());
        assertHolds(d, "wss95", d.wss95());
        assertHolds(d, "recallAtTop5", d.recallAtTop5());
        assertHolds(d, "recallAtTop20", d.recallAtTop20());
        assertThat(LabelledRows.details(logits, classes)).isEqualTo(d);
    }

    private static void assertHolds(Details.Binary details, String measure, double value) {
        Interval interval = details.intervals().get(measure);
        assertThat(value).as(measure).isStrictlyBetween(interval.low(), interval.high());
    }

    private static Interval mean(double[] values, long seed) {
        return new Bootstrap<>(values.length, times -> Resample.mean(values, times), MEAN, seed)
                .intervals(0, 1).get("mean");
    }
}
