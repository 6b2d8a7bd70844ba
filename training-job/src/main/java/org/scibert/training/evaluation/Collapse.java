package org.scibert.training.evaluation;

import java.util.Locale;
import java.util.Optional;

/** Whether a model learned nothing: it says the same of every row, or hardly ranks better than chance. */
public final class Collapse {
    /** A ROC-AUC of 0.5 is chance. */
    private static final double TRIVIAL_ROC_AUC = 0.55;
    /** Above the macro F1 of always saying the most frequent class. */
    private static final double MARGIN = 0.02;

    private Collapse() {}

    /** @return why, if it did; the metrics are those of a split with every label */
    public static Optional<String> in(Metrics metrics) {
        if (metrics instanceof Metrics.Binary m) {
            return binary(m);
        }
        if (metrics instanceof Metrics.MultiClass m) {
            return multiClass(m);
        }
        return multiLabel((Metrics.MultiLabel) metrics);
    }

    private static Optional<String> binary(Metrics.Binary m) {
        if (isConstant(m.precision(), m.recall(), m.positives(), m.rows())) {
            return Optional.of("it says the same of all %d dev rows".formatted(m.rows()));
        }
        return m.rocAuc() != null && m.rocAuc() < TRIVIAL_ROC_AUC
                ? Optional.of(text("dev ROC-AUC is %.4f, and 0.5 is chance", m.rocAuc()))
                : Optional.empty();
    }

    private static Optional<String> multiClass(Metrics.MultiClass m) {
        int most = m.perClass().stream().mapToInt(Metrics.OfClass::support).max().orElse(0);
        double frequent = (double) most / m.rows();
        double trivial = 2 * frequent / (1 + frequent) / m.perClass().size();
        return m.macroF1() < trivial + MARGIN
                ? Optional.of(text("dev macro F1 is %.4f, always saying the most frequent label gives %.4f",
                        m.macroF1(), trivial))
                : Optional.empty();
    }

    private static Optional<String> multiLabel(Metrics.MultiLabel m) {
        return m.perLabel().stream().allMatch(l -> isConstant(l.precision(), l.recall(), l.support(), m.rows()))
                ? Optional.of("it says the same of all %d dev rows".formatted(m.rows()))
                : Optional.empty();
    }

    /** Whether no row, or each row, is called positive; a label that finds no positive counts as the former. */
    private static boolean isConstant(double precision, double recall, int positives, int rows) {
        return recall == 0 || (recall == 1 && Math.abs(precision - (double) positives / rows) < 1e-9);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
