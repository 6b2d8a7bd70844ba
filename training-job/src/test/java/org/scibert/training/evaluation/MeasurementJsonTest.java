package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

class MeasurementJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LABELS = List.of("a", "b");

    @Test
    void detailsStandBesideTheKeysThatMetricsHadBefore() {
        for (Task task : Task.values()) {
            LabelSet labels = new LabelSet(task, LABELS);
            DecisionRule rule = new DecisionRule(task, LABELS, 0.5);
            Rows rows = LabelledRows.rows(LABELS, 0, 1, 1);
            float[] logits = task == Task.BINARY ? new float[] {-1, 1, -1} : new float[] {1, -1, -1, 1, 1, -1};
            Measurement measurement = MeasuredSplit.of(rule, labels, rows, logits).measurement();
            JsonNode json = JSON.valueToTree(measurement);
            ObjectNode metrics = JSON.valueToTree(measurement.metrics());
            ObjectNode details = JSON.valueToTree(measurement.details());
            assertThat(json.size()).as("no key twice").isEqualTo(metrics.size() + details.size() + 1);
            metrics.properties().forEach(f -> assertThat(json.get(f.getKey())).isEqualTo(f.getValue()));
            assertThat(json.has("mcc") && json.has("ece") && json.has("eceBefore") && json.has("brier")).isTrue();
            assertThat(json.path("intervals").path("loss").isArray()).isTrue();
            assertThat(json.path("intervals").path("loss").size()).isEqualTo(2);
            assertThat(json.path("curves").get(0).path("roc").get(0).toString()).isEqualTo("[0.0,0.0]");
            assertThat(json.toString()).doesNotContain("null", "NaN");
        }
    }

    @Test
    void aLabelsDetailsAreItsOwnKeys() {
        LabelSet labels = new LabelSet(Task.MULTI_LABEL, LABELS);
        Measurement measurement = MeasuredSplit.of(new DecisionRule(Task.MULTI_LABEL, LABELS, 0.5), labels,
                LabelledRows.rows(LABELS, true, false, false, false), new float[] {1, -1, -1, 1}).measurement();
        JsonNode label = JSON.valueToTree(measurement).path("perLabelDetails").get(0);
        assertThat(label.path("label").asText()).isEqualTo("a");
        assertThat(label.path("threshold").asDouble()).isEqualTo(0.5);
        assertThat(label.path("confusion").toString()).isEqualTo("[[1,0],[0,1]]");
    }
}
