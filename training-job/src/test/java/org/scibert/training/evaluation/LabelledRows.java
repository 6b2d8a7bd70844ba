package org.scibert.training.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;

/** Labelled rows for tests of what is measured on them. */
public final class LabelledRows {
    public static final LabelSet BINARY = new LabelSet(Task.BINARY, List.of("0", "1"));

    private LabelledRows() {}

    /** @param classes 1 for positive */
    public static Rows rows(int... classes) {
        return rows(BINARY.labels(), classes);
    }

    public static Rows rows(List<String> labels, int... classes) {
        return rows(IntStream.of(classes).mapToObj(c -> List.of(labels.get(c))).toList());
    }

    /** @param flags (N, C) */
    public static Rows rows(List<String> labels, boolean... flags) {
        List<List<String>> rows = new ArrayList<>();
        for (int start = 0; start < flags.length; start += labels.size()) {
            int row = start;
            rows.add(IntStream.range(0, labels.size()).filter(c -> flags[row + c]).mapToObj(labels::get).toList());
        }
        return rows(rows);
    }

    /** Details of binary rows, decided by a threshold of 0.5 without calibration. */
    static Details.Binary details(float[] logits, int... classes) {
        DecisionRule rule = new DecisionRule(Task.BINARY, BINARY.labels(), DecisionRule.DEFAULT_THRESHOLD);
        return (Details.Binary) MeasuredSplit.of(rule, BINARY, rows(classes), logits).details();
    }

    private static Rows rows(List<List<String>> labels) {
        List<Row> rows = IntStream.range(0, labels.size())
                .mapToObj(i -> new Row(i + 1, "id", "text", labels.get(i)))
                .toList();
        return new Rows(Path.of("rows.jsonl"), "0", false, rows);
    }
}
