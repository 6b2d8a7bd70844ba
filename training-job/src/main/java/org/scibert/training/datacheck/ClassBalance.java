package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.decision.Task;
import org.scibert.training.rows.DataException;
import org.scibert.training.rows.LabelInference;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * How the labels are spread. Header rows are not counted.
 *
 * @param task binary, multi-class or multi-label
 * @param labels in the order of the model's outputs; for binary the second is the positive one
 */
public record ClassBalance(String task, List<LabelCount> labels) {
    public ClassBalance {
        labels = List.copyOf(labels);
    }

    /** @throws DataException if the training rows leave nothing to tell apart, or are not for the task */
    static ClassBalance of(Splits<Rows> rows, Optional<Task> task, Optional<String> positiveLabel) throws DataException {
        Rows train = withoutHeaders(rows.train());
        LabelSet labels = LabelInference.infer(train, task.orElse(null), positiveLabel.orElse(null));
        float[] weights = labels.task() == Task.MULTI_CLASS ? new float[0] : labels.positiveWeights(train);
        int first = labels.labels().size() - weights.length;

        Map<Split, Map<String, Integer>> counts = new EnumMap<>(Split.class);
        rows.bySplit().forEach((split, of) -> counts.put(split, labels.counts(of)));
        counts.put(Split.TRAIN, labels.counts(train));
        List<LabelCount> found = new ArrayList<>();
        for (int c = 0; c < labels.labels().size(); c++) {
            String label = labels.labels().get(c);
            Map<Split, Integer> ofLabel = new EnumMap<>(Split.class);
            counts.forEach((split, all) -> ofLabel.put(split, all.get(label)));
            found.add(new LabelCount(label, ofLabel, hasWeight(weights, c - first) ? weights[c - first] : null));
        }
        return new ClassBalance(labels.task().title(), found);
    }

    private static boolean hasWeight(float[] weights, int i) {
        return i >= 0 && i < weights.length;
    }

    private static Rows withoutHeaders(Rows rows) {
        List<Row> data = rows.rows().stream().filter(row -> !HeaderRows.isHeader(rows, row)).toList();
        return data.isEmpty() ? rows : new Rows(rows.file(), rows.sha256(), rows.labelLists(), data);
    }
}
