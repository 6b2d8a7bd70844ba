package org.scibert.training.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.training.records.DataException;

class LabelSetTest {
    private static final LabelSet BINARY = new LabelSet(Task.BINARY, List.of("other", "objective"));
    private static final LabelSet LISTS = new LabelSet(Task.MULTI_LABEL, List.of("a", "b", "c"));

    @Test
    void twoLabelsAreBinaryAndTheOneThatSaysSoIsPositive() throws DataException {
        assertInferred(single("1", "0", "0"), Task.BINARY, "0", "1");
        assertInferred(single("0", "1", "1", "1"), Task.BINARY, "0", "1");
        assertInferred(single("include", "exclude", "include"), Task.BINARY, "exclude", "include");
        assertInferred(single("Yes", "No", "Yes", "Yes"), Task.BINARY, "No", "Yes");
    }

    @Test
    void elseTheRarerLabelIsPositive() throws DataException {
        assertInferred(single("objective", "other", "other"), Task.BINARY, "other", "objective");
        assertInferred(single("other", "objective", "objective"), Task.BINARY, "objective", "other");
        assertInferred(single("yes", "1", "yes"), Task.BINARY, "yes", "1");
    }

    @Test
    void ofTwoEquallyFrequentLabelsTheLaterIsPositive() throws DataException {
        assertInferred(single("b", "a"), Task.BINARY, "a", "b");
        assertInferred(single("10", "9"), Task.BINARY, "9", "10");
    }

    @Test
    void thePositiveLabelCanBeNamed() throws DataException {
        assertThat(LabelInference.infer(single("0", "1"), null, "0").labels()).containsExactly("1", "0");
    }

    @Test
    void moreLabelsAreMultiClassInAnOrderThatRowsDoNotChange() throws DataException {
        assertInferred(single("b", "10", "a", "9", "-1"), Task.MULTI_CLASS, "-1", "9", "10", "a", "b");
        assertInferred(single("9", "a", "-1", "b", "10"), Task.MULTI_CLASS, "-1", "9", "10", "a", "b");
    }

    @Test
    void listsAreMultiLabel() throws DataException {
        assertInferred(lists(List.of("b"), List.of(), List.of("a", "b")), Task.MULTI_LABEL, "a", "b");
    }

    @Test
    void aGivenTaskIsKept() throws DataException {
        assertThat(LabelInference.infer(single("1", "0"), Task.MULTI_CLASS, null))
                .isEqualTo(new LabelSet(Task.MULTI_CLASS, List.of("0", "1")));
        assertThat(LabelInference.infer(single("b", "a"), Task.MULTI_LABEL, null))
                .isEqualTo(new LabelSet(Task.MULTI_LABEL, List.of("a", "b")));
    }

    @Test
    void rowsThatLeaveNothingToLearnAreRefused() {
        assertRefused(single("a", "a"), null, null,
                "each of its 2 rows has the label \"a\"; add rows with another label");
        assertRefused(lists(List.of(), List.of()), null, null, "no row has a label; add rows that have one");
        assertRefused(lists(List.of("a", "b"), List.of("a")), null, null,
                "each of its 2 rows has the label \"a\"; leave that label out, or add rows without it");
    }

    @Test
    void rowsOfAnotherTaskAreRefused() {
        assertRefused(single("a", "b", "c"), Task.BINARY, null,
                "it has 3 labels (a, b, c), binary has two; use multi-class");
        assertRefused(lists(List.of("a"), List.of()), Task.BINARY, null,
                "its rows have \"labels\", task binary needs one \"label\" each");
        assertRefused(single("a", "b"), null, "c",
                "\"c\" can't be the positive label: the task is binary, its labels a, b");
        assertRefused(single("a", "b", "c"), null, "c",
                "\"c\" can't be the positive label: the task is multi-class, its labels a, b, c");
    }

    @Test
    void classesAreIndicesOfLabels() {
        assertThat(BINARY.classes(single("objective", "other", "objective"))).containsExactly(1, 0, 1);
        assertThatThrownBy(() -> LISTS.classes(lists(List.of()))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void flagsSayWhichLabelsARowHas() {
        assertThat(LISTS.flags(lists(List.of("c", "a"), List.of(), List.of("b")))).containsExactly(
                true, false, true,
                false, false, false,
                false, true, false);
    }

    @Test
    void balancedWeightsLetEachClassWeighTheSame() {
        // 4 rows, 2 classes: 4 / (2 × 3) and 4 / (2 × 1).
        assertThat(new LabelSet(Task.MULTI_CLASS, List.of("a", "b")).balancedWeights(single("a", "a", "b", "a")))
                .containsExactly(2 / 3f, 2f);
    }

    @Test
    void positiveWeightsAreNegativesByPositives() {
        assertThat(BINARY.positiveWeights(single("other", "objective", "other", "other"))).containsExactly(3f);
        assertThat(LISTS.positiveWeights(lists(List.of("a", "b"), List.of("b"), List.of("b", "c"), List.of())))
                .containsExactly(3f, 1f / 3, 3f);
        assertThatThrownBy(() -> new LabelSet(Task.MULTI_CLASS, List.of("a", "b")).positiveWeights(single("a", "b")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void countsAreInTheOrderOfLabels() {
        assertThat(LISTS.counts(lists(List.of("c", "a"), List.of("c"))).toString()).isEqualTo("{a=1, b=0, c=2}");
    }

    @Test
    void rowsWithLabelsThatTrainingLacksAreRefused() {
        assertThatThrownBy(() -> BINARY.check(single("other", "method"))).isInstanceOf(DataException.class)
                .hasMessage("rows.jsonl line 2: the label \"method\" of row id is not one of those trained on: other,"
                        + " objective");
        assertThatThrownBy(() -> BINARY.check(lists(List.of("other")))).isInstanceOf(DataException.class)
                .hasMessage("rows.jsonl: its rows have \"labels\", task binary needs one \"label\" each");
    }

    @Test
    void rowsOfOneLabelOnlyCanNotChooseAnEpoch() throws DataException {
        BINARY.checkForSelection(single("other", "objective"));
        assertThatThrownBy(() -> BINARY.checkForSelection(single("other", "other"))).isInstanceOf(DataException.class)
                .hasMessage("rows.jsonl: each row has the label \"other\"; add rows with another label");
    }

    @Test
    void aSetThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new LabelSet(Task.BINARY, List.of("a", "b", "c")))
                .hasMessage("binary can't be with the labels [a, b, c]");
        assertThatThrownBy(() -> new LabelSet(Task.MULTI_CLASS, List.of("a")))
                .hasMessage("multi-class can't be with the labels [a]");
        assertThatThrownBy(() -> new LabelSet(Task.BINARY, List.of("a", "a")))
                .hasMessage("a label stands twice in [a, a]");
    }

    private static void assertInferred(Rows rows, Task task, String... labels) throws DataException {
        assertThat(LabelInference.infer(rows, null, null)).isEqualTo(new LabelSet(task, List.of(labels)));
    }

    private static void assertRefused(Rows rows, Task task, String positiveLabel, String reason) {
        assertThatThrownBy(() -> LabelInference.infer(rows, task, positiveLabel)).isInstanceOf(DataException.class)
                .hasMessage("rows.jsonl: " + reason);
    }

    private static Rows single(String... labels) {
        return rows(false, List.of(labels).stream().map(List::of).toList());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Rows lists(List<String>... labels) {
        return rows(true, List.of(labels));
    }

    private static Rows rows(boolean lists, List<List<String>> labels) {
        List<Row> rows = new ArrayList<>();
        for (List<String> each : labels) {
            rows.add(new Row(rows.size() + 1, "id", "text", each));
        }
        return new Rows(Path.of("rows.jsonl"), "0", lists, rows);
    }
}
