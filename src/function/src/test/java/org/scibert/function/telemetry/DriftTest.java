package org.scibert.function.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Calibration;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.ReviewBand;
import org.scibert.decision.Task;
import org.scibert.drift.DriftReference;
import org.scibert.drift.Psi;
import org.scibert.drift.TextFacts;
import org.scibert.function.telemetry.DriftWindow.Summary;
import org.scibert.io.Json;

class DriftTest {
    private static final List<String> LABELS = List.of("no", "yes");
    private static final DecisionRule ASKING = new DecisionRule(Task.BINARY, LABELS, Calibration.none(1), List.of(0.5),
            Optional.of(new ReviewBand(0.4, 0.6)));

    /** Of 60 dev texts, 20 in each of three bins; 15 are positive. */
    private static final DriftReference DEV = new DriftReference(
            60, Map.of("no", 45, "yes", 15), List.of(0.2, 0.6), List.of(20, 20, 20), 0.7, 6, 3, 600, 12);

    private final List<String> lines = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    private Drift drift(int window, boolean onLambda) {
        Clock noon = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
        return new Drift(window, meters, new EmbeddedMetrics(onLambda, "animals", noon, lines::add));
    }

    private static TextFacts text(double score) {
        int label = score >= 0.5 ? 1 : 0;
        return new TextFacts(new int[] {label}, score, Math.max(score, 1 - score), score >= 0.4 && score <= 0.6,
                score > 0.8, 10, score > 0.9 ? 5 : 0);
    }

    /**
     * Scores 0.1, 0.5, 0.85 and 0.95: bins of 1, 1 and 2 texts, one no and three yes. PSI of the score with half a text
     * more in each bin: shares of 20.5 / 61.5 = 1/3, and of 1.5, 1.5 and 2.5 of 5.5.
     */
    @Test
    void theWindowsSharesAndItsIndexByHand() {
        Drift drift = drift(4, false);
        drift.begin("animals", "v1", ASKING, Optional.of(DEV));
        drift.count("v1", List.of(text(0.1), text(0.5), text(0.85)));
        assertThat(drift.summary().scorePsi()).as("until the window is full").isNull();
        drift.count("v1", List.of(text(0.95)));

        Summary summary = drift.summary();
        assertThat(summary.labels()).isEqualTo(Map.of("no", 0.25, "yes", 0.75));
        assertThat(summary.asked()).isEqualTo(0.25);
        assertThat(summary.unsure()).as("less than 0.7 sure").isEqualTo(0.25);
        assertThat(summary.truncated()).isEqualTo(0.5);
        assertThat(summary.unknownTokens()).isEqualTo(5 / 40.);
        double third = 1 / 3.;
        assertThat(summary.scorePsi()).isCloseTo(
                2 * (1.5 / 5.5 - third) * Math.log(1.5 / 5.5 / third)
                        + (2.5 / 5.5 - third) * Math.log(2.5 / 5.5 / third),
                within(1e-12));
        assertThat(summary.labelPsi()).isCloseTo(Psi.of(new long[] {45, 15}, new long[] {1, 3}), within(1e-12));
        assertThat(summary.dev()).isEqualTo(
                new Summary.Dev(60, Map.of("no", 0.75, "yes", 0.25), 0.1, 0.05, 0.02));
    }

    /** Whatever came before, the window shows what a new one shows after its last texts. */
    @Test
    void onlyTheLastTextsCount() {
        SplittableRandom random = new SplittableRandom(7);
        List<TextFacts> texts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            texts.add(text(random.nextDouble()));
        }
        Drift all = drift(50, false);
        all.begin("animals", "v1", ASKING, Optional.of(DEV));
        texts.forEach(text -> all.count("v1", List.of(text)));
        Drift last = drift(50, false);
        last.begin("animals", "v1", ASKING, Optional.of(DEV));
        last.count("v1", texts.subList(250, 300));

        assertThat(all.summary()).isEqualTo(last.summary());
    }

    @Test
    void aReleaseWithoutDevsNumbersHasSharesOnly() {
        Drift drift = drift(1, false);
        drift.begin("animals", "v1", new DecisionRule(Task.BINARY, LABELS, 0.5), Optional.empty());
        drift.count("v1", List.of(text(0.9)));

        assertThat(drift.summary())
                .isEqualTo(new Summary(1, 1, Map.of("no", 0., "yes", 1.), null, null, 1., 0., null, null, null));
        assertThat(registry.find("classifier.drift.psi").gauges()).isEmpty();
    }

    @Test
    void labelsThatMayStandTogetherHaveNoIndex() {
        Drift drift = drift(1, false);
        drift.begin("animals", "v1", new DecisionRule(Task.MULTI_LABEL, LABELS, 0.5), Optional.of(DEV));
        drift.count("v1", List.of(new TextFacts(new int[] {0, 1}, 0.9, 0.6, false, false, 4, 0)));

        assertThat(drift.summary().labels()).isEqualTo(Map.of("no", 1., "yes", 1.));
        assertThat(drift.summary().labelPsi()).isNull();
        assertThat(drift.summary().scorePsi()).isNotNull();
    }

    @Test
    void anotherModelBeginsAnewAndTheLastOnesTextsAreLeftOut() {
        Drift drift = drift(4, false);
        drift.begin("animals", "v1", ASKING, Optional.of(DEV));
        drift.count("v1", List.of(text(0.1)));
        drift.begin("animals", "v2", ASKING, Optional.of(DEV));
        drift.count("v1", List.of(text(0.1)));
        drift.count("v2", List.of(text(0.9)));

        assertThat(drift.summary().texts()).isEqualTo(1);
        assertThat(drift.summary().labels()).containsEntry("yes", 1.);
    }

    @Test
    void prometheusShowsTheSame() {
        Drift drift = drift(2, false);
        drift.begin("animals", "v1", ASKING, Optional.of(DEV));
        assertThat(registry.get("classifier.drift.psi").tag("of", "score").gauge().value()).isNaN();
        drift.count("v1", List.of(text(0.1), text(0.95)));

        assertThat(registry.get("classifier.drift.psi").tag("of", "score").gauge().value())
                .isEqualTo(drift.summary().scorePsi());
        assertThat(registry.get("classifier.drift.label.ratio").tag("label", "yes").gauge().value()).isEqualTo(0.5);
        assertThat(registry.get("classifier.drift.text.ratio").tag("kind", "truncated").gauge().value()).isEqualTo(0.5);
        assertThat(registry.get("classifier.drift.token.ratio").gauge().value()).isEqualTo(0.25);
    }

    /** A line for each tenth of the window; nothing but numbers, the model's labels and its version. */
    @Test
    void onLambdaTheLogHasCloudWatchsFormat() throws Exception {
        Drift drift = drift(20, true);
        drift.begin("animals", "v1", ASKING, Optional.of(DEV));
        drift.count("v1", List.of(text(0.1)));
        assertThat(lines).isEmpty();
        drift.count("v1", List.of(text(0.95)));
        assertThat(lines).hasSize(1);
        drift.count("v1", Collections.nCopies(18, text(0.1)));

        JsonNode first = Json.MAPPER.readTree(lines.get(0));
        assertThat(lines.get(0)).isEqualTo("{\"_aws\":{\"Timestamp\":1795608000000,\"CloudWatchMetrics\":[{"
                + "\"Namespace\":\"animals\",\"Dimensions\":[[\"Model\"]],\"Metrics\":[{\"Name\":\"DriftAsked\"},"
                + "{\"Name\":\"DriftUnsure\"},{\"Name\":\"DriftTruncated\"},{\"Name\":\"DriftUnknownTokens\"}]}]},"
                + "\"Model\":\"animals\",\"DriftAsked\":0.0,\"DriftUnsure\":0.0,\"DriftTruncated\":0.5,"
                + "\"DriftUnknownTokens\":0.25,\"Version\":\"v1\",\"Texts\":2,\"Labels\":{\"no\":0.5,\"yes\":0.5}}");
        assertThat(first.at("/_aws/CloudWatchMetrics/0/Metrics")).hasSize(4);
        JsonNode full = Json.MAPPER.readTree(lines.get(1));
        assertThat(full.path("DriftScorePsi").asDouble()).isEqualTo(drift.summary().scorePsi());
        assertThat(full.path("DriftLabelPsi").asDouble()).isEqualTo(drift.summary().labelPsi());
    }

    @Test
    void elsewhereTheLogHasNone() {
        Drift drift = drift(1, false);
        drift.begin("animals", "v1", ASKING, Optional.of(DEV));
        drift.count("v1", List.of(text(0.1)));

        assertThat(lines).isEmpty();
    }
}
