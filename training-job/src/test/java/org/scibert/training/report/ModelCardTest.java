package org.scibert.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.network.NetworkConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.release.Provenance;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.calibration.FittedDecisions;
import org.scibert.training.datacheck.DataCheck;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

class ModelCardTest {
    private static final List<String> NAMES = List.of("other", "a|b <i>\nx: \"y\"");
    private static final LabelSet LABELS = new LabelSet(Task.BINARY, List.of("0", "1"));

    @Test
    void itBeginsWithTheHubsMetadata() throws Exception {
        String card = card("hf:allenai/scibert_scivocab_uncased@24f92d3");
        assertThat(card).startsWith("---\n");
        List<String> lines = card.substring(4, card.indexOf("\n---\n")).lines().toList();
        assertThat(lines).contains(
                "language: \"en\"", "license: \"unknown\"", "pipeline_tag: \"text-classification\"",
                "base_model: \"allenai/scibert_scivocab_uncased\"");
        assertThat(lines).allMatch(line -> line.matches("[a-z_-]+: .+")); // one line a key: JSON is YAML
        String index = lines.get(lines.size() - 1);
        JsonNode model = new ObjectMapper().readTree(index.substring("model-index: ".length())).get(0);
        JsonNode result = model.path("results").get(0);
        assertThat(result.path("task").path("type").asText()).isEqualTo("text-classification");
        assertThat(result.path("dataset").path("split").asText()).isEqualTo("dev");
        assertThat(result.path("metrics").findValuesAsText("type")).contains("f1", "prAuc").doesNotContain("rows");
        assertThat(result.path("metrics").get(1))
                .hasToString("{\"type\":\"accuracy\",\"name\":\"Accuracy\",\"value\":1.0}");
    }

    @Test
    void namesFromDataAreNoMarkup() throws Exception {
        String card = card("embedded");
        assertThat(card).doesNotContain("<i>", "base_model:").contains("labels other, a\\|b &lt;i> x: \"y\"");
    }

    @Test
    void scoresStandBesideTheirIntervals() throws Exception {
        assertThat(card("embedded"))
                .contains("| Metric | dev | 95 % interval |\n|---|---|---|\n",
                        "| Accuracy | 1.0000 | 1.0000 to 1.0000 |")
                .contains("## Intended use", "## Data", "## Evaluation", "## Decisions", "## Limits");
    }

    @Test
    void decisionsAndPrecisionsAreTheReportsTables() throws Exception {
        String card = ModelCard.markdown(ReportInputs.of(Task.MULTI_LABEL));
        assertThat(card)
                .contains("| Label | Threshold | Rule | Precision | Recall | Lower bound of the aim |\n", "\n| aim | ")
                .doesNotContain("label 0", "label 1", "label 2")
                .contains("| int8 (served) | 1.1 | 1.50 | -0.0012 | – |")
                .contains("| fp16 is left out: &lt;/script>");
        assertThat(ModelCard.markdown(ReportInputs.of(Task.BINARY))).contains("Review: a person is asked from ");
    }

    @Test
    void theDataTableHasNamesAndOneIsSingular() throws Exception {
        assertThat(card("embedded"))
                .contains("| train | 4 | other 2, a\\|b &lt;i> x: \"y\" 2 | `000")
                .contains("1 error, ", "; 0 training rows were left out because they stand in dev or test.")
                .doesNotContain("1 errors", "dev and test share");
    }

    @Test
    void leaksThatDropLeaksDoesNotTouchAreSaid() throws Exception {
        Rows shared = rows();
        DataReport report = DataCheck.of(
                        new Splits<>(rows("e", "f", "g", "h"), shared, shared), true, Optional.empty(),
                        Optional.empty())
                .report();
        assertThat(DataSection.sentence(report))
                .startsWith("1 error, ")
                .endsWith("Among the errors are texts that dev and test share: --drop-leaks leaves out training rows"
                        + " only, so remove these rows from dev.");
    }

    private static String card(String encoder) throws Exception {
        Rows rows = rows();
        float[] logits = {3, -3, 3, -3};
        DecisionRule rule = new DecisionRule(Task.BINARY, NAMES, 0.5);
        Measurement dev = MeasuredSplit.of(rule, LABELS, rows, logits).measurement();
        ModelConfig model = new ModelConfig(
                new NetworkConfig(TinyEncoder.config(), Task.BINARY, 1, 0.3), rule, LABELS.labels(), 24);
        Assessment assessment = new Assessment(
                model, new FittedDecisions(0.95, List.of(), List.of(), null), Map.of(Split.DEV, dev), Map.of(),
                Map.of(), Optional.empty());
        DataReport report = DataCheck.of(
                new Splits<>(rows, rows), false, Optional.empty(), Optional.empty()).report();
        Provenance provenance = new Provenance(
                Map.of(), encoder, "0".repeat(64), 42,
                JsonNodeFactory.instance.objectNode().put("encoderRevision", "24f92d3"), Map.of(), "unknown");
        return ModelCard.markdown(new ReportInput(
                new ReportInput.Title("tiny", Instant.EPOCH, "en", "unknown"),
                new ReportInput.Run(provenance, FineTuningConfig.DEFAULT, List.of(42), null),
                report, assessment,
                new Precisions("fp32", List.of("fp32"), Precisions.DEFAULT_TOLERANCE, Map.of(), List.of()),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty()));
    }

    private static Rows rows() {
        return rows("a", "b", "c", "d");
    }

    private static Rows rows(String... texts) {
        return new Rows(Path.of("rows.jsonl"), "0".repeat(64), false, IntStream.range(0, texts.length)
                .mapToObj(i -> new Row(i + 1, Integer.toString(i + 1), texts[i], List.of(i % 2 == 0 ? "1" : "0")))
                .toList());
    }
}
