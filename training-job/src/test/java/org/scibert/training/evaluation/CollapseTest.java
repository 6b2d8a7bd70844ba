package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CollapseTest {
    @Test
    void aBinaryModelThatSaysTheSameOfEveryRowCollapsed() {
        // 10 of 40 rows are positive: none is called so, then all are.
        assertThat(Collapse.in(binary(0, 0, 0.8))).contains("it says the same of all 40 dev rows");
        assertThat(Collapse.in(binary(0.25, 1, 0.8))).contains("it says the same of all 40 dev rows");
        assertThat(Collapse.in(binary(0.26, 1, 0.8))).isEmpty();
        assertThat(Collapse.in(binary(0.5, 0.5, 0.8))).isEmpty();
    }

    @Test
    void aBinaryModelThatRanksByChanceCollapsed() {
        assertThat(Collapse.in(binary(0.5, 0.5, 0.5123))).contains("dev ROC-AUC is 0.5123, and 0.5 is chance");
        assertThat(Collapse.in(binary(0.5, 0.5, 0.56))).isEmpty();
    }

    @Test
    void aMultiClassModelIsComparedWithTheMostFrequentClass() {
        // 6 of 10 rows are a: always a has F1 2 · 0.6 / 1.6 = 0.75 on a, and a macro F1 of 0.375.
        assertThat(Collapse.in(classes(0.375)))
                .contains("dev macro F1 is 0.3750, always saying the most frequent label gives 0.3750");
        assertThat(Collapse.in(classes(0.39))).isPresent();
        assertThat(Collapse.in(classes(0.40))).isEmpty();
    }

    @Test
    void aMultiLabelModelCollapsedIfEachLabelDid() {
        Metrics.OfLabel all = new Metrics.OfLabel("a", 0.3, 1, 0.46, 3, 0.7, 0.4);
        Metrics.OfLabel none = new Metrics.OfLabel("b", 0, 0, 0, 5, 0.7, 0.4);
        Metrics.OfLabel found = new Metrics.OfLabel("c", 0.5, 0.6, 0.54, 5, 0.7, 0.4);
        assertThat(Collapse.in(new Metrics.MultiLabel(10, 0.5, 0.2, 0.2, List.of(all, none)))).isPresent();
        assertThat(Collapse.in(new Metrics.MultiLabel(10, 0.5, 0.2, 0.2, List.of(all, none, found)))).isEmpty();
    }

    private static Metrics.Binary binary(double precision, double recall, double rocAuc) {
        return new Metrics.Binary(40, 10, 0.5, 0.7, precision, recall, 0.4, 0.5, rocAuc, 0.4);
    }

    private static Metrics.MultiClass classes(double macroF1) {
        return new Metrics.MultiClass(10, 0.5, 0.6, macroF1, 0.6, List.of(
                new Metrics.OfClass("a", 0.6, 1, 0.75, 6),
                new Metrics.OfClass("b", 0, 0, 0, 4)));
    }
}
