package org.scibert.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;

class LabelWeightsTest {
    /** Four rows of nine are "b". */
    @Test
    void sqrtIsTheRootOfTheCountedWeights() throws Exception {
        Rows rows = new Rows(Path.of("rows.jsonl"), "0".repeat(64), false, IntStream.range(0, 9)
                .mapToObj(i -> new Row(i + 1, "id", "text", List.of(i < 4 ? "b" : "a")))
                .toList());
        LabelSet binary = new LabelSet(Task.BINARY, List.of("a", "b"));
        assertThat(LabelWeights.parse("auto").on(binary, rows)).containsExactly(1.25f);
        assertThat(LabelWeights.parse("sqrt").on(binary, rows)).containsExactly((float) Math.sqrt(1.25));

        LabelSet classes = new LabelSet(Task.MULTI_CLASS, List.of("a", "b"));
        assertThat(LabelWeights.parse("sqrt").on(classes, rows)).containsExactly(
                new float[] {(float) Math.sqrt(9 / (2 * 5.)), (float) Math.sqrt(9 / (2 * 4.))}, within(1e-6f));
    }
}
