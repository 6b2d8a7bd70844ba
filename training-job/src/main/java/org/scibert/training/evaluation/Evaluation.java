package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.scibert.training.evaluation.MultiClassMetrics.ClassMetrics;
import org.scibert.training.evaluation.MultiLabelMetrics.LabelMetrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/** From logits and gold labels to {@link Metrics}. */
public final class Evaluation {
    private static final double SCREENING_RECALL = 0.95;

    private Evaluation() {}

    /**
     * Measures a split.
     *
     * @param logits (N, outputs of the task), row-major, in the rows' order
     * @throws IllegalArgumentException if there are more or fewer logits than that, or one is not finite
     */
    public static Metrics of(LabelSet labels, Rows rows, float[] logits) {
        return switch (labels.task()) {
            case BINARY -> binary(logits, labels.classes(rows));
            case MULTI_CLASS -> multiClass(logits, labels.classes(rows), labels.labels());
            case MULTI_LABEL -> multiLabel(logits, labels.flags(rows), labels.labels());
        };
    }

    /**
     * @param logits (N)
     * @param classes (N), 1 for positive and 0 for negative
     */
    public static BinaryMetrics binary(float[] logits, int[] classes) {
        check(logits, classes.length, 1);
        boolean[] positive = column(classes, 1);
        Outcomes outcomes = Outcomes.of(positive, atLeastHalf(logits));
        Ranking ranking = new Ranking(logits, positive);
        return new BinaryMetrics(
                classes.length,
                outcomes.positives(),
                LogLoss.binary(logits, positive),
                outcomes.accuracy(),
                outcomes.precision(),
                outcomes.recall(),
                outcomes.f1(),
                (outcomes.f1() + outcomes.negated().f1()) / 2,
                ranking.rocAuc(),
                ranking.averagePrecision(),
                ranking.workSaved(SCREENING_RECALL));
    }

    /**
     * @param logits (N, C)
     * @param classes (N), 0 to C − 1
     * @param labels C
     */
    public static MultiClassMetrics multiClass(float[] logits, int[] classes, List<String> labels) {
        check(logits, classes.length, labels.size());
        int[] called = largest(logits, labels.size());
        Outcomes all = new Outcomes(0, 0, 0, 0);
        List<ClassMetrics> perClass = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            Outcomes o = Outcomes.of(column(classes, c), column(called, c));
            all = all.plus(o);
            perClass.add(new ClassMetrics(labels.get(c), o.precision(), o.recall(), o.f1(), o.positives()));
        }
        return new MultiClassMetrics(
                classes.length,
                LogLoss.crossEntropy(logits, classes),
                (double) all.truePositives() / classes.length,
                perClass.stream().mapToDouble(ClassMetrics::f1).average().orElseThrow(),
                all.f1(),
                perClass);
    }

    /**
     * @param logits (N, C)
     * @param flags (N, C), whether the row has the label
     * @param labels C
     */
    public static MultiLabelMetrics multiLabel(float[] logits, boolean[] flags, List<String> labels) {
        int rows = flags.length / labels.size();
        check(logits, rows, labels.size());
        Outcomes all = new Outcomes(0, 0, 0, 0);
        List<LabelMetrics> perLabel = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            float[] scores = new float[rows];
            boolean[] positive = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                scores[i] = logits[i * labels.size() + c];
                positive[i] = flags[i * labels.size() + c];
            }
            Outcomes o = Outcomes.of(positive, atLeastHalf(scores));
            Ranking ranking = new Ranking(scores, positive);
            all = all.plus(o);
            perLabel.add(new LabelMetrics(labels.get(c), o.precision(), o.recall(), o.f1(), o.positives(),
                    ranking.rocAuc(), ranking.averagePrecision()));
        }
        return new MultiLabelMetrics(
                rows,
                LogLoss.binary(logits, flags),
                all.f1(),
                perLabel.stream().mapToDouble(LabelMetrics::f1).average().orElseThrow(),
                perLabel);
    }

    private static boolean[] column(int[] classes, int wanted) {
        boolean[] is = new boolean[classes.length];
        for (int i = 0; i < is.length; i++) {
            is[i] = classes[i] == wanted;
        }
        return is;
    }

    /** A probability of 0.5 is a logit of 0. */
    private static boolean[] atLeastHalf(float[] logits) {
        boolean[] called = new boolean[logits.length];
        for (int i = 0; i < called.length; i++) {
            called[i] = logits[i] >= 0;
        }
        return called;
    }

    private static int[] largest(float[] logits, int labels) {
        int[] called = new int[logits.length / labels];
        for (int i = 0; i < called.length; i++) {
            for (int c = 1; c < labels; c++) {
                if (logits[i * labels + c] > logits[i * labels + called[i]]) {
                    called[i] = c;
                }
            }
        }
        return called;
    }

    private static void check(float[] logits, int rows, int outputs) {
        if (rows == 0 || logits.length != (long) rows * outputs) {
            throw new IllegalArgumentException("%d rows with %d outputs each don't go with %d logits"
                    .formatted(rows, outputs, logits.length));
        }
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new IllegalArgumentException("row %d has the logit %s; train with a lower learning rate"
                        .formatted(i / outputs + 1, logits[i]));
            }
        }
    }
}
