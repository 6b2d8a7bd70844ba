package org.scibert.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;

class MetricsJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void binaryKeysAreInTheirOrder() throws JsonProcessingException {
        Metrics.Binary metrics = new Metrics.Binary(8, 3, 0.5, 0.75, 0.6, 0.7, 0.65, 0.7, 0.9, 0.8);
        assertThat(JSON.writeValueAsString(metrics)).isEqualTo("{\"rows\":8,\"positives\":3,\"loss\":0.5,"
                + "\"accuracy\":0.75,\"precision\":0.6,\"recall\":0.7,\"f1\":0.65,\"macroF1\":0.7,\"rocAuc\":0.9,"
                + "\"prAuc\":0.8}");
    }

    @Test
    void whatIsNotDefinedIsLeftOut() throws JsonProcessingException {
        String json = JSON.writeValueAsString(
                MeasuredSplit.of(LabelledRows.BINARY, LabelledRows.rows(0), new float[] {-1}).metrics());
        assertThat(json).doesNotContain("rocAuc", "prAuc", "null", "NaN");
        assertThat(JSON.readValue(json, Metrics.Binary.class).prAuc()).isNull();
    }

    @Test
    void multiClassKeysAreInTheirOrder() throws JsonProcessingException {
        List<String> labels = List.of("a", "b");
        Metrics metrics = MeasuredSplit.of(
                new LabelSet(Task.MULTI_CLASS, labels), LabelledRows.rows(labels, 0), new float[] {0, 0}).metrics();
        String json = JSON.writeValueAsString(metrics);
        assertThat(json).isEqualTo("{\"rows\":1,\"loss\":0.6931471805599453,\"accuracy\":1.0,\"macroF1\":0.5,"
                + "\"microF1\":1.0,\"perClass\":["
                + "{\"label\":\"a\",\"precision\":1.0,\"recall\":1.0,\"f1\":1.0,\"support\":1},"
                + "{\"label\":\"b\",\"precision\":0.0,\"recall\":0.0,\"f1\":0.0,\"support\":0}]}");
        assertThat(JSON.readValue(json, Metrics.MultiClass.class)).isEqualTo(metrics);
    }

    @Test
    void multiLabelKeysAreInTheirOrder() throws JsonProcessingException {
        Metrics metrics = MeasuredSplit.of(
                new LabelSet(Task.MULTI_LABEL, List.of("a")), LabelledRows.rows(List.of("a"), true), new float[] {0})
                        .metrics();
        String json = JSON.writeValueAsString(metrics);
        assertThat(json).isEqualTo("{\"rows\":1,\"loss\":0.6931471805599453,\"microF1\":1.0,\"macroF1\":1.0,"
                + "\"perLabel\":[{\"label\":\"a\",\"precision\":1.0,\"recall\":1.0,\"f1\":1.0,\"support\":1,"
                + "\"prAuc\":1.0}]}");
        assertThat(JSON.readValue(json, Metrics.MultiLabel.class)).isEqualTo(metrics);
    }
}
