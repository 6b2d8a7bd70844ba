package org.scibert.training.rows;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.training.records.DataException;

/** From the training rows to the labels and the task that they pose. */
public final class LabelInference {
    /** Labels that a column of ids has at least. */
    private static final int MANY = 50;

    /** Whole numbers by size, then words by UTF-16 unit: the order of the rows has no say. */
    private static final Comparator<String> ORDER = Comparator
            .comparing((String label) -> !isNumber(label))
            .thenComparing(label -> isNumber(label) ? new BigInteger(label) : BigInteger.ZERO)
            .thenComparing(Comparator.naturalOrder());

    private LabelInference() {}

    /**
     * The labels of the training rows, which dev and test must not go beyond.
     *
     * @throws DataException if labels don't fit the task, or there is nothing to learn or to choose by
     */
    public static LabelSet infer(Splits<Rows> splits, Optional<Task> task, Optional<String> positiveLabel)
            throws DataException {
        LabelSet labels = infer(splits.train(), task.orElse(null), positiveLabel.orElse(null));
        if (isUnlikely(labels.labels().size(), splits.train().size())) {
            throw new DataException(splits.train().file(), Text.format(
                    "its %s rows have %s different labels: the column holds ids or",
                    splits.train().size(), labels.labels().size())
                    + " texts; choose the right one with --label-column");
        }
        labels.checkForSelection(splits.dev());
        if (splits.test().isPresent()) {
            labels.check(splits.test().get());
        }
        return labels;
    }

    /**
     * The labels of the training rows.
     *
     * <p>Where no task is given, rows with lists of labels are multi-label, two labels are binary and more are
     * multi-class. Where no positive label is given, it is the one that says so ({@code 1}, {@code true}, {@code yes},
     * {@code include}, {@code included}, {@code relevant} or {@code positive}), else the rarer one, else the later one.
     *
     * @param task what the rows are for, or null
     * @param positiveLabel the positive one of two labels, or null
     * @throws DataException if the rows are not for that task, or leave nothing to tell apart
     */
    public static LabelSet infer(Rows training, Task task, String positiveLabel) throws DataException {
        Map<String, Integer> counts = new TreeMap<>(ORDER);
        training.rows().forEach(row -> row.labels().forEach(label -> counts.merge(label, 1, Integer::sum)));
        Task inferred = task != null ? task : task(training, counts.size());
        LabelSet.checkShape(training, inferred);
        refuseNothingToLearn(training, inferred, counts);
        if (inferred == Task.BINARY && counts.size() > 2) {
            throw new DataException(training.file(), Text.format(
                    "it has %s labels (%s), binary has two; use multi-class",
                    counts.size(), String.join(", ", counts.keySet())));
        }
        if (positiveLabel != null) {
            positiveLabel = spelling(positiveLabel, counts.keySet());
        }
        if (positiveLabel != null && (inferred != Task.BINARY || !counts.containsKey(positiveLabel))) {
            throw new DataException(training.file(), Text.format(
                    "\"%s\" can't be the positive label: the task is %s, its labels %s",
                    positiveLabel, inferred.title(), String.join(", ", counts.keySet())));
        }
        return new LabelSet(inferred, inferred == Task.BINARY
                ? negativeAndPositive(counts, positiveLabel)
                : List.copyOf(counts.keySet()));
    }

    private static Task task(Rows training, int labels) {
        if (training.labelLists()) {
            return Task.MULTI_LABEL;
        }
        return labels > 2 ? Task.MULTI_CLASS : Task.BINARY;
    }

    private static void refuseNothingToLearn(Rows training, Task task, Map<String, Integer> counts)
            throws DataException {
        if (counts.isEmpty()) {
            throw new DataException(training.file(), "no row has a label; add rows that have one");
        }
        for (Map.Entry<String, Integer> label : counts.entrySet()) {
            boolean everywhere = label.getValue() == training.size();
            if (everywhere && (task == Task.MULTI_LABEL || counts.size() == 1)) {
                throw new DataException(training.file(), Text.format("each of its %s rows has the label \"%s\"; %s",
                        training.size(), label.getKey(), task == Task.MULTI_LABEL
                                ? "leave that label out, or add rows without it"
                                : "add rows with another label"));
            }
        }
    }

    private static List<String> negativeAndPositive(Map<String, Integer> counts, String positiveLabel) {
        List<String> labels = List.copyOf(counts.keySet());
        String first = labels.get(0);
        String second = labels.get(1);
        boolean firstIsPositive;
        if (positiveLabel != null) {
            firstIsPositive = first.equals(positiveLabel);
        } else if (saysPositive(first) != saysPositive(second)) {
            firstIsPositive = saysPositive(first);
        } else {
            firstIsPositive = counts.get(first) < counts.get(second);
        }
        return firstIsPositive ? List.of(second, first) : List.of(first, second);
    }

    private static boolean saysPositive(String label) {
        return LabelText.isPositive(label);
    }

    /** A label that a user names, in the spelling that the rows have. */
    private static String spelling(String given, Set<String> labels) {
        String label = LabelText.of(given).orElse(given);
        return labels.contains(label) || !LabelText.isPositive(label)
                ? label
                : labels.stream().filter(LabelText::isPositive).findFirst().orElse(label);
    }

    /** Whether there are so many different labels that their column must hold ids or texts. */
    public static boolean isUnlikely(int labels, int rows) {
        return labels > MANY && 2L * labels > rows;
    }

    private static boolean isNumber(String label) {
        return label.matches("-?[0-9]+");
    }
}
