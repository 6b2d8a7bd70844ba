package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.scibert.decision.Probabilities;
import org.scibert.training.evaluation.Bootstrap.Measure;

/** A split of rows of one class each. N rows, C classes. */
final class MultiClassSplit implements MeasuredSplit {
    private static final List<Measure<Sample>> MEASURES = List.of(
            new Measure<>("loss", Sample::loss),
            new Measure<>("accuracy", Sample::accuracy),
            new Measure<>("macroF1", s -> s.confusion().macroF1()),
            new Measure<>("microF1", Sample::microF1),
            new Measure<>("mcc", Sample::mcc),
            new Measure<>("rocAuc", Sample::rocAuc),
            new Measure<>("prAuc", Sample::prAuc),
            new Measure<>("brier", Sample::brier),
            new Measure<>("ece", Sample::ece));

    private final List<String> labels;
    private final int[] classes;
    private final Scores before;
    private final Scores after;

    /**
     * @param before (N, C), logits
     * @param after (N, C), calibrated logits
     * @param classes (N), 0 to C − 1
     */
    MultiClassSplit(List<String> labels, double[] before, double[] after, int[] classes) {
        this.labels = labels;
        this.classes = classes;
        this.after = Scores.of(after, classes, labels.size());
        // A temperature changes the order of a class's rows, so that each needs an order of its own.
        this.before = Arrays.equals(before, after) ? this.after : Scores.of(before, classes, labels.size());
    }

    /**
     * What the logits say of the rows.
     *
     * @param predicted (N)
     * @param losses (N)
     * @param squares (N)
     * @param rankings (C), each class against the others, by probability
     * @param confidence by the probability of the predicted class; positive: the prediction is right
     */
    private record Scores(
            int[] predicted, double[] losses, double[] squares, List<Ranking> rankings, Ranking confidence) {

        static Scores of(double[] logits, int[] classes, int labels) {
            int rows = classes.length;
            int[] predicted = new int[rows];
            double[] losses = new double[rows];
            double[] squares = new double[rows];
            double[][] probabilities = new double[labels][rows]; // (C, N)
            boolean[][] is = new boolean[labels][rows]; // (C, N)
            double[] best = new double[rows];
            boolean[] right = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                double[] z = Arrays.copyOfRange(logits, i * labels, (i + 1) * labels); // (C)
                double[] p = Probabilities.softmax(z);
                losses[i] = LogLoss.crossEntropy(z, classes[i]);
                is[classes[i]][i] = true;
                for (int c = 0; c < labels; c++) {
                    predicted[i] = z[c] > z[predicted[i]] ? c : predicted[i];
                    probabilities[c][i] = p[c];
                    squares[i] += Math.pow(p[c] - (c == classes[i] ? 1 : 0), 2);
                }
                best[i] = p[predicted[i]];
                right[i] = predicted[i] == classes[i];
            }
            return new Scores(
                    predicted, losses, squares,
                    IntStream.range(0, labels).mapToObj(c -> new Ranking(probabilities[c], is[c])).toList(),
                    new Ranking(best, right));
        }
    }

    /** The confusion matrix: rows of each class by predicted class, (C, C). */
    private record Confusion(int[][] counts) {

        /** One class against the others. */
        ConfusionCounts of(int label) {
            int right = counts[label][label];
            int predicted = Arrays.stream(counts).mapToInt(row -> row[label]).sum();
            int support = IntStream.of(counts[label]).sum();
            return new ConfusionCounts(
                    right, predicted - right, support - right, rows() - predicted - support + right);
        }

        int rows() {
            return Arrays.stream(counts).flatMapToInt(IntStream::of).sum();
        }

        int right() {
            return IntStream.range(0, counts.length).map(c -> counts[c][c]).sum();
        }

        double macroF1() {
            return IntStream.range(0, counts.length).mapToDouble(c -> of(c).f1()).average().orElseThrow();
        }
    }

    /**
     * What was counted on a sample of the rows.
     *
     * @param rankings (C), each class against the others
     * @param loss mean cross-entropy, in nats
     * @param brier mean squared distance of the probabilities from the class, summed over the classes, in [0, 2]
     * @param ece expected calibration error of the predicted class
     */
    private record Sample(Confusion confusion, List<Ranking> rankings, double loss, double brier, double ece) {

        double accuracy() {
            return (double) confusion.right() / confusion.rows();
        }

        double microF1() {
            return IntStream.range(0, rankings.size())
                    .mapToObj(confusion::of)
                    .reduce(ConfusionCounts.NONE, ConfusionCounts::plus)
                    .f1();
        }

        /** Matthews' correlation for C classes (Gorodkin 2004), in [−1, 1]; 0 where gold or predicted is one class. */
        double mcc() {
            double rows = confusion.rows();
            double right = accuracy() * rows;
            double cross = 0;
            double predictedSquares = 0;
            double goldSquares = 0;
            for (int c = 0; c < rankings.size(); c++) {
                ConfusionCounts counts = confusion.of(c);
                double predicted = counts.predicted();
                cross += predicted * counts.support();
                predictedSquares += predicted * predicted;
                goldSquares += (double) counts.support() * counts.support();
            }
            double product = (rows * rows - predictedSquares) * (rows * rows - goldSquares);
            return product == 0 ? 0 : (right * rows - cross) / Math.sqrt(product);
        }

        Double rocAuc() {
            return Ranking.meanOfDefined(rankings, Ranking::rocAuc);
        }

        Double prAuc() {
            return Ranking.meanOfDefined(rankings, Ranking::averagePrecision);
        }
    }

    private Sample sample(int[] times) {
        return sample(after, times);
    }

    private Sample all(Scores scores) {
        return sample(scores, Resample.once(classes.length));
    }

    private Sample sample(Scores scores, int[] times) {
        return new Sample(
                confusion(scores, times),
                scores.rankings().stream().map(ranking -> ranking.resampled(times)).toList(),
                Resample.mean(scores.losses(), times),
                Resample.mean(scores.squares(), times),
                Reliability.error(reliability(scores.confidence().resampled(times))));
    }

    private Confusion confusion(Scores scores, int[] times) {
        int[][] counts = new int[labels.size()][labels.size()];
        for (int i = 0; i < classes.length; i++) {
            counts[classes[i]][scores.predicted()[i]] += times[i];
        }
        return new Confusion(counts);
    }

    private static List<Reliability.Bin> reliability(Ranking confidence) {
        return Reliability.bins(confidence, DoubleUnaryOperator.identity());
    }

    @Override
    public Metrics.MultiClass metrics() {
        Sample all = all(after);
        List<Metrics.OfClass> perClass = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            ConfusionCounts counts = all.confusion().of(c);
            perClass.add(new Metrics.OfClass(
                    labels.get(c), counts.precision(), counts.recall(), counts.f1(), counts.support()));
        }
        return new Metrics.MultiClass(
                classes.length, all.loss(), all.accuracy(), all.confusion().macroF1(), all.microF1(), perClass);
    }

    @Override
    public Details.MultiClass details() {
        List<Measure<Sample>> measures = new ArrayList<>(MEASURES);
        IntStream.range(0, labels.size()).forEach(c -> measures.addAll(ofClass(c)));
        Bootstrap<Sample> bootstrap = new Bootstrap<>(classes.length, this::sample, measures, Bootstrap.SEED);
        Sample all = all(after);
        Sample uncalibrated = all(before);
        List<Details.OfClass> perClass = new ArrayList<>();
        int each = ofClass(0).size();
        for (int c = 0; c < labels.size(); c++) {
            Ranking ranking = all.rankings().get(c);
            int first = MEASURES.size() + c * each;
            perClass.add(new Details.OfClass(
                    labels.get(c), ranking.rocAuc(), ranking.averagePrecision(),
                    bootstrap.intervals(first, first + each)));
        }
        return new Details.MultiClass(
                Arrays.stream(all.confusion().counts()).map(row -> Arrays.stream(row).boxed().toList()).toList(),
                all.mcc(),
                all.rocAuc(),
                all.prAuc(),
                uncalibrated.loss(),
                all.brier(),
                uncalibrated.brier(),
                all.ece(),
                uncalibrated.ece(),
                reliability(after.confidence()),
                reliability(before.confidence()),
                bootstrap.intervals(0, MEASURES.size()),
                perClass);
    }

    private static List<Measure<Sample>> ofClass(int label) {
        return List.of(
                new Measure<>("precision", s -> s.confusion().of(label).precision()),
                new Measure<>("recall", s -> s.confusion().of(label).recall()),
                new Measure<>("f1", s -> s.confusion().of(label).f1()),
                new Measure<>("rocAuc", s -> s.rankings().get(label).rocAuc()),
                new Measure<>("prAuc", s -> s.rankings().get(label).averagePrecision()));
    }

    @Override
    public List<LabelCurves> curves() {
        return IntStream.range(0, labels.size())
                .mapToObj(c -> LabelCurves.of(
                        labels.get(c), after.rankings().get(c), before.rankings().get(c),
                        DoubleUnaryOperator.identity()))
                .toList();
    }

    @Override
    public Double selectionScore(int[] times) {
        return confusion(after, times).macroF1();
    }
}
