package org.scibert.training.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.ThresholdRule.BestF1;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

class PrecisionsTest {
    private static final List<String> LABELS = List.of("exclude", "include");
    private static final LabelSet LABEL_SET = new LabelSet(Task.BINARY, LABELS);

    @TempDir
    private Path release;

    @Test
    void eachIsMeasuredAndTheFastestWithinTheToleranceServes() throws IOException {
        TinyRelease.write(release, Task.BINARY, LABELS, 7);
        Splits<Rows> splits = splits();
        Assessment full = assess(splits);
        Precisions generous = Precisions.of(release, splits, LABEL_SET, full, 1, () -> { });
        assertThat(generous.measured()).containsOnlyKeys("fp32", "fp16", "bf16", "int8");
        assertThat(generous.within()).containsExactly("fp32", "fp16", "bf16", "int8");
        assertThat(generous.served()).isEqualTo("int8");

        Precisions.Measured fp32 = generous.measured().get("fp32");
        assertThat(fp32.splits()).isEqualTo(full.metrics());
        assertThat(fp32.scoreLoss()).containsEntry(Split.DEV, 0.).containsEntry(Split.TEST, 0.);
        Precisions.Measured int8 = generous.measured().get("int8");
        assertThat(int8.bytes())
                .isEqualTo(Files.size(release.resolve("model.int8.safetensors")))
                .isLessThan(fp32.bytes());
        assertThat(int8.millisPerText()).isPositive();
        for (Split split : List.of(Split.DEV, Split.TEST)) {
            double loss = full.metrics().get(split).selectionScore() - int8.splits().get(split).selectionScore();
            assertThat(int8.scoreLoss().get(split)).isEqualTo(loss, within(1e-12));
        }
    }

    /** 0.2 points are less than one of 455 answers and more than one of 2,026. */
    @Test
    void theToleranceIsNoFinerThanOneRow() {
        assertThat(Precisions.mostLoss(0.002, 455)).isEqualTo(1 / 455.);
        assertThat(Precisions.mostLoss(0.002, 2026)).isEqualTo(0.002);
        assertThat(Precisions.mostLoss(0, 455)).isZero();
    }

    @Test
    void whatLosesMoreThanTheToleranceIsNotServed() {
        assertThat(allowed(0.001, 0.003, 0.002)).containsExactly("fp32", "fp16");
        assertThat(allowed(0.001, 0.003, 0.003)).containsExactly("fp32", "fp16", "int8");
        assertThat(allowed(0.003, -0.01, 0.002)).containsExactly("fp32", "int8");
        assertThat(allowed(0.003, 0.003, 0.002)).containsExactly("fp32");
        assertThat(allowed(0, 1e-9, 0)).containsExactly("fp32", "fp16");
    }

    private static List<String> allowed(double fp16Loss, double int8Loss, double tolerance) {
        Map<String, Precisions.Measured> measured = new LinkedHashMap<>();
        measured.put("fp32", losing(0));
        measured.put("fp16", losing(fp16Loss));
        measured.put("int8", losing(int8Loss));
        return Precisions.within(measured, Split.DEV, tolerance);
    }

    /** What it loses on test is not chosen by. */
    private static Precisions.Measured losing(double loss) {
        return new Precisions.Measured(1, 1, Map.of(Split.DEV, loss, Split.TEST, 0.5), Map.of());
    }

    @Test
    void theSameRowsGiveTheSameWeightsAndTheSameChoice() throws IOException {
        TinyRelease.write(release, Task.BINARY, LABELS, 7);
        Splits<Rows> splits = splits();
        Assessment full = assess(splits);
        Precisions first = Precisions.of(release, splits, LABEL_SET, full, Precisions.DEFAULT_TOLERANCE, () -> { });
        assertThat(first.tolerance()).isEqualTo(1. / splits.dev().size());
        byte[] weights = Files.readAllBytes(release.resolve("model.int8.safetensors"));
        Precisions second = Precisions.of(release, splits, LABEL_SET, full, Precisions.DEFAULT_TOLERANCE, () -> { });
        assertThat(second.served()).isEqualTo(first.served());
        assertThat(release.resolve("model.int8.safetensors")).hasBinaryContent(weights);
    }

    @Test
    void aPrecisionThatOverflowsIsNotCarried() throws IOException {
        TinyRelease.write(release, Task.BINARY, LABELS, 7);
        // The largest number of 16 bits is 65504.
        scaleWordEmbedding(1e6f);
        Precisions precisions = Precisions.of(release, splits(), LABEL_SET, assess(splits()), 1, () -> { });
        assertThat(precisions.measured()).containsOnlyKeys("fp32", "int8");
        assertThat(precisions.notes()).hasSize(2)
                .anyMatch(note -> note.startsWith("fp16 is left out: the network gave a logit"))
                .anyMatch(note -> note.startsWith("bf16 is left out: the network gave a logit"));
        assertThat(release.resolve("model.fp16.safetensors")).doesNotExist();
    }

    @Test
    void theJsonNamesEach() throws IOException {
        TinyRelease.write(release, Task.BINARY, LABELS, 7);
        Precisions precisions = Precisions.of(release, splits(), LABEL_SET, assess(splits()), 1, () -> { });
        JsonNode json = new ObjectMapper().valueToTree(precisions);
        assertThat(json.path("served").asText()).isEqualTo("int8");
        JsonNode int8 = json.path("measured").path("int8");
        assertThat(int8.fieldNames()).toIterable()
                .containsExactly("bytes", "millisPerText", "scoreLoss", "splits");
        assertThat(int8.path("splits").path("test").path("rows").asInt()).isEqualTo(21);
    }

    private void scaleWordEmbedding(float factor) throws IOException {
        String name = "bert.embeddings.word_embeddings.weight";
        Path file = release.resolve("model.safetensors");
        List<Tensor> tensors = new ArrayList<>();
        for (Tensor t : Safetensors.map(file).values()) {
            float[] values = t.floats();
            for (int i = 0; i < values.length; i++) {
                values[i] *= t.name().equals(name) ? factor : 1;
            }
            tensors.add(Tensor.of(t.name(), t.shape(), values));
        }
        Path scaled = release.resolve("scaled");
        Safetensors.write(scaled, tensors, Map.of());
        Files.move(scaled, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private Assessment assess(Splits<Rows> splits) throws IOException {
        DecisionConfig config = new DecisionConfig(new BestF1(), Optional.empty(), 0.8);
        return Assessment.of(release, splits, LABEL_SET, config, new float[] {3}, () -> { });
    }

    private static Splits<Rows> splits() {
        Rows rows = rows(60);
        return new Splits<>(rows, rows, rows(21));
    }

    /** Every third row is positive; the random network can tell to some degree. */
    private static Rows rows(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean positive = i % 3 == 0;
            String text = (positive ? "cell " : "we study ") + (char) ('a' + i % 26) + " " + (char) ('a' + i * 7 % 26);
            rows.add(new Row(i + 1, "id", text, List.of(LABELS.get(positive ? 1 : 0))));
        }
        return new Rows(Path.of("rows.jsonl"), "0", false, rows);
    }
}
