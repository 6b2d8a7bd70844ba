package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.LabelInference;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * The number of rows of each label. Header rows are not counted.
 *
 * @param task binary, multi-class or multi-label
 * @param labels in the order of the model's outputs; for binary the second is the positive one
 */
public record ClassBalance(String task, List<LabelCount> labels) {
    /** Below this number, one row moves a label's recall by more than 10 points. */
    private static final int ENOUGH = 10;

    /** Labels that a sentence names. */
    private static final int NAMED = 20;

    /**
     * The number of rows of one label.
     *
     * @param rows by split, in the order of {@link Split}
     * @param posWeight negatives / positives of the training rows, the weight of a positive with which both weigh the
     *     same in the loss; null for labels that have none: the negative of two, and those of multi-class
     */
    public record LabelCount(
            String label, Map<Split, Integer> rows, @JsonInclude(JsonInclude.Include.NON_NULL) Float posWeight) {
        public LabelCount {
            rows = Collections.unmodifiableMap(new EnumMap<>(rows));
        }
    }

    public ClassBalance {
        labels = List.copyOf(labels);
    }

    /** @throws DataException if the training rows leave nothing to tell apart, or are not for the task */
    static ClassBalance of(Splits<Rows> rows, Optional<Task> task, Optional<String> positiveLabel)
            throws DataException {
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
            boolean weighted = c >= first && c - first < weights.length;
            found.add(new LabelCount(label, ofLabel, weighted ? weights[c - first] : null));
        }
        return new ClassBalance(labels.task().title(), found);
    }

    private static Rows withoutHeaders(Rows rows) {
        List<Row> data = rows.rows().stream().filter(row -> !RowChecks.isHeader(rows, row)).toList();
        return data.isEmpty() ? rows : rows.with(data);
    }

    /** One finding for each split with labels that too few of its rows have. */
    List<Finding> rareLabels() {
        List<Finding> findings = new ArrayList<>();
        for (Split split : labels.get(0).rows().keySet()) {
            List<LabelCount> rare = labels.stream().filter(label -> label.rows().get(split) < ENOUGH).toList();
            if (!rare.isEmpty()) {
                findings.add(rareLabels(split, rare));
            }
        }
        return findings;
    }

    private static Finding rareLabels(Split split, List<LabelCount> rare) {
        String counts = rare.stream()
                .limit(NAMED)
                .map(label -> Text.format("\"%s\" (%s)", label.label(), label.rows().get(split)))
                .collect(Collectors.joining(", "));
        if (rare.size() > NAMED) {
            counts += Text.format(" and %s more", rare.size() - NAMED);
        }
        return new Finding(
                Finding.Kind.RARE_LABEL,
                Severity.WARNING,
                List.of(split),
                rare.size(),
                Text.format("labels with fewer than %s %s rows: %s", ENOUGH, split, counts),
                split == Split.TRAIN
                        ? "label more rows, or join the label with another: it is hardly learned"
                        : "add rows: one of them moves the label's recall by more than 10 points",
                List.of());
    }
}
