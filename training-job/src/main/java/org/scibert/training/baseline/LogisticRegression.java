package org.scibert.training.baseline;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.List;
import org.scibert.lexicon.TfIdf;

/**
 * A logistic regression with an L2 penalty on the weights and none on the intercept: the minimum of
 * {@code ‖w‖² / 2 + C Σ weight · ln(1 + e^−±z)}, as scikit-learn's {@code LogisticRegression(C=C)} of two classes.
 *
 * @param weights (V)
 */
public record LogisticRegression(double[] weights, double intercept) {
    /**
     * The gradient's norm at which a fit ends, as a share of its first one; scores then agree with other solvers' to
     * three decimals or more.
     */
    private static final double TOLERANCE = 1e-4;

    static {
        Linear.disableDebugOutput(); // else it writes to standard output
    }

    /**
     * Fits the weights.
     *
     * @param rows (N), by {@link #features}
     * @param positive (N)
     * @param columns V
     * @param c inverse strength of the penalty, above 0
     * @param positiveWeight of a positive row in the loss, against 1 of a negative one
     */
    public static LogisticRegression fit(
            Feature[][] rows, boolean[] positive, int columns, double c, double positiveWeight) {
        int positives = 0;
        for (boolean p : positive) {
            positives += p ? 1 : 0;
        }
        if (positives == 0 || positives == positive.length) {
            // Nothing to tell apart: the log-odds of a row more of either kind.
            double odds = (positives + 1.) / (positive.length - positives + 1.);
            return new LogisticRegression(new double[columns], Math.log(odds));
        }
        Problem problem = new Problem();
        problem.l = positive.length;
        problem.n = columns + 1;
        problem.bias = 1;
        problem.x = rows;
        problem.y = new double[positive.length];
        for (int i = 0; i < positive.length; i++) {
            problem.y[i] = positive[i] ? 1 : -1;
        }
        Parameter parameter = new Parameter(SolverType.L2R_LR, c, TOLERANCE);
        parameter.setRegularizeBias(false);
        parameter.setWeights(new double[] {positiveWeight}, new int[] {1});
        Model model = Linear.train(problem, parameter);
        double sign = model.getLabels()[0] == 1 ? 1 : -1; // the library's positive class is the first row's
        double[] all = model.getFeatureWeights(); // (V + 1)
        double[] weights = new double[columns];
        for (int v = 0; v < columns; v++) {
            weights[v] = sign * all[v];
        }
        return new LogisticRegression(weights, sign * all[columns]);
    }

    /** The vectors of V columns as the library reads them; they serve any number of fits. */
    public static Feature[][] features(List<TfIdf.Vector> vectors, int columns) {
        return vectors.stream().map(vector -> features(vector, columns)).toArray(Feature[][]::new);
    }

    private static Feature[] features(TfIdf.Vector vector, int columns) {
        Feature[] features = new Feature[vector.columns().length + 1];
        for (int k = 0; k < vector.columns().length; k++) {
            features[k] = new FeatureNode(vector.columns()[k] + 1, vector.values()[k]);
        }
        features[vector.columns().length] = new FeatureNode(columns + 1, 1); // the intercept's
        return features;
    }

    /** The log-odds of a positive. */
    double logit(TfIdf.Vector vector) {
        double logit = intercept;
        for (int k = 0; k < vector.columns().length; k++) {
            logit += weights[vector.columns()[k]] * vector.values()[k];
        }
        return logit;
    }
}
