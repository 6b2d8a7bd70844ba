package org.scibert.function.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.function.api.Limits;
import org.scibert.function.serving.BatchSettings;
import org.scibert.function.serving.CandidateSettings;
import org.scibert.function.serving.ModelSettings;
import org.scibert.function.serving.ServingLimits;

/** Every numeric setting of the function has a range, and is refused at the start by its name. */
class SettingTest {
    @Test
    void withoutSettingsTheDefaultsHold() {
        Limits limits = new Limits(config(Map.of()));
        ServingLimits serving = new ServingLimits(config(Map.of()));

        assertThat(limits).isEqualTo(new Limits(1 << 20, 32, 4, 20_000, Duration.ofSeconds(10)));
        assertThat(serving.concurrentRequests()).isEqualTo(64);
        assertThat(serving.explainDeadline()).isEqualTo(Duration.ofMinutes(1));
        assertThat(serving.concurrentExplanations()).isEqualTo(1);
        assertThat(serving.deadline()).isEqualTo(Duration.ofSeconds(20));
        assertThat(new ModelSettings(config(Map.of())).precision()).isEqualTo("auto");
        assertThat(new CandidateSettings(config(Map.of()))).isEqualTo(
                new CandidateSettings(Optional.empty(), false, Optional.empty(), 0.1, 200, 0.02, 2, 0.9));
    }

    @Test
    void theNetworkTakesTheCoresThatTheProcessHas() {
        BatchSettings usual = new BatchSettings(config(Map.of()));
        assertThat(usual).isEqualTo(new BatchSettings(Runtime.getRuntime().availableProcessors(), 320, 1024));
        assertThat(new BatchSettings(config(Map.of("omp.num-threads", "3"))).cores()).isEqualTo(3);
        // A Lambda of 1769 MB has the time of one core, and sees two.
        assertThat(new BatchSettings(config(Map.of("aws.lambda-function-memory-size", "512"))).cores()).isEqualTo(1);
        assertThat(BatchSettings.cores(2, Optional.of(2048))).isEqualTo(1);
        assertThat(BatchSettings.cores(2, Optional.of(3008))).isEqualTo(2);
        assertThat(BatchSettings.cores(6, Optional.of(10_240))).isEqualTo(6);
        assertThat(BatchSettings.cores(2, Optional.of(10_240))).isEqualTo(2);
    }

    @Test
    void aSettingOfBeforeIsRefusedWithWhatReplacesIt() {
        assertThatThrownBy(() -> new ServingLimits(config(Map.of("limits.queued-requests", "16"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("LIMITS_QUEUED_REQUESTS is no setting any more; QUEUE_TEXTS");
    }

    @Test
    void blankIsUnsetAndValuesAreStripped() {
        assertThat(new Limits(config(Map.of("limits.texts", "  ", "limits.text-length", " 64 "))))
                .isEqualTo(new Limits(1 << 20, 32, 4, 64, Duration.ofSeconds(10)));
        ModelSettings model = new ModelSettings(config(Map.of(
                "model.store", " file:store\n", "model.name", " ", "model.precision", "", "model.refresh", " 60S ")));
        assertThat(model.store()).contains("file:store");
        assertThat(model.name()).isEmpty();
        assertThat(model.precision()).isEqualTo("auto");
        assertThat(model.refresh()).contains(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "limits.body-bytes, 1023", "limits.body-bytes, 2147483647", "limits.body-bytes, 1e6",
        "limits.body-bytes, 67108865",
        "limits.texts, 0", "limits.texts, 1025", "limits.texts, -1", "limits.texts, 99999999999",
        "limits.explain-texts, 0", "limits.concurrent-explanations, 0", "limits.explain-deadline, 16M",
        "limits.text-length, 0", "limits.text-length, 1000001",
        "limits.body-timeout, 0S", "limits.body-timeout, 11M", "limits.body-timeout, soon",
        "limits.concurrent-requests, 0", "limits.concurrent-requests, 1025", "batch.tokens, 15", "batch.tokens, many",
        "queue.texts, 0", "queue.texts, 100001", "omp.num-threads, 0", "omp.num-threads, 2 of 4",
        "limits.deadline, 99ms", "limits.deadline, 16M", "limits.deadline, -20S",
        "limits.deadline, 99999999999999999999S", "model.refresh, 0S", "model.refresh, 25H",
        "model.candidate-share, 0", "model.candidate-share, 0.51", "model.candidate-budget, 0",
        "model.candidate-budget, 2",
        "model.candidate-texts, 9", "model.candidate-errors, -0.1", "model.candidate-latency, 0.9",
        "model.candidate-agreement, NaN", "model.candidate-agreement, most"})
    void aValueOutsideItsRangeIsRefusedByName(String property, String value) {
        SmallRyeConfig config = config(Map.of(property, value));

        assertThatThrownBy(() -> {
            new Limits(config);
            new ServingLimits(config);
            new BatchSettings(config);
            new ModelSettings(config);
            new CandidateSettings(config);
        }).isInstanceOf(ConfigurationException.class).hasMessageMatching(
                ("The function does not start: %s must be a (whole number|number|time) from \\S+ to \\S+( or 5M|, as"
                        + " in .*)?, is \"%s\"; .*")
                        .formatted(property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    }

    @Test
    void aCandidateIsAVersionOrNoneAndItsShareBelongsToAVersion() {
        String version = "20261122T145400Z-1a2b3c4d";
        CandidateSettings named = new CandidateSettings(config(
                Map.of("model.candidate", " " + version + " ", "model.candidate-share", "0.2")));
        assertThat(named.version().orElseThrow()).hasToString(version);
        assertThat(named.share()).contains(0.2);
        assertThat(new CandidateSettings(config(Map.of("model.candidate", "none"))).none()).isTrue();

        assertThatThrownBy(() -> new CandidateSettings(config(Map.of("model.candidate", "latest"))))
                .hasMessageContaining("MODEL_CANDIDATE: \"latest\" is not a version");
        assertThatThrownBy(() -> new CandidateSettings(config(Map.of("model.candidate-share", "0.2"))))
                .hasMessageContaining("MODEL_CANDIDATE_SHARE is for a version that MODEL_CANDIDATE names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "20S", "20s", "PT20S", "20000ms"})
    void aDurationIsWrittenAsQuarkusTakesIt(String value) {
        assertThat(new ServingLimits(config(Map.of("limits.deadline", value))).deadline())
                .isEqualTo(Duration.ofSeconds(20));
    }

    private static SmallRyeConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }
}
