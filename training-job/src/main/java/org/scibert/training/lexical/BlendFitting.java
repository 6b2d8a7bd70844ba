package org.scibert.training.lexical;

import de.bwaldvogel.liblinear.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.scibert.decision.Probabilities;
import org.scibert.decision.Task;
import org.scibert.lexicon.Blend;
import org.scibert.lexicon.TfIdf;
import org.scibert.training.baseline.LogisticRegression;
import org.scibert.training.baseline.Regressions;
import org.scibert.training.calibration.Newton;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.split.Folds;

/**
 * The factors of a {@link Blend}, fitted to rows that neither model was trained on. N rows, C logits.
 *
 * <p>Binary and multi-label: a logistic regression of each label on the two logits, each of deviation 1, with a mild
 * penalty (C = 1) since rows are few; labels with fewer than {@value #FEWEST} rows on either side share one fit.
 * Multi-class: one factor each for all classes, which minimises the cross-entropy of the softmax. A factor that would
 * be below 0 is 0.
 */
final class BlendFitting {
    private static final int FEWEST = 10;
    private static final double PENALTY = 1;
    private static final int FOLDS = 10;

    private final Task task;
    private final int outputs;

    private BlendFitting(Task task, int outputs) {
        this.task = task;
        this.outputs = outputs;
    }

    /** Factors of one logit. */
    private record Factors(double network, double words, double intercept) {
        static final Factors NETWORK_ALONE = new Factors(1, 0, 0);
    }

    /**
     * Fits a blend.
     *
     * @param network (N, C) row-major
     * @param words (N, C) row-major
     * @return empty if words would not count at all
     */
    static Optional<Blend> fit(LabelSet labels, Rows rows, float[] network, float[] words) {
        List<Factors> factors = new BlendFitting(labels.task(), Regressions.outputs(labels))
                .factors(labels, rows, network, words);
        return factors.stream().noneMatch(f -> f.words > 0)
                ? Optional.empty()
                : Optional.of(new Blend(
                        factors.stream().map(Factors::network).toList(),
                        factors.stream().map(Factors::words).toList(),
                        factors.stream().map(Factors::intercept).toList()));
    }

    /** The blended logits of each row by factors that were fitted without the row's fold, (N, C) row-major. */
    static float[] outOfFold(LabelSet labels, Rows rows, float[] network, float[] words) {
        BlendFitting fitting = new BlendFitting(labels.task(), Regressions.outputs(labels));
        Folds folds = Folds.ofFew(rows, FOLDS);
        float[] blended = new float[network.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            int[] fitted = IntStream.range(0, rows.size()).filter(i -> folds.of(i) != held).toArray();
            if (fitted.length == 0) {
                continue;
            }
            List<Factors> factors = fitting.factors(
                    labels,
                    rows.with(folds.training(fold, rows.rows())),
                    fitting.of(network, fitted),
                    fitting.of(words, fitted));
            for (int i = 0; i < blended.length; i++) {
                if (folds.of(i / fitting.outputs) == held) {
                    Factors f = factors.get(i % fitting.outputs);
                    blended[i] = (float) (f.network * network[i] + f.words * words[i] + f.intercept);
                }
            }
        }
        return blended;
    }

    private float[] of(float[] logits, int[] rows) {
        float[] some = new float[rows.length * outputs];
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(logits, rows[k] * outputs, some, k * outputs, outputs);
        }
        return some;
    }

    private List<Factors> factors(LabelSet labels, Rows rows, float[] network, float[] words) {
        if (task == Task.MULTI_CLASS) {
            return multiClass(labels.classes(rows), network, words);
        }
        List<Factors> factors = new ArrayList<>();
        Factors shared = null;
        for (int c = 0; c < outputs; c++) {
            boolean[] positive = Regressions.positive(labels, rows, c);
            int count = (int) IntStream.range(0, positive.length).filter(i -> positive[i]).count();
            if (outputs == 1 || Math.min(count, positive.length - count) >= FEWEST) {
                factors.add(regression(column(network, c), column(words, c), positive));
            } else {
                shared = shared == null ? shared(labels, rows, network, words) : shared;
                factors.add(shared);
            }
        }
        return factors;
    }

    /** One fit to the rows of all labels. */
    private Factors shared(LabelSet labels, Rows rows, float[] network, float[] words) {
        boolean[] positive = new boolean[network.length];
        for (int c = 0; c < outputs; c++) {
            boolean[] own = Regressions.positive(labels, rows, c);
            for (int i = 0; i < own.length; i++) {
                positive[i * outputs + c] = own[i];
            }
        }
        return regression(doubles(network), doubles(words), positive);
    }

    private static Factors regression(double[] network, double[] words, boolean[] positive) {
        double a = 1 / deviation(network);
        double b = 1 / deviation(words);
        double[] both = regression(positive, scaled(network, a), scaled(words, b));
        if (both[0] < 0 && both[1] < 0) {
            return Factors.NETWORK_ALONE;
        }
        if (both[1] < 0) {
            double[] alone = regression(positive, scaled(network, a));
            return new Factors(Math.max(0, alone[0]) * a, 0, alone[1]);
        }
        if (both[0] < 0) {
            double[] alone = regression(positive, scaled(words, b));
            return new Factors(0, Math.max(0, alone[0]) * b, alone[1]);
        }
        return new Factors(both[0] * a, both[1] * b, both[2]);
    }

    /** The weight of each feature (N), then the intercept. */
    private static double[] regression(boolean[] positive, double[]... features) {
        int[] columns = IntStream.range(0, features.length).toArray();
        Feature[][] nodes = LogisticRegression.features(
                IntStream.range(0, positive.length)
                        .mapToObj(i -> new TfIdf.Vector(
                                columns, Arrays.stream(features).mapToDouble(feature -> feature[i]).toArray()))
                        .toList(),
                features.length);
        LogisticRegression fitted = LogisticRegression.fit(nodes, positive, features.length, PENALTY, 1);
        return DoubleStream.concat(Arrays.stream(fitted.weights()), DoubleStream.of(fitted.intercept())).toArray();
    }

    private List<Factors> multiClass(int[] classes, float[] network, float[] words) {
        double a = 1 / deviation(doubles(network));
        double b = 1 / deviation(doubles(words));
        double[] x = scaled(doubles(network), a);
        double[] y = scaled(doubles(words), b);
        double[] none = new double[x.length];
        Newton.Point both = minimum(classes, x, y);
        Factors factors;
        if (both.a() < 0 && both.b() < 0) {
            factors = Factors.NETWORK_ALONE;
        } else if (both.b() < 0) {
            factors = new Factors(Math.max(0, minimum(classes, x, none).a()) * a, 0, 0);
        } else if (both.a() < 0) {
            factors = new Factors(0, Math.max(0, minimum(classes, none, y).b()) * b, 0);
        } else {
            factors = new Factors(both.a() * a, both.b() * b, 0);
        }
        return Collections.nCopies(outputs, factors);
    }

    private Newton.Point minimum(int[] classes, double[] x, double[] y) {
        return Newton.minimum(point -> crossEntropy(point, classes, x, y), new Newton.Point(1, 1))
                .orElse(new Newton.Point(1, 1));
    }

    /** The summed cross-entropy of softmax(a · x + b · y) with the penalty (a² + b²) / 2, and its derivatives. */
    private Newton.Expansion crossEntropy(Newton.Point point, int[] classes, double[] x, double[] y) {
        double value = (point.a() * point.a() + point.b() * point.b()) / (2 * PENALTY);
        double byA = point.a() / PENALTY;
        double byB = point.b() / PENALTY;
        double byAA = 1 / PENALTY;
        double byAB = 0;
        double byBB = 1 / PENALTY;
        for (int i = 0; i < classes.length; i++) {
            double[] z = new double[outputs];
            for (int c = 0; c < outputs; c++) {
                z[c] = point.a() * x[i * outputs + c] + point.b() * y[i * outputs + c];
            }
            double[] p = Probabilities.softmax(z);
            double meanX = 0;
            double meanY = 0;
            double xx = 0;
            double xy = 0;
            double yy = 0;
            for (int c = 0; c < outputs; c++) {
                double u = x[i * outputs + c];
                double v = y[i * outputs + c];
                meanX += p[c] * u;
                meanY += p[c] * v;
                xx += p[c] * u * u;
                xy += p[c] * u * v;
                yy += p[c] * v * v;
            }
            int own = i * outputs + classes[i];
            value -= Math.log(Math.max(p[classes[i]], Double.MIN_NORMAL));
            byA += meanX - x[own];
            byB += meanY - y[own];
            byAA += xx - meanX * meanX;
            byAB += xy - meanX * meanY;
            byBB += yy - meanY * meanY;
        }
        return new Newton.Expansion(value, byA, byB, byAA, byAB, byBB);
    }

    private double[] column(float[] logits, int c) {
        return IntStream.range(0, logits.length / outputs).mapToDouble(i -> logits[i * outputs + c]).toArray();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    /** 1 for values that are all the same. */
    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElse(0);
        return variance > 0 ? Math.sqrt(variance) : 1;
    }
}
