package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What those see who run the function, not those who use it. */
@QuarkusTest
@QuarkusTestResource(TinyStore.class)
class OperationTest {
    private static final String MARKER = "zyxwvutsrq";

    @TestHTTPResource("/")
    URI http;

    private FunctionClient client;

    @BeforeEach
    void open() {
        client = new FunctionClient(http, URI.create("http://localhost:" + RestAssured.port + "/_lambda_"));
    }

    @Test
    void readinessNamesTheModel() throws Exception {
        JsonNode health = new ObjectMapper().readTree(client.overHttp(Exchange.of("GET", "/q/health/ready")).body());

        assertThat(health.at("/status").asText()).isEqualTo("UP");
        assertThat(health.at("/checks/0/data/name").asText()).isEqualTo(TinyStore.NAME);
        assertThat(health.at("/checks/0/data/version").asText()).isNotBlank();
        assertThat(health.at("/checks/0/data/loadMillis").asLong()).isPositive();
    }

    @Test
    void metricsSayHowLongEachStepOfTheStartTook() throws Exception {
        assertThat(metrics().lines().filter(line -> line.startsWith("classifier_load_seconds{")))
                .extracting(line -> line.replaceAll("classifier_load_seconds\\{step=\"(\\w+)\"} \\d.*", "$1"))
                .containsExactlyInAnyOrder("process", "download", "libtorch", "weights", "first_pass");
    }

    @Test
    void livenessAsksForNoModel() throws Exception {
        assertThat(client.overHttp(Exchange.of("GET", "/q/health/live")).status()).isEqualTo(200);
    }

    @Test
    void metricsCountRequestsByStatusOverHttpAndOnLambda() throws Exception {
        double before = requests("no_text", "422");

        client.overHttp(Exchange.post("nothing", "/classify", "{}"));
        client.overLambda(Exchange.post("nothing", "/classify", "{}"));

        assertThat(requests("no_text", "422")).isEqualTo(before + 2);
        assertThat(metrics()).contains("classifier_model{name=\"tiny\"", "classifier_queue_texts 0.0");
    }

    @Test
    void driftIsShownAsMetricsAndWithTheModel() throws Exception {
        client.overHttp(Exchange.post("one text", "/classify", "{\"text\": \"We measured it.\"}"));

        JsonNode drift = new ObjectMapper().readTree(client.overHttp(Exchange.of("GET", "/model")).body()).at("/drift");
        assertThat(drift.path("texts").asInt()).isPositive();
        assertThat(drift.path("labels").fieldNames()).toIterable().containsExactly("other", "objective");
        assertThat(metrics()).contains("classifier_drift_label_ratio{label=\"objective\"}",
                "classifier_drift_text_ratio{kind=\"truncated\"}", "classifier_drift_token_ratio{kind=\"unknown\"}");
    }

    @Test
    void methodsThatNobodyKnowsAreOneLabelValue() throws Exception {
        for (int i = 0; i < 20; i++) {
            client.overHttp(Exchange.of("METHOD" + i, "/model"));
        }

        assertThat(metrics()).doesNotContain("METHOD").contains("method=\"OTHER\"");
    }

    @Test
    void aTextOfWhichTheTokenizerLeavesNothingIsRefusedInWindowsToo() throws Exception {
        for (String dropped : List.of(" ", "\uE000", "\uFFFD", "\u0301", "\u200B\uFEFF", "\uDBFF\uDFFD", "\\ud800")) {
            for (String way : List.of("cut", "reject", "window")) {
                Reply reply = client.overHttp(Exchange.post("dropped", "/classify",
                        "{\"texts\": [\"a\", \"" + dropped + "\"], \"onTooLong\": \"" + way + "\"}"));

                assertThat(reply.status()).as(dropped + way).isEqualTo(422);
                assertThat(reply.body()).contains("\"blank_text\"", "text 1 is blank");
            }
        }
    }

    @Test
    void theDocumentIsServed() throws Exception {
        Reply reply = client.overHttp(Exchange.of("GET", "/openapi.yaml"));

        assertThat(reply.headers()).containsEntry("content-type", "application/yaml");
        assertThat(reply.body().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(OperationTest.class.getResourceAsStream("/META-INF/openapi.yaml").readAllBytes());
        assertThat(client.overLambda(Exchange.of("GET", "/openapi.yaml")).body()).isEqualTo(reply.body());
    }

    @Test
    void noTextOfARequestIsInALogOrAMetricOrAnError() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Handler listener = listener(lines);
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            for (String body : List.of("{\"text\": \"%s\"}", "{\"text\": \"%s\"", "{\"text\": \"%s\", \"texts\": []}",
                    "{\"text\": [\"%s\"]}", "%s", "\"%s\"", "{\"text\": \"a\", \"onTooLong\": \"%s\"}",
                    "{\"text\": %s}",
                    "{\"texts\": [\"%s\", \" \"]}", "{\"text\": \"" + "%1$s ".repeat(2000) + "\"}")) {
                Exchange exchange = Exchange.post("marked", "/classify", body.formatted(MARKER));
                assertThat(client.overHttp(exchange).body()).doesNotContain(MARKER);
                assertThat(client.overLambda(exchange).body()).doesNotContain(MARKER);
            }
            Logger.getLogger("org.scibert").info("the listener hears this");
        } finally {
            root.removeHandler(listener);
        }

        assertThat(lines)
                .anyMatch(line -> line.startsWith("the listener hears this"))
                .noneMatch(line -> line.contains(MARKER));
        assertThat(metrics()).doesNotContain(MARKER);
    }

    /** A counter's value; the trace that may stand after it is left out. */
    private double requests(String result, String status) throws Exception {
        String line = "classifier_requests_total{result=\"%s\",status=\"%s\"} ".formatted(result, status);
        return metrics().lines()
                .filter(l -> l.startsWith(line))
                .mapToDouble(l -> Double.parseDouble(l.substring(line.length()).split(" ")[0]))
                .sum();
    }

    private String metrics() throws Exception {
        return client.overHttp(Exchange.of("GET", "/q/metrics")).body();
    }

    static Handler listener(List<String> lines) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                for (Throwable t = entry.getThrown(); t != null; t = t.getCause()) {
                    lines.add(t.toString());
                }
                lines.add(entry.getMessage() + Arrays.toString(entry.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        return handler;
    }
}
