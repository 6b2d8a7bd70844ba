package org.scibert.training.baseline;

import de.bwaldvogel.liblinear.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.scibert.decision.Task;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;

/**
 * TF-IDF with one logistic regression for each output of the task: one for binary, else one for each label against the
 * others. Penalty and class weights are chosen by cross-validation on the training rows.
 */
final class WordModel {
    /** From strong to weak regularisation; which of them is best is found by cross-validation on the training rows. */
    private static final List<Double> PENALTIES = List.of(0.3, 1., 3., 10., 30., 100.);
    private static final int FOLDS = 5;
    private static final long SEED = 42;
    /** About 200 bytes a word: a limit of memory for long texts. */
    private static final int MOST_ROWS = 20_000;
    /** The choice hardly changes with more rows, and its time grows with them. */
    private static final int MOST_ROWS_TO_CHOOSE = 5_000;

    private final Settings settings;
    private final int trainingRows;
    private final TfIdf terms;
    /** (outputs) */
    private final List<LogisticRegression> outputs;
    /** (outputs) */
    private final float[] positiveWeights;

    /**
     * What cross-validation chooses.
     *
     * @param c inverse strength of the L2 penalty
     * @param balanced whether positives and negatives of a label weigh the same in the loss
     */
    record Settings(double c, boolean balanced) {}

    private WordModel(
            Settings settings, int trainingRows, TfIdf terms, List<LogisticRegression> outputs, float[] weights) {
        this.settings = settings;
        this.trainingRows = trainingRows;
        this.terms = terms;
        this.outputs = outputs;
        this.positiveWeights = weights;
    }

    /** Chooses the settings on the training rows, then fits the weights to them, or to many of them. */
    static WordModel of(LabelSet labels, Rows train) {
        Rows rows = sample(labels, train, MOST_ROWS);
        return fit(labels, rows, choose(labels, rows));
    }

    static WordModel fit(LabelSet labels, Rows train, Settings settings) {
        TfIdf terms = TfIdf.of(train.texts());
        return fit(labels, train, settings, terms, features(terms, train));
    }

    private static WordModel fit(
            LabelSet labels, Rows train, Settings settings, TfIdf terms, Feature[][] features) {
        List<LogisticRegression> outputs = new ArrayList<>();
        float[] weights = new float[outputs(labels)];
        for (int c = 0; c < weights.length; c++) {
            boolean[] positive = positive(labels, train, c);
            weights[c] = settings.balanced() ? (float) odds(positive) : 1;
            outputs.add(LogisticRegression.fit(features, positive, terms.size(), settings.c(), weights[c]));
        }
        return new WordModel(settings, train.size(), terms, outputs, weights);
    }

    /** The settings with the best selection score of all folds' held-out rows together, the first of equals. */
    private static Settings choose(LabelSet labels, Rows train) {
        Rows sample = sample(labels, train, MOST_ROWS_TO_CHOOSE);
        int[] folds = folds(labels, sample);
        List<Settings> all = PENALTIES.stream()
                .flatMap(c -> IntStream.range(0, 2).mapToObj(b -> new Settings(c, b == 1)))
                .toList();
        float[][] logits = new float[all.size()][sample.size() * outputs(labels)]; // (S, N, C)
        for (int f = 0; f < FOLDS; f++) {
            int fold = f;
            List<Integer> held = IntStream.range(0, sample.size()).filter(i -> folds[i] == fold).boxed().toList();
            List<Row> rest = IntStream.range(0, sample.size())
                    .filter(i -> folds[i] != fold)
                    .mapToObj(sample.rows()::get)
                    .toList();
            if (held.isEmpty() || rest.isEmpty()) {
                continue;
            }
            Rows training = sample.with(rest);
            TfIdf terms = TfIdf.of(training.texts());
            Feature[][] features = features(terms, training);
            List<TfIdf.Vector> heldOut =
                    held.stream().map(i -> terms.vector(sample.rows().get(i).text())).toList();
            IntStream.range(0, all.size()).parallel().forEach(s -> {
                WordModel model = fit(labels, training, all.get(s), terms, features);
                IntStream.range(0, held.size()).forEach(k -> model.write(heldOut.get(k), logits[s], held.get(k)));
            });
        }
        return IntStream.range(0, all.size())
                .boxed()
                .max(Comparator.comparingDouble((Integer s) -> score(labels, sample, logits[s]))
                        .thenComparing(Comparator.reverseOrder()))
                .map(all::get)
                .orElseThrow();
    }

    private static double score(LabelSet labels, Rows rows, float[] logits) {
        Metrics metrics = MeasuredSplit.of(labels, rows, logits).metrics();
        return metrics.hasSelectionScore() ? metrics.selectionScore() : 0;
    }

    /** The rows of each label are dealt to the folds in turn, after a shuffle that is the same each time. */
    private static int[] folds(LabelSet labels, Rows rows) {
        int[] order = IntStream.range(0, rows.size()).toArray();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        int[] folds = new int[rows.size()];
        List<Integer> byLabel = Arrays.stream(order)
                .boxed()
                .sorted(Comparator.comparing(i -> firstLabel(labels, rows.rows().get(i))))
                .toList();
        for (int k = 0; k < order.length; k++) {
            folds[byLabel.get(k)] = k % FOLDS;
        }
        return folds;
    }

    /** The row's first label in the order of the set; −1 for none. */
    private static int firstLabel(LabelSet labels, Row row) {
        return row.labels().stream().mapToInt(labels.labels()::indexOf).min().orElse(-1);
    }

    /** Evenly spread rows of each label, as many as at most are wanted. */
    private static Rows sample(LabelSet labels, Rows train, int most) {
        if (train.size() <= most) {
            return train;
        }
        List<Row> byLabel = train.rows().stream().sorted(Comparator.comparing(row -> firstLabel(labels, row))).toList();
        return train.with(IntStream.range(0, most)
                .mapToObj(i -> byLabel.get((int) ((long) i * byLabel.size() / most)))
                .toList());
    }

    Settings settings() {
        return settings;
    }

    /** The number of rows that the weights were fitted to. */
    int trainingRows() {
        return trainingRows;
    }

    /** The weight of a positive row in the loss, against 1 of a negative one, (outputs). */
    float[] positiveWeights() {
        return positiveWeights.clone();
    }

    /** The number of words and pairs of words that the model knows. */
    int terms() {
        return terms.size();
    }

    /** The logits of the rows, (N, outputs), row-major. */
    float[] logits(Rows rows) {
        float[] logits = new float[rows.size() * outputs.size()];
        for (int i = 0; i < rows.size(); i++) {
            write(terms.vector(rows.rows().get(i).text()), logits, i);
        }
        return logits;
    }

    private void write(TfIdf.Vector vector, float[] logits, int row) {
        for (int c = 0; c < outputs.size(); c++) {
            logits[row * outputs.size() + c] = (float) outputs.get(c).logit(vector);
        }
    }

    private static Feature[][] features(TfIdf terms, Rows rows) {
        return LogisticRegression.features(rows.texts().stream().map(terms::vector).toList(), terms.size());
    }

    private static int outputs(LabelSet labels) {
        return labels.task().outputs(labels.labels().size());
    }

    /** Whether each row has the label of an output, (N). */
    private static boolean[] positive(LabelSet labels, Rows rows, int output) {
        String label = labels.labels().get(labels.task() == Task.BINARY ? 1 : output);
        boolean[] positive = new boolean[rows.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = rows.rows().get(i).labels().contains(label);
        }
        return positive;
    }

    /** Negatives / positives, at least one of both counted. */
    private static double odds(boolean[] positive) {
        int positives = 0;
        for (boolean p : positive) {
            positives += p ? 1 : 0;
        }
        return Math.max(1., positive.length - positives) / Math.max(1, positives);
    }
}
