package org.scibert.training.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.scibert.io.Json;
import org.scibert.io.Text;

/**
 * The few calls of MLflow's REST API 2.0 that a run needs. MLflow's own Java client waits and retries for minutes where
 * a server is down; a training doesn't.
 */
final class MlflowClient {
    /** What log-batch takes at once. */
    static final int MOST_METRICS = 1000;

    static final int MOST_PARAMETERS = 100;
    private static final int LONGEST_PARAMETER = 500;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = Json.MAPPER;

    private final MlflowSettings settings;
    /** Follows no redirects: they would take the authorization elsewhere. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    MlflowClient(MlflowSettings settings) {
        this.settings = settings;
    }

    /** A metric's value at a step. */
    record Metric(String key, double value, long timestamp, long step) {}

    /** Makes a run in the experiment of the settings, and that too if it is not there. */
    String createRun(long startMillis) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.put("experiment_id", settings.experimentId().isPresent() ? settings.experimentId().get() : experiment());
        settings.runName().ifPresent(name -> body.put("run_name", name));
        body.put("start_time", startMillis);
        body.putArray("tags").addObject().put("key", "mlflow.source.name").put("value", "training-job");
        return text(post("runs/create", body), "run", "info", "run_id");
    }

    /** At most {@value #MOST_METRICS} of them. */
    void logMetrics(String run, List<Metric> metrics) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("run_id", run);
        body.set("metrics", JSON.valueToTree(metrics));
        post("runs/log-batch", body);
    }

    /** At most {@value #MOST_PARAMETERS} of them. */
    void logParameters(String run, Map<String, String> parameters) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("run_id", run);
        var array = body.putArray("params");
        parameters.forEach((key, value) -> array.addObject()
                .put("key", key)
                .put("value", value.substring(0, Math.min(value.length(), LONGEST_PARAMETER))));
        post("runs/log-batch", body);
    }

    void setTag(String run, String key, String value) throws IOException {
        post("runs/set-tag", JSON.createObjectNode().put("run_id", run).put("key", key).put("value", value));
    }

    void endRun(String run, String status, long endMillis) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("run_id", run).put("status", status);
        post("runs/update", body.put("end_time", endMillis));
    }

    private String experiment() throws IOException {
        String name = settings.experimentName();
        String query = "experiments/get-by-name?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        HttpResponse<byte[]> found = send(request(query).GET());
        return found.statusCode() == 404
                ? text(post("experiments/create", JSON.createObjectNode().put("name", name)), "experiment_id")
                : text(checked("experiments/get-by-name", found), "experiment", "experiment_id");
    }

    private JsonNode post(String call, ObjectNode body) throws IOException {
        return checked(call, send(request(call)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))));
    }

    private HttpRequest.Builder request(String call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.server() + "/api/2.0/mlflow/" + call))
                .timeout(ANSWER_LIMIT);
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static JsonNode checked(String call, HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(Text.format("%s was answered with status %s", call, answer.statusCode()));
        }
        return JSON.readTree(answer.body());
    }

    private static String text(JsonNode answer, String... path) throws IOException {
        JsonNode node = answer;
        for (String key : path) {
            node = node.path(key);
        }
        if (!node.isTextual()) {
            throw new IOException("the answer has no " + String.join(".", path));
        }
        return node.asText();
    }
}
