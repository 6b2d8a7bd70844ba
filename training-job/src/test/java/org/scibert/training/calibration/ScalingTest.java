package org.scibert.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Probabilities;

class ScalingTest {
    private static final Offset<Double> TOLERANCE = within(1e-7);

    @Test
    void plattIsScikitLearnsSigmoidCalibration() {
        // sklearn.calibration._SigmoidCalibration().fit(z, y), 61 of 200 positive
        double[] z = new double[200];
        boolean[] positive = new boolean[200];
        for (int i = 0; i < 200; i++) {
            z[i] = i * 37 % 101 / 25. - 2;
            positive[i] = i * 53 % 103 < i * 37 % 101 * 0.6;
        }
        FittedDecisions.Line line = PlattScaling.fit("1", z, positive, 3);
        assertThat(line.method()).isEqualTo(FittedDecisions.Method.PLATT);
        assertThat(line.slope()).isEqualTo(0.74978826, TOLERANCE);
        assertThat(line.intercept()).isEqualTo(-0.96835143, TOLERANCE);
        assertThat(line.note()).isNull();
    }

    @Test
    void temperatureIsWhereSciPyFindsTheSlopesRoot() {
        double[] z = new double[270];
        int[] classes = new int[90];
        for (int i = 0; i < 90; i++) {
            z[3 * i] = i * 37 % 101 / 20. - 2;
            z[3 * i + 1] = i * 59 % 103 / 20. - 2;
            z[3 * i + 2] = i * 71 % 107 / 20. - 2;
            int best = z[3 * i + 1] > z[3 * i] ? 1 : 0;
            best = z[3 * i + 2] > z[3 * i + best] ? 2 : best;
            classes[i] = i * 41 % 7 < 4 ? best : i * 3 % 3;
        }
        FittedDecisions.Line line = TemperatureScaling.fit(z, classes);
        assertThat(line.method()).isEqualTo(FittedDecisions.Method.TEMPERATURE);
        assertThat(line.slope()).isEqualTo(0.43631414983470035, TOLERANCE);
        assertThat(line.intercept()).isZero();
    }

    @Test
    void posWeightIsUndone() {
        // honest logits, raised by ln 8 as training with pos_weight 8 does; the fit must find its way back
        Random random = new Random(1);
        double[] z = new double[20_000];
        boolean[] positive = new boolean[z.length];
        for (int i = 0; i < z.length; i++) {
            double honest = 2 * random.nextGaussian() - 2;
            positive[i] = random.nextDouble() < Probabilities.sigmoid(honest);
            z[i] = honest + Math.log(8);
        }
        FittedDecisions.Line line = PlattScaling.fit("1", z, positive, 8);
        assertThat(line.slope()).isEqualTo(1, within(0.05));
        assertThat(line.intercept()).isEqualTo(-Math.log(8), within(0.1));
    }

    @Test
    void withFewPositivesOnlyPosWeightIsUndone() {
        double[] z = new double[100];
        boolean[] positive = new boolean[100];
        Arrays.fill(positive, 0, 19, true);
        FittedDecisions.Line line = PlattScaling.fit("include", z, positive, 4);
        assertThat(line)
                .isEqualTo(new FittedDecisions.Line("include", FittedDecisions.Method.PRIOR_SHIFT, 1, -Math.log(4),
                "19 rows to calibrate by with and 81 without the label \"include\"; a fit needs at least 20 of both,"
                        + " so only pos_weight is undone; label more"));
        assertThat(PlattScaling.fit("a", z, new boolean[100], 1).intercept()).isZero();
    }

    @Test
    void scoresThatRiseTheWrongWayOrNotAtAllAreNotFitted() {
        double[] z = new double[100];
        boolean[] positive = new boolean[100];
        for (int i = 0; i < 100; i++) {
            z[i] = i;
            positive[i] = i < 50;
        }
        FittedDecisions.Line reversed = PlattScaling.fit("1", z, positive, 2);
        assertThat(reversed.method()).isEqualTo(FittedDecisions.Method.PRIOR_SHIFT);
        assertThat(reversed.intercept()).isEqualTo(-Math.log(2));
        assertThat(reversed.note()).contains("does not rise with the model's score");
        FittedDecisions.Line constant = PlattScaling.fit("1", new double[100], positive, 2);
        assertThat(constant.slope()).isPositive();
        assertThat(Probabilities.sigmoid(constant.intercept())).isBetween(0., 1.);

        double[] wrong = new double[60];
        int[] classes = new int[30];
        for (int i = 0; i < 30; i++) {
            classes[i] = i % 2;
            wrong[2 * i + 1 - classes[i]] = 3;
        }
        FittedDecisions.Line temperature = TemperatureScaling.fit(wrong, classes);
        assertThat(temperature.method()).isEqualTo(FittedDecisions.Method.NONE);
        assertThat(temperature.slope()).isEqualTo(1);
    }

    @Test
    void withoutAnErrorOnDevProbabilitiesStayWithinWhatItsRowsShow() {
        double[] z = new double[100];
        boolean[] positive = new boolean[100];
        for (int i = 0; i < 100; i++) {
            positive[i] = i % 2 == 0;
            z[i] = positive[i] ? 9 : -9;
        }
        FittedDecisions.Line line = PlattScaling.fit("1", z, positive, 1);
        assertThat(Probabilities.sigmoid(9 * line.slope() + line.intercept())).isEqualTo(51. / 52, TOLERANCE);
        assertThat(Probabilities.sigmoid(-9 * line.slope() + line.intercept())).isEqualTo(1. / 52, TOLERANCE);

        double[] both = new double[200]; // the same as two classes: (-z/2, z/2)
        int[] classes = new int[100];
        for (int i = 0; i < 100; i++) {
            both[2 * i] = -z[i] / 2;
            both[2 * i + 1] = z[i] / 2;
            classes[i] = positive[i] ? 1 : 0;
        }
        FittedDecisions.Line temperature = TemperatureScaling.fit(both, classes);
        assertThat(Probabilities.sigmoid(9 * temperature.slope())).isEqualTo(51. / 52, TOLERANCE);
    }
}
