package org.scibert.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.scibert.decision.Probabilities;

/** Rows of one class each, ready to be measured as they are or as a sample of them. N rows, C classes. */
final class MultiClassSplit {
    private final int labels;
    private final int[] classes;
    private final int[] called;
    private final double[] losses;
    private final double[] squares;
    /** (C), each class against the others. */
    private final List<Ranking> rankings;
    /** By the probability of the class that a row is called; positive: rightly called. */
    private final Ranking confidence;

    /**
     * @param logits (N, C), calibrated
     * @param classes (N), 0 to C − 1
     */
    MultiClassSplit(double[] logits, int[] classes, int labels) {
        int rows = classes.length;
        this.labels = labels;
        this.classes = classes;
        this.called = new int[rows];
        this.losses = new double[rows];
        this.squares = new double[rows];
        double[][] probabilities = new double[labels][rows]; // (C, N)
        double[] best = new double[rows];
        boolean[] right = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            double[] z = Arrays.copyOfRange(logits, i * labels, (i + 1) * labels);
            double[] p = Probabilities.softmax(z);
            losses[i] = LogLoss.crossEntropy(z, classes[i]);
            for (int c = 0; c < labels; c++) {
                called[i] = z[c] > z[called[i]] ? c : called[i];
                probabilities[c][i] = p[c];
                squares[i] += Math.pow(p[c] - (c == classes[i] ? 1 : 0), 2);
            }
            best[i] = p[called[i]];
            right[i] = called[i] == classes[i];
        }
        this.rankings = IntStream.range(0, labels)
                .mapToObj(c -> new Ranking(probabilities[c], Column.where(classes, c)))
                .toList();
        this.confidence = new Ranking(best, right);
    }

    int rows() {
        return classes.length;
    }

    List<ReliabilityBin> reliability() {
        return Reliability.bins(confidence, DoubleUnaryOperator.identity());
    }

    MultiClassSample all() {
        return sample(Resample.once(rows()));
    }

    /** @param times how often each row stands in the sample, (N) */
    MultiClassSample sample(int[] times) {
        int[][] counts = new int[labels][labels];
        for (int i = 0; i < classes.length; i++) {
            counts[classes[i]][called[i]] += times[i];
        }
        return new MultiClassSample(
                counts,
                rankings.stream().map(ranking -> ranking.resampled(times)).toList(),
                Resample.mean(losses, times),
                Resample.mean(squares, times),
                Reliability.error(
                        Reliability.bins(confidence.resampled(times), DoubleUnaryOperator.identity())));
    }
}
