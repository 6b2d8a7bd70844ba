package org.scibert.training.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.decision.Probabilities;
import org.scibert.training.evaluation.Bootstrap.Measure;
import org.scibert.training.evaluation.Details.Interval;

/** A split of rows that have one label or don't. N rows. */
final class BinarySplit implements MeasuredSplit {
    /** What the bootstrap draws intervals of, by key of JSON. */
    static final List<Measure<Sample>> MEASURES = List.of(
            new Measure<>("loss", Sample::loss),
            new Measure<>("accuracy", s -> s.counts().accuracy()),
            new Measure<>("precision", s -> s.counts().precision()),
            new Measure<>("recall", s -> s.counts().recall()),
            new Measure<>("f1", s -> s.counts().f1()),
            new Measure<>("macroF1", Sample::macroF1),
            new Measure<>("rocAuc", s -> s.ranking().rocAuc()),
            new Measure<>("prAuc", s -> s.ranking().averagePrecision()),
            new Measure<>("mcc", s -> s.counts().mcc()),
            new Measure<>("brier", Sample::brier),
            new Measure<>("ece", Sample::ece),
            new Measure<>("wss95", Sample::wss95),
            new Measure<>("recallAtTop5", s -> s.ranking().recallAtTop(0.05)),
            new Measure<>("recallAtTop10", s -> s.ranking().recallAtTop(0.10)),
            new Measure<>("recallAtTop20", s -> s.ranking().recallAtTop(0.20)),
            new Measure<>("recallAtTop50", s -> s.ranking().recallAtTop(0.50)));

    private final String label;
    private final double threshold;
    private final boolean[] positive;
    private final boolean[] predicted;
    private final Scores before;
    private final Scores after;

    /**
     * @param before (N), logits
     * @param after (N), calibrated logits: a rising line of those before
     * @param positive (N)
     * @param threshold calibrated probability from which a row is predicted positive
     */
    BinarySplit(String label, double[] before, double[] after, boolean[] positive, double threshold) {
        this.label = label;
        this.threshold = threshold;
        this.positive = positive;
        this.predicted = new boolean[positive.length];
        for (int i = 0; i < positive.length; i++) {
            predicted[i] = Probabilities.sigmoid(after[i]) >= threshold;
        }
        // By logit: far from 0, different logits have equal probabilities.
        Ranking ranking = new Ranking(before, positive);
        this.before = Scores.of(before, positive, ranking);
        this.after = Scores.of(after, positive, ranking.rescored(after));
    }

    /** The rows' losses and squared errors, (N) each, and their ranking by logit. */
    private record Scores(double[] losses, double[] squares, Ranking ranking) {

        static Scores of(double[] logits, boolean[] positive, Ranking ranking) {
            double[] losses = new double[logits.length];
            double[] squares = new double[logits.length];
            for (int i = 0; i < logits.length; i++) {
                losses[i] = LogLoss.binary(logits[i], positive[i]);
                squares[i] = Math.pow(Probabilities.sigmoid(logits[i]) - (positive[i] ? 1 : 0), 2);
            }
            return new Scores(losses, squares, ranking);
        }
    }

    /**
     * What was counted on a sample of the rows.
     *
     * @param ranking by logit
     * @param loss mean log loss, in nats
     * @param brier mean squared distance of the probability from 0 or 1
     * @param ece expected calibration error
     */
    record Sample(ConfusionCounts counts, Ranking ranking, double loss, double brier, double ece) {
        private static final double SCREENING_RECALL = 0.95;

        double macroF1() {
            return (counts.f1() + counts.negated().f1()) / 2;
        }

        Double wss95() {
            return ranking.workSaved(SCREENING_RECALL);
        }
    }

    int rows() {
        return positive.length;
    }

    /** @param times how often each row stands in the sample, (N) */
    Sample sample(int[] times) {
        return sample(after, times);
    }

    /** All rows. */
    Sample all() {
        return sample(after, Resample.once(rows()));
    }

    /** All rows before calibration. */
    Sample allBefore() {
        return sample(before, Resample.once(rows()));
    }

    private Sample sample(Scores scores, int[] times) {
        Ranking ranking = scores.ranking().resampled(times);
        return new Sample(
                counts(times),
                ranking,
                Resample.mean(scores.losses(), times),
                Resample.mean(scores.squares(), times),
                Reliability.error(Reliability.bins(ranking, Probabilities::sigmoid)));
    }

    ConfusionCounts counts(int[] times) {
        return ConfusionCounts.of(positive, predicted, times);
    }

    @Override
    public Metrics.Binary metrics() {
        Sample all = all();
        return new Metrics.Binary(
                rows(),
                all.counts().support(),
                all.loss(),
                all.counts().accuracy(),
                all.counts().precision(),
                all.counts().recall(),
                all.counts().f1(),
                all.macroF1(),
                all.ranking().rocAuc(),
                all.ranking().averagePrecision());
    }

    @Override
    public Details.Binary details() {
        return details(new Bootstrap<>(rows(), this::sample, MEASURES, Bootstrap.SEED).intervals(0, MEASURES.size()));
    }

    Details.Binary details(Map<String, Interval> intervals) {
        Sample all = all();
        Sample uncalibrated = allBefore();
        ConfusionCounts counts = all.counts();
        return new Details.Binary(
                threshold,
                List.of(
                        List.of(counts.trueNegatives(), counts.falsePositives()),
                        List.of(counts.falseNegatives(), counts.truePositives())),
                counts.mcc(),
                uncalibrated.loss(),
                all.brier(),
                uncalibrated.brier(),
                all.ece(),
                uncalibrated.ece(),
                all.wss95(),
                all.ranking().recallAtTop(0.05),
                all.ranking().recallAtTop(0.10),
                all.ranking().recallAtTop(0.20),
                all.ranking().recallAtTop(0.50),
                new LinkedHashMap<>(intervals));
    }

    @Override
    public List<LabelCurves> curves() {
        return List.of(LabelCurves.of(label, after.ranking(), before.ranking(), Probabilities::sigmoid));
    }

    @Override
    public Double selectionScore(int[] times) {
        return after.ranking().resampled(times).averagePrecision();
    }
}
