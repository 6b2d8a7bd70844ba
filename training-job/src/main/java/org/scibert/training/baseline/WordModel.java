package org.scibert.training.baseline;

import de.bwaldvogel.liblinear.Feature;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.scibert.lexicon.Lexicon;
import org.scibert.lexicon.TfIdf;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * TF-IDF with one logistic regression for each output of the task. Penalty and class weights are chosen by
 * cross-validation on the training rows.
 *
 * @param settings chosen
 * @param training the rows that the weights were fitted to: the training rows, or many of them
 * @param whole the model with all terms that two training texts or more have
 * @param lexicon the model as a release carries it: with the terms of the largest weights, where there are too many
 * @param positiveWeights of a positive row in the loss, against 1 of a negative one, (C)
 */
public record WordModel(Settings settings, Rows training, Lexicon whole, Lexicon lexicon, float[] positiveWeights) {
    /** From strong to weak regularisation; which of them is best is found by cross-validation on the training rows. */
    private static final List<Settings> SETTINGS = Settings.of(0.3, 1, 3, 10, 30, 100);
    /** About 200 bytes a word: a limit of memory for long texts. */
    private static final int MOST_ROWS = 20_000;
    /** The choice hardly changes with more rows, and its time grows with them. */
    private static final int MOST_ROWS_TO_CHOOSE = 5_000;
    /** A lexicon of some MB: 4 bytes a weight, and about 20 a term with its name and factor. */
    private static final int MOST_WEIGHTS = 500_000;
    private static final int MOST_TERMS = 100_000;

    /** Chooses the settings on the training rows, then fits the weights to them, or to many of them. */
    public static WordModel of(LabelSet labels, Rows train) {
        Rows rows = some(labels, train, MOST_ROWS);
        Rows sample = some(labels, rows, MOST_ROWS_TO_CHOOSE);
        Settings settings = new RegressionFolds(labels, sample)
                .best(new WordVectors(sample.texts()), SETTINGS)
                .settings();
        return fit(labels, rows, settings);
    }

    static WordModel fit(LabelSet labels, Rows train, Settings settings) {
        int outputs = Regressions.outputs(labels);
        return fit(labels, train, settings, Math.min(MOST_TERMS, MOST_WEIGHTS / outputs));
    }

    /** @param mostTerms those of the largest weights are kept and fitted again, since the vectors' lengths change */
    static WordModel fit(LabelSet labels, Rows train, Settings settings, int mostTerms) {
        TfIdf terms = WordVectors.learn(train.texts());
        Regressions all = regressions(labels, train, settings, terms);
        Lexicon whole = lexicon(terms, all);
        Lexicon kept = whole;
        if (terms.size() > mostTerms) {
            TfIdf heaviest = heaviest(terms, all, mostTerms);
            kept = lexicon(heaviest, regressions(labels, train, settings, heaviest));
        }
        return new WordModel(settings, train, whole, kept, all.positiveWeights());
    }

    private static Lexicon lexicon(TfIdf terms, Regressions found) {
        int outputs = found.outputs().size();
        float[][] weights = new float[outputs][];
        float[] intercepts = new float[outputs];
        for (int c = 0; c < outputs; c++) {
            weights[c] = floats(found.outputs().get(c).weights());
            intercepts[c] = (float) found.outputs().get(c).intercept();
        }
        return new Lexicon(terms, weights, intercepts);
    }

    private static Regressions regressions(LabelSet labels, Rows train, Settings settings, TfIdf terms) {
        Feature[][] features = LogisticRegression.features(
                train.texts().stream().map(terms::vector).toList(), terms.size());
        return Regressions.fit(labels, train, settings, features, terms.size());
    }

    /** The terms that move a logit most: by their largest weight of all outputs times their factor. */
    private static TfIdf heaviest(TfIdf terms, Regressions found, int most) {
        float[] factors = terms.inverseFrequencies();
        double[] heaviest = new double[terms.size()];
        found.outputs().forEach(output -> Arrays.setAll(
                heaviest, v -> Math.max(heaviest[v], Math.abs(output.weights()[v]) * factors[v])));
        int[] kept = IntStream.range(0, terms.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer v) -> -heaviest[v]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        float[] keptFactors = new float[kept.length];
        for (int v = 0; v < kept.length; v++) {
            keptFactors[v] = factors[kept[v]];
        }
        return new TfIdf(Arrays.stream(kept).mapToObj(terms.terms()::get).toList(), keptFactors);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static Rows some(LabelSet labels, Rows rows, int most) {
        return rows.size() <= most
                ? rows
                : rows.with(Arrays.stream(RegressionFolds.sample(labels, rows, most))
                        .mapToObj(rows.rows()::get)
                        .toList());
    }

    /** The terms that two texts or more have, as a model that is fitted to the texts knows them. */
    public static TfIdf terms(List<String> texts) {
        return WordVectors.learn(texts);
    }

    /** The number of words and pairs of words that the whole model knows. */
    public int terms() {
        return whole.tfIdf().size();
    }

    /** The logits of some training rows by models that were fitted without the row's fold, (N, C) row-major. */
    public float[] outOfFold(LabelSet labels, Rows rows) {
        return new RegressionFolds(labels, rows).outOfFold(new WordVectors(rows.texts()), settings);
    }

    /** The whole model's logits of the rows, (N, C), row-major. */
    public float[] logits(Rows rows) {
        return logits(whole, rows);
    }

    /** A lexicon's logits of the rows, (N, C), row-major. */
    public static float[] logits(Lexicon lexicon, Rows rows) {
        int outputs = lexicon.outputs();
        float[] logits = new float[rows.size() * outputs];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(lexicon.logits(rows.rows().get(i).text()), 0, logits, i * outputs, outputs);
        }
        return logits;
    }
}
