package org.scibert.training.baseline;

import de.bwaldvogel.liblinear.Feature;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.split.Folds;

/** Cross-validation of regressions in five folds, with related rows in one. N rows, C logits. */
final class RegressionFolds {
    private static final int FOLDS = 5;

    private final LabelSet labels;
    private final Rows rows;
    private final Folds folds;

    RegressionFolds(LabelSet labels, Rows rows) {
        this.labels = labels;
        this.rows = rows;
        this.folds = Folds.ofFew(rows, FOLDS);
    }

    /**
     * Settings and how good they are.
     *
     * @param score the selection score of all folds' held-out rows together; 0 where they define none
     */
    record Choice(Settings settings, double score) {}

    /** The settings with the best score, the first of equals. */
    Choice best(Representation representation, List<Settings> settings) {
        float[][] logits = logits(representation, settings);
        return IntStream.range(0, settings.size())
                .mapToObj(s -> new Choice(settings.get(s), score(logits[s])))
                .reduce((best, next) -> next.score() > best.score() ? next : best)
                .orElseThrow();
    }

    /** The logits of each row by the regression that was fitted without the row's fold, (N, C) row-major. */
    float[] outOfFold(Representation representation, Settings settings) {
        return logits(representation, List.of(settings))[0];
    }

    /** The same for many settings, (S, N, C). */
    private float[][] logits(Representation representation, List<Settings> settings) {
        int outputs = Regressions.outputs(labels);
        float[][] logits = new float[settings.size()][rows.size() * outputs];
        for (int fold = 0; fold < FOLDS; fold++) {
            int[] held = places(fold, true);
            int[] fitted = places(fold, false);
            if (held.length == 0 || fitted.length == 0) {
                continue;
            }
            Representation.Vectors vectors = representation.learntFrom(fitted);
            List<Row> training = Arrays.stream(fitted).mapToObj(rows.rows()::get).toList();
            Feature[][] features = LogisticRegression.features(
                    Arrays.stream(fitted).mapToObj(vectors.rows()::get).toList(), vectors.columns());
            IntStream.range(0, settings.size()).parallel().forEach(s -> {
                Regressions found = Regressions.fit(
                        labels, rows.with(training), settings.get(s), features, vectors.columns());
                for (int row : held) {
                    found.write(vectors.rows().get(row), logits[s], row);
                }
            });
        }
        return logits;
    }

    private int[] places(int fold, boolean in) {
        return IntStream.range(0, rows.size()).filter(i -> folds.of(i) == fold == in).toArray();
    }

    private double score(float[] logits) {
        Metrics metrics = MeasuredSplit.of(labels, rows, logits).metrics();
        return metrics.hasSelectionScore() ? metrics.selectionScore() : 0;
    }

    /** The row's first label in the order of the set; −1 for none. */
    private static int firstLabel(LabelSet labels, Row row) {
        return row.labels().stream().mapToInt(labels.labels()::indexOf).min().orElse(-1);
    }

    /** The places of evenly spread rows of each label, as many as at most are wanted, rising. */
    static int[] sample(LabelSet labels, Rows rows, int most) {
        if (rows.size() <= most) {
            return IntStream.range(0, rows.size()).toArray();
        }
        List<Integer> byLabel = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparing(i -> firstLabel(labels, rows.rows().get(i))))
                .toList();
        return IntStream.range(0, most)
                .map(i -> byLabel.get((int) ((long) i * rows.size() / most)))
                .sorted()
                .toArray();
    }
}
