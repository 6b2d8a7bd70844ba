package org.scibert.training.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What was counted on multi-class rows, or on a sample of them.
 *
 * @param counts (C, C): rows of each class by what they are called
 * @param rankings (C), each class against the others
 * @param loss mean cross-entropy, in nats
 * @param brier mean squared distance of the probabilities from the class, summed over the classes, in [0, 2]
 * @param ece expected calibration error of the class called
 */
record MultiClassSample(int[][] counts, List<Ranking> rankings, double loss, double brier, double ece) {

    /** One class against the others. */
    Outcomes outcomes(int label) {
        int right = counts[label][label];
        int called = IntStream.range(0, counts.length).map(gold -> counts[gold][label]).sum();
        int are = IntStream.of(counts[label]).sum();
        return new Outcomes(right, called - right, are - right, rows() - called - are + right);
    }

    int rows() {
        return rankings.get(0).rows();
    }

    double accuracy() {
        return (double) IntStream.range(0, counts.length).map(c -> counts[c][c]).sum() / rows();
    }

    double macroF1() {
        return IntStream.range(0, counts.length).mapToDouble(c -> outcomes(c).f1()).average().orElseThrow();
    }

    double microF1() {
        return IntStream.range(0, counts.length).mapToObj(this::outcomes).reduce(Outcomes.NONE, Outcomes::plus).f1();
    }

    /** Matthews' correlation for C classes (Gorodkin 2004), in [−1, 1]; 0 where rows or calls are all of one class. */
    double mcc() {
        double rows = rows();
        double right = accuracy() * rows;
        double cross = 0;
        double calledSquares = 0;
        double goldSquares = 0;
        for (int c = 0; c < counts.length; c++) {
            Outcomes o = outcomes(c);
            double called = o.truePositives() + o.falsePositives();
            cross += called * o.positives();
            calledSquares += called * called;
            goldSquares += (double) o.positives() * o.positives();
        }
        double product = (rows * rows - calledSquares) * (rows * rows - goldSquares);
        return product == 0 ? 0 : (right * rows - cross) / Math.sqrt(product);
    }

    Double rocAuc() {
        return Means.ofDefined(rankings, Ranking::rocAuc);
    }

    Double prAuc() {
        return Means.ofDefined(rankings, Ranking::averagePrecision);
    }
}
