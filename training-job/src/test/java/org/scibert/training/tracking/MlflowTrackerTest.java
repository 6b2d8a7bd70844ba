package org.scibert.training.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.network.Compute;
import org.scibert.training.evaluation.LabelledRows;
import org.scibert.training.evaluation.MeasuredSplit;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.Split;

class MlflowTrackerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private static final Metrics DEV = MeasuredSplit.of(
            new DecisionRule(Task.BINARY, List.of("0", "1"), 0.5), LabelledRows.BINARY, LabelledRows.rows(1, 0),
            new float[] {1, -1}).metrics();

    private record Call(String path, String authorization, JsonNode body) {}

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private boolean experimentIsThere = true;
    private int batchStatus = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aTrainingIsARunWithItsSettingsNumbersAndEnd() {
        try (MlflowTracker tracker = tracker(Map.of("MLFLOW_TRACKING_TOKEN", "secret"), Map.of("epochs", 3))) {
            tracker.stepped(1, 2, 0.5, 2e-5);
            tracker.epochEnded(1, 0.5, DEV, true);
            tracker.finished("v1", Map.of(Split.TEST, DEV));
        }
        assertThat(calls).extracting(Call::path).containsExactly(
                "experiments/get-by-name?experiment_name=papers+%26+co", "runs/create", "runs/log-batch",
                "runs/log-batch", "runs/set-tag", "runs/log-batch", "runs/update");
        assertThat(calls).extracting(Call::authorization).containsOnly("Bearer secret");
        assertThat(calls.get(1).body().path("experiment_id").asText()).isEqualTo("7");
        assertThat(calls.get(2).body().path("params")).hasToString("[{\"key\":\"epochs\",\"value\":\"3\"}]");
        JsonNode loss = calls.get(3).body().path("metrics").get(0);
        assertThat(loss).hasToString(
                "{\"key\":\"train/loss\",\"value\":0.5,\"timestamp\":%s,\"step\":1}".formatted(NOON.millis()));
        assertThat(calls.get(3).body().path("metrics").findValuesAsText("key")).contains("dev/prAuc");
        assertThat(calls.get(4).body().path("value").asText()).isEqualTo("v1");
        assertThat(calls.get(5).body().path("metrics").findValuesAsText("key")).contains("released/test/rocAuc");
        assertThat(calls.get(6).body().path("status").asText()).isEqualTo("FINISHED");
        assertThat(calls.subList(1, 7)).allMatch(call -> call.path().endsWith("create")
                || call.body().path("run_id").asText().equals("run1"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void theNumberFormatOfTheRunsIsToldOnce() {
        try (MlflowTracker tracker = tracker(Map.of(), Map.of("epochs", 3))) {
            tracker.started(8, 2, 0, Compute.ONEDNN);
            tracker.started(8, 2, 0, Compute.ONEDNN); // another seed
        }
        assertThat(calls).filteredOn(call -> call.path().equals("runs/log-batch"))
                .extracting(call -> call.body().path("params").toString())
                .containsExactly(
                        "[{\"key\":\"epochs\",\"value\":\"3\"}]",
                        "[{\"key\":\"optimizer.compute\",\"value\":\"ONEDNN\"}]");
    }

    @Test
    void whatIsNotFinishedHasFailedAndAnExperimentThatIsNotThereIsMade() {
        experimentIsThere = false;
        tracker(Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "pw"), Map.of()).close();
        assertThat(calls).extracting(Call::path).containsExactly(
                "experiments/get-by-name?experiment_name=papers+%26+co", "experiments/create", "runs/create",
                "runs/update");
        assertThat(calls.get(0).authorization()).isEqualTo("Basic bWU6cHc="); // me:pw
        assertThat(calls.get(1).body().path("name").asText()).isEqualTo("papers & co");
        assertThat(calls.get(3).body().path("status").asText()).isEqualTo("FAILED");
    }

    @Test
    void noBatchIsAboveMlflowsLimits() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < 250; i++) {
            parameters.put("p" + i, i);
        }
        try (MlflowTracker tracker = tracker(Map.of(), parameters)) {
            for (int step = 1; step <= 1200; step++) {
                tracker.stepped(step, 1, 1, 1e-5);
            }
        }
        List<JsonNode> batches = calls.stream()
                .filter(call -> call.path().equals("runs/log-batch"))
                .map(Call::body)
                .toList();
        assertThat(batches).extracting(batch -> batch.path("params").size()).containsExactly(100, 100, 50, 0, 0, 0);
        assertThat(batches).extracting(batch -> batch.path("metrics").size()).containsExactly(0, 0, 0, 1000, 1000, 400);
    }

    @Test
    void aServerThatRefusesIsOneWarningWithoutItsWords() {
        batchStatus = 503;
        try (MlflowTracker tracker = tracker(Map.of(), Map.of("epochs", 3))) {
            tracker.epochEnded(1, 0.5, DEV, true);
            tracker.epochEnded(2, 0.5, DEV, false);
        }
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0)).contains("training goes on", "status 503").doesNotContain("server's words");
        assertThat(calls.get(calls.size() - 1).path()).isEqualTo("runs/update");
    }

    @Test
    void aServerThatIsDownIsOneWarning() {
        server.stop(0);
        try (MlflowTracker tracker = tracker(Map.of("MLFLOW_TRACKING_TOKEN", "secret"), Map.of("epochs", 3))) {
            tracker.stepped(1, 1, 1, 1e-5);
            tracker.finished("v1", Map.of(Split.TEST, DEV));
        }
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0)).contains("training goes on").doesNotContain("secret");
    }

    @Test
    void addressesThatAreNoServersAreRefused() {
        assertThat(MlflowSettings.of(Map.of("MLFLOW_TRACKING_URI", " "))).isEmpty();
        assertThatThrownBy(() -> MlflowSettings.of(Map.of("MLFLOW_TRACKING_URI", "file:./mlruns")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file:./mlruns");
        assertThatThrownBy(() -> MlflowSettings.of(Map.of("MLFLOW_TRACKING_URI", "http://me:pw@host")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MLFLOW_TRACKING_USERNAME")
                .hasMessageNotContaining("pw@");
    }

    private MlflowTracker tracker(Map<String, String> variables, Map<String, Object> parameters) {
        Map<String, String> environment = new LinkedHashMap<>(variables);
        environment.put("MLFLOW_TRACKING_URI", "http://127.0.0.1:%s/".formatted(server.getAddress().getPort()));
        environment.put("MLFLOW_EXPERIMENT_NAME", "papers & co");
        return new MlflowTracker(MlflowSettings.of(environment).orElseThrow(), parameters, NOON, warnings::add);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString().replaceFirst("^/api/2.0/mlflow/", "");
            byte[] body = exchange.getRequestBody().readAllBytes();
            calls.add(new Call(path, exchange.getRequestHeaders().getFirst("Authorization"), JSON.readTree(body)));
            int status = path.startsWith("experiments/get") && !experimentIsThere ? 404
                    : path.equals("runs/log-batch") ? batchStatus : 200;
            String answer = status == 503 ? "the server's words"
                    : path.startsWith("experiments/get") ? "{\"experiment\":{\"experiment_id\":\"7\"}}"
                    : path.equals("experiments/create") ? "{\"experiment_id\":\"8\"}"
                    : path.equals("runs/create") ? "{\"run\":{\"info\":{\"run_id\":\"run1\"}}}" : "{}";
            exchange.sendResponseHeaders(status, answer.length());
            exchange.getResponseBody().write(answer.getBytes());
        }
    }
}
