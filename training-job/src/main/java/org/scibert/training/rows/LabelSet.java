package org.scibert.training.rows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.training.records.DataException;

/**
 * The labels that a classifier learns, in the order of its outputs.
 *
 * <p>Shapes: N rows, C labels.
 *
 * @param task binary, multi-class or multi-label
 * @param labels C different ones; binary has two, of which the second is the positive one
 */
public record LabelSet(Task task, List<String> labels) {

    public LabelSet {
        labels = List.copyOf(labels);
        int least = task == Task.MULTI_LABEL ? 1 : 2;
        if (labels.size() < least || (task == Task.BINARY && labels.size() > 2)) {
            throw new IllegalArgumentException(Text.format("%s can't be with the labels %s", task.title(), labels));
        }
        if (Set.copyOf(labels).size() < labels.size()) {
            throw new IllegalArgumentException("a label stands twice in " + labels);
        }
    }

    /** Rows with the labels in the spelling of this set, where both say that a row is looked for or not. */
    public Rows spelled(Rows rows) {
        return task == Task.MULTI_LABEL ? rows : rows.with(rows.rows().stream()
                .map(row -> row.labels().isEmpty() ? row : row.withLabels(List.of(spelled(row.labels().get(0)))))
                .toList());
    }

    private String spelled(String label) {
        if (labels.contains(label) || !LabelText.isDecision(label)) {
            return label;
        }
        List<String> same = labels.stream()
                .filter(LabelText::isDecision)
                .filter(other -> LabelText.isPositive(other) == LabelText.isPositive(label))
                .toList();
        return same.size() == 1 ? same.get(0) : label;
    }

    /** Refuses rows with a label that is not in this set, or with lists of labels where the task gives each row one. */
    public void check(Rows rows) throws DataException {
        checkShape(rows, task);
        for (Row row : rows.rows()) {
            for (String label : row.labels()) {
                if (!labels.contains(label)) {
                    throw new DataException(rows.file(), row.line(),
                            Text.format("the label \"%s\" of row %s is not one of those trained on: %s",
                                    label, row.id(), String.join(", ", labels)));
                }
            }
        }
    }

    /** Likewise, and refuses binary rows of one label only: no epoch can be chosen by their PR-AUC. */
    public void checkForSelection(Rows development) throws DataException {
        check(development);
        if (task == Task.BINARY && counts(development).containsValue(0)) {
            throw new DataException(development.file(), Text.format(
                    "each row has the label \"%s\"; add rows with another label",
                    development.rows().get(0).labels().get(0)));
        }
    }

    static void checkShape(Rows rows, Task task) throws DataException {
        if (rows.labelLists() && task != Task.MULTI_LABEL) {
            throw new DataException(rows.file(), Text.format(
                    "its rows have \"labels\", task %s needs one \"label\" each",
                    task.title()));
        }
    }

    /**
     * Each row's class, 0 to C − 1; for binary, 1 is positive.
     *
     * @return (N)
     * @throws IllegalStateException for multi-label, which has {@link #flags}
     */
    public int[] classes(Rows rows) {
        if (task == Task.MULTI_LABEL) {
            throw new IllegalStateException("multi-label rows have no single class; this is a bug");
        }
        Map<String, Integer> indices = indices();
        return rows.rows().stream().mapToInt(row -> indices.get(row.labels().get(0))).toArray();
    }

    /**
     * Which labels each row has.
     *
     * @return (N, C), row-major
     */
    public boolean[] flags(Rows rows) {
        Map<String, Integer> indices = indices();
        boolean[] flags = new boolean[Math.multiplyExact(rows.size(), labels.size())];
        for (int i = 0; i < rows.size(); i++) {
            for (String label : rows.rows().get(i).labels()) {
                flags[i * labels.size() + indices.get(label)] = true;
            }
        }
        return flags;
    }

    /** How many rows have each label, in the order of the labels. */
    public Map<String, Integer> counts(Rows rows) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        labels.forEach(label -> counts.put(label, 0));
        rows.rows().forEach(row -> row.labels().forEach(label -> counts.merge(label, 1, Integer::sum)));
        return counts;
    }

    /**
     * What a positive must count against a negative for both to weigh the same in the loss: negatives / positives.
     *
     * @param training rows in which each label has both
     * @return one value for binary, C for multi-label
     * @throws IllegalStateException for multi-class, whose loss knows no such weight
     */
    public float[] positiveWeights(Rows training) {
        List<String> positives = switch (task) {
            case BINARY -> labels.subList(1, 2);
            case MULTI_LABEL -> labels;
            case MULTI_CLASS -> throw new IllegalStateException("multi-class has no pos_weight; this is a bug");
        };
        Map<String, Integer> counts = counts(training);
        float[] weights = new float[positives.size()];
        for (int i = 0; i < weights.length; i++) {
            int count = counts.get(positives.get(i));
            weights[i] = (float) (training.size() - count) / count;
        }
        return weights;
    }

    /**
     * What a row of each class must count for all classes to weigh the same in the loss: N / (C × rows of the class).
     *
     * @param training rows in which each class stands
     * @return (C); their mean over the rows is 1
     */
    public float[] balancedWeights(Rows training) {
        Map<String, Integer> counts = counts(training);
        float[] weights = new float[labels.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) training.size() / (labels.size() * counts.get(labels.get(i)));
        }
        return weights;
    }

    private Map<String, Integer> indices() {
        Map<String, Integer> indices = new LinkedHashMap<>();
        labels.forEach(label -> indices.put(label, indices.size()));
        return indices;
    }
}
