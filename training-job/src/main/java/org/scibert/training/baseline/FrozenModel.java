package org.scibert.training.baseline;

import de.bwaldvogel.liblinear.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Pooling;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.weights.Tensor;

/**
 * A head on the encoder as it was before fine-tuning: one logistic regression for each output on [CLS]'s vector or the
 * tokens' mean. The vector, the penalty and the class weights are chosen by cross-validation on the training rows.
 *
 * @param settings chosen
 * @param pooling the vector that the head reads, chosen as well
 * @param rows places of the training rows that it was fitted to, all or many of them
 * @param weight (C, H) row-major, of the encoder's own vectors
 * @param bias (C)
 * @param positiveWeights of a positive row in the loss, against 1 of a negative one, (C)
 */
public record FrozenModel(
        Settings settings, Pooling pooling, int[] rows, float[] weight, float[] bias, float[] positiveWeights) {
    /** Penalties for some hundred elements with a deviation of 1. */
    private static final List<Settings> SETTINGS = Settings.of(1e-3, 3e-3, 1e-2, 3e-2, 0.1);
    /** A limit of memory: a fit takes about 10 kB a row of 400 elements. */
    private static final int MOST_ROWS = 5_000;
    private static final int MOST_ROWS_TO_CHOOSE = 1_500;

    /** Chooses the settings and fits the head. */
    public static FrozenModel of(LabelSet labels, Rows train, PooledVectors vectors) {
        return of(labels, train, vectors, List.of(Pooling.values()));
    }

    /** The same for a network whose head reads this vector. */
    public static FrozenModel of(LabelSet labels, Rows train, PooledVectors vectors, Pooling pooling) {
        return of(labels, train, vectors, List.of(pooling));
    }

    private static FrozenModel of(LabelSet labels, Rows train, PooledVectors vectors, List<Pooling> poolings) {
        int[] rows = RegressionFolds.sample(labels, train, MOST_ROWS_TO_CHOOSE);
        RegressionFolds folds = new RegressionFolds(labels, some(train, rows));
        Pooling pooling = null;
        RegressionFolds.Choice best = null;
        for (Pooling candidate : poolings) {
            RegressionFolds.Choice found = folds.best(new Standardised(vectors, rows, candidate), SETTINGS);
            if (best == null || found.score() > best.score()) {
                pooling = candidate;
                best = found;
            }
        }
        return fit(labels, train, vectors, pooling, best.settings());
    }

    static FrozenModel fit(LabelSet labels, Rows train, PooledVectors vectors, Pooling pooling, Settings settings) {
        int[] rows = RegressionFolds.sample(labels, train, MOST_ROWS);
        Standardised standardised = new Standardised(vectors, rows, pooling);
        int[] all = IntStream.range(0, rows.length).toArray();
        Representation.Vectors features = standardised.learntFrom(all);
        Standardised.Scale scale = standardised.scale(all);
        Feature[][] nodes = LogisticRegression.features(features.rows(), features.columns());
        Regressions found = Regressions.fit(labels, some(train, rows), settings, nodes, features.columns());
        int hidden = vectors.hidden();
        float[] weight = new float[found.outputs().size() * hidden];
        float[] bias = new float[found.outputs().size()];
        for (int c = 0; c < bias.length; c++) {
            LogisticRegression output = found.outputs().get(c);
            double intercept = output.intercept();
            for (int h = 0; h < hidden; h++) {
                double w = output.weights()[h] / scale.deviation()[h];
                weight[c * hidden + h] = (float) w;
                intercept -= w * scale.mean()[h];
            }
            bias[c] = (float) intercept;
        }
        return new FrozenModel(settings, pooling, rows, weight, bias, found.positiveWeights());
    }

    private static Rows some(Rows train, int[] places) {
        List<Row> rows = Arrays.stream(places).mapToObj(train.rows()::get).toList();
        return train.with(rows);
    }

    /** The rows that the head was fitted to. */
    public Rows training(Rows train) {
        return some(train, rows);
    }

    /**
     * The logits of the rows of {@link #training} by heads that were fitted without the row's fold, (N, C) row-major.
     */
    public float[] outOfFold(LabelSet labels, Rows train, PooledVectors vectors) {
        return new RegressionFolds(labels, training(train))
                .outOfFold(new Standardised(vectors, rows, pooling), settings);
    }

    /** The logits of a split's rows, (N, C) row-major. */
    public float[] logits(PooledVectors vectors, Split split) {
        int outputs = bias.length;
        int hidden = vectors.hidden();
        float[] logits = new float[vectors.rows(split) * outputs];
        for (int i = 0; i < logits.length; i++) {
            double logit = bias[i % outputs];
            for (int h = 0; h < hidden; h++) {
                logit += weight[i % outputs * hidden + h] * (double) vectors.at(split, i / outputs, pooling, h);
            }
            logits[i] = (float) logit;
        }
        return logits;
    }

    /** The head's tensors by name, for a network that reads {@link #pooling}. */
    public Map<String, Tensor> head(NetworkConfig config) {
        return PooledVectors.head(config, weight, bias);
    }
}
