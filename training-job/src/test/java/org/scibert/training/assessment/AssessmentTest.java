package org.scibert.training.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.ThresholdRule.BestF1;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

class AssessmentTest {
    private static final List<String> LABELS = List.of("exclude", "include");
    private static final LabelSet LABEL_SET = new LabelSet(Task.BINARY, LABELS);

    @TempDir
    private Path release;

    @Test
    void whatIsWrittenDecidesAsItWasMeasured() throws IOException {
        TinyRelease.write(release, Task.BINARY, LABELS, 7);
        Splits<Rows> splits = splits();
        DecisionConfig config = new DecisionConfig(new BestF1(), Optional.of(0.3), 0.8);
        Assessment assessment = Assessment.of(release, splits, LABEL_SET, config, new float[] {3}, () -> { });
        assessment.model().write(release);

        assertThat(ModelConfig.read(release)).isEqualTo(assessment.model());
        assertThat(assessment.model().rule().review()).isPresent();
        try (Classifier classifier = Classifier.open(release)) {
            Metrics.Binary dev = (Metrics.Binary) ReleaseEvaluation.metrics(splits.dev(), classifier);
            assertThat(dev).isEqualTo(assessment.metrics().get(Split.DEV));
            assertThat(dev.recall()).isEqualTo(assessment.decisions().thresholds().get(0).recall(), within(1e-12));
            assertThat(ReleaseEvaluation.metrics(splits.test().orElseThrow(), classifier))
                    .isEqualTo(assessment.metrics().get(Split.TEST));
        }
    }

    private static Splits<Rows> splits() {
        Rows rows = rows(60);
        return new Splits<>(rows, rows, rows(21));
    }

    /** Letters whose kind the random network can tell to some degree; every third row is positive. */
    private static Rows rows(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text =
                    (i % 3 == 0 ? "cell " : "we study ") + (char) ('a' + i % 26) + " " + (char) ('a' + i * 7 % 26);
            rows.add(new Row(i + 1, "id", text, List.of(LABELS.get(i % 3 == 0 ? 1 : 0))));
        }
        return new Rows(Path.of("rows.jsonl"), "0", false, rows);
    }
}
