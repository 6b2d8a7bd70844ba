package org.scibert.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.ReviewBand;
import org.scibert.decision.Task;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Precision;
import org.scibert.network.TinyEncoder;
import org.scibert.weights.WeightsException;

class ModelConfigTest {
    private static final List<String> LABELS = List.of("exclude", "include");

    @TempDir
    private Path folder;

    @Test
    void theWholeRuleIsWrittenAndRead() throws IOException {
        ModelConfig config = config(Task.BINARY).with(new DecisionRule(
                Task.BINARY,
                LABELS,
                new Calibration(List.of(0.7), List.of(-1.5)),
                List.of(0.3),
                Optional.of(new ReviewBand(0.05, 0.8))));
        config.write(folder);
        assertThat(ModelConfig.read(folder)).isEqualTo(config);
        assertThat(Files.readString(folder.resolve("config.json"))).contains(
                "\"slopes\" : [ 0.7 ]", "\"intercepts\" : [ -1.5 ]", "\"thresholds\" : [ 0.3 ]", "\"low\" : 0.05");
    }

    @Test
    void withoutCalibrationAndBandNothingIsWrittenOfThem() throws IOException {
        for (Task task : Task.values()) {
            ModelConfig config = config(task);
            config.write(folder);
            assertThat(ModelConfig.read(folder)).isEqualTo(config);
            assertThat(Files.readString(folder.resolve("config.json"))).doesNotContain("calibration", "review");
        }
    }

    @Test
    void thePrecisionIsReadAndFp32WhereAReleaseNamesNone() throws IOException {
        ModelConfig config = config(Task.BINARY).with(List.of(Precision.FP32, Precision.INT8));
        config.write(folder);
        assertThat(ModelConfig.read(folder)).isEqualTo(config);
        assertThat(config.precision()).isEqualTo(Precision.INT8);

        edit("\"precision\" : \"int8\"", "\"other\" : 1");
        assertThat(ModelConfig.read(folder).precision()).isEqualTo(Precision.FP32);
    }

    @Test
    void windowsAreRecordedAndNeedAReaderThatKnowsThem() throws IOException {
        config(Task.BINARY).write(folder);
        assertThat(Files.readString(folder.resolve("config.json"))).doesNotContain("on_too_long", "release_format");
        assertThat(ModelConfig.read(folder).tokensRead()).isEqualTo(TinyRelease.MAX_TOKENS);

        ModelConfig windows = config(Task.BINARY).withWindows(true);
        windows.write(folder);
        assertThat(ModelConfig.read(folder)).isEqualTo(windows);
        assertThat(windows.tokensRead()).isEqualTo(Integer.MAX_VALUE);
        assertThat(Files.readString(folder.resolve("config.json")))
                .contains("\"on_too_long\" : \"window\"", "\"release_format\" : 2");
    }

    @Test
    void anOlderReleasesSingleThresholdHoldsForEachLabel() throws IOException {
        config(Task.MULTI_LABEL).write(folder);
        edit("\"thresholds\" : [ 0.5, 0.5 ]", "\"threshold\" : 0.25");
        assertThat(ModelConfig.read(folder).rule().thresholds()).containsExactly(0.25, 0.25);

        config(Task.MULTI_CLASS).write(folder);
        edit("\"thresholds\" : [ ]", "\"threshold\" : 0.5");
        assertThat(ModelConfig.read(folder).rule().thresholds()).isEmpty();
    }

    @Test
    void numbersThatAreNoneAreRefusedWithTheFile() throws IOException {
        config(Task.BINARY).write(folder);
        edit("\"thresholds\" : [ 0.5 ]", "\"thresholds\" : [ \"half\" ]");
        assertThatThrownBy(() -> ModelConfig.read(folder)).isInstanceOf(WeightsException.class)
                .hasMessageContaining("config.json: a number is wanted where \"half\" stands");
        config(Task.BINARY).write(folder);
        edit("\"thresholds\" : [ 0.5 ]", "\"thresholds\" : [ 0.5 ], \"review\" : { \"low\" : 0.1 }");
        assertThatThrownBy(() -> ModelConfig.read(folder)).hasMessageContaining("where nothing stands");
    }

    private void edit(String wanted, String replacement) throws IOException {
        Path file = folder.resolve("config.json");
        String json = Files.readString(file);
        assertThat(json).contains(wanted);
        Files.writeString(file, json.replace(wanted, replacement));
    }

    private static ModelConfig config(Task task) {
        NetworkConfig network = new NetworkConfig(TinyEncoder.config(0.1), task, task.outputs(LABELS.size()), 0.3);
        return new ModelConfig(network, new DecisionRule(task, LABELS, 0.5), LABELS, TinyRelease.MAX_TOKENS);
    }
}
