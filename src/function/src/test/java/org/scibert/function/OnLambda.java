package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.signing.SigningKey;

/** What the packaged function does on Lambda, whatever it is packaged as: events of a Function URL in, answers out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnLambda {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARKER = "zyxwvutsrq";
    private static final long PATIENCE_SECONDS = 120;

    private final LambdaProcess.Program program;
    private final String startError;

    private Path folder;
    private ModelBucket bucket;
    private RuntimeApi lambda;
    private Collector collector;
    private LambdaProcess function;

    /** @param startError what Lambda is told when no version of the model is in service */
    OnLambda(LambdaProcess.Program program, String startError) {
        this.program = program;
        this.startError = startError;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        bucket = ModelBucket.tiny(folder.resolve("release"));
        lambda = RuntimeApi.start();
        collector = Collector.start();
        function = LambdaProcess.start(program, environment(lambda), folder.resolve("function"));
    }

    @AfterAll
    void stop() throws Exception {
        function.close();
        lambda.close();
        collector.close();
        bucket.close();
    }

    static List<Battery.Case> battery() {
        return Battery.cases();
    }

    @ParameterizedTest
    @MethodSource("battery")
    void everyRequestGetsItsStatus(Battery.Case c) throws Exception {
        JsonNode answer = answer(FunctionUrlEvent.of(c.exchange()));

        assertThat(answer.get("statusCode").asInt()).as(answer.toString()).isEqualTo(c.status());
        if (c.code() != null && !c.exchange().method().equals("HEAD")) {
            assertThat(body(answer).at("/error/code").asText()).isEqualTo(c.code());
        }
    }

    @Test
    void answersAreTheClassifiersOwn() throws Exception {
        List<String> texts = List.of("We study the cell.", "[CLS] [SEP]", "the method ".repeat(40));
        Exchange request = Exchange.post(
                "texts", "/classify", JSON.writeValueAsString(JSON.createObjectNode().putPOJO("texts", texts)));

        JsonNode results = body(answer(FunctionUrlEvent.of(request))).get("results");

        try (Classifier classifier = Classifier.open(bucket.release())) {
            List<Classification> expected = classifier.classify(texts);
            assertThat(results).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                int text = i;
                JsonNode result = results.get(i);
                expected.get(i).decision().probabilities().forEach((label, p) ->
                        assertThat(result.at("/probabilities/" + label).asDouble()).as("%d %s", text, label)
                                // the queue puts other texts side by side than the classifier
                                .isCloseTo(p, within(1e-6)));
                assertThat(result.at("/tokens/used").asInt()).isEqualTo(expected.get(i).tokensUsed());
                assertThat(result.at("/tokens/truncated").asBoolean()).isEqualTo(expected.get(i).truncated());
            }
        }
    }

    @Test
    void bodiesMayComeInBase64() throws Exception {
        Exchange request = Exchange.post("text", "/tokenize", "{\"text\": \"caf\u00E9\"}");

        assertThat(body(answer(FunctionUrlEvent.inBase64(request))))
                .isEqualTo(body(answer(FunctionUrlEvent.of(request))));
    }

    @Test
    void aDirectInvocationNeedsNoEnvelope() throws Exception {
        String body = "{\"text\": \"We measured it.\"}";

        JsonNode direct = answer((ObjectNode) JSON.readTree(body));

        assertThat(direct.at("/results/0/probabilities")).isNotEmpty();
        assertThat(direct).isEqualTo(body(answer(FunctionUrlEvent.of(Exchange.post("text", "/classify", body)))));
        assertThat(answer(JSON.createObjectNode().put("function", "model")).at("/name").asText())
                .isEqualTo(bucket.name());
        assertThat(answer(JSON.createObjectNode().put("function", "nothing")).at("/error/code").asText())
                .isEqualTo("unknown_value");
    }

    @Test
    void tracesGoToTheCollectorUnderTheCallersOwn() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Exchange request = Exchange.post("text", "/classify", "{\"text\": \"" + MARKER + "\"}")
                .with("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

        answer(FunctionUrlEvent.of(request));

        String spans = collector.spans(trace, List.of("http.response.status_code", "scibert-function", "/classify",
                "tokenize", "infer", "model.version"), PATIENCE_SECONDS);
        assertThat(spans).doesNotContain(MARKER);
    }

    @Test
    void theModelIsTheOneInService() throws Exception {
        JsonNode model = body(answer(FunctionUrlEvent.of(Exchange.of("GET", "/model"))));

        assertThat(model.get("name").asText()).isEqualTo(bucket.name());
        assertThat(model.at("/metrics/test/rows").asInt()).isEqualTo(10);
        assertThat(model.get("files")).isNotEmpty();
    }

    @Test
    void aStartThatFailsIsReportedBeforeTheFirstEvent() throws Exception {
        try (RuntimeApi api = RuntimeApi.start()) {
            Map<String, String> environment = environment(api);
            environment.put("MODEL_NAME", "absent");
            try (LambdaProcess failing = LambdaProcess.start(program, environment, folder.resolve("failing"))) {
                String report = api.initError().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();

                assertThat(JSON.readTree(report).get("errorMessage").asText()).contains(startError);
                assertThat(failing.exitCode(PATIENCE_SECONDS)).isEqualTo(1);
                assertThat(failing.log()).contains("no version of absent in service");
            }
        }
    }

    @Test
    void aReleaseThatAnotherKeySignedIsRefused() throws Exception {
        try (RuntimeApi api = RuntimeApi.start()) {
            Map<String, String> environment = environment(api);
            environment.put("MODEL_PUBLIC_KEY", SigningKey.generate().publicPem());
            try (LambdaProcess refusing = LambdaProcess.start(program, environment, folder.resolve("refusing"))) {
                api.initError().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();

                assertThat(refusing.exitCode(PATIENCE_SECONDS)).isEqualTo(1);
                assertThat(refusing.log()).contains("signed", "MODEL_PUBLIC_KEY");
            }
        }
    }

    private Map<String, String> environment(RuntimeApi api) {
        Map<String, String> environment = new HashMap<>(bucket.environment());
        environment.putAll(LambdaProcess.lambda(api));
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
        return environment;
    }

    private JsonNode answer(ObjectNode event) throws Exception {
        return JSON.readTree(lambda.invoke(event.toString()).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    }

    private static JsonNode body(JsonNode answer) throws Exception {
        return JSON.readTree(answer.get("body").asText());
    }
}
