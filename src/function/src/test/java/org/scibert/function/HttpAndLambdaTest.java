package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(TinyStore.class)
class HttpAndLambdaTest {
    /** What every answer tells a browser; only a page loads anything. */
    private static final Map<String, String> ALWAYS = Map.of(
            "cross-origin-resource-policy", "same-origin",
            "permissions-policy", "camera=(), geolocation=(), microphone=()",
            "referrer-policy", "no-referrer",
            "x-content-type-options", "nosniff");

    @TestHTTPResource("/")
    URI http;

    private FunctionClient client;

    @BeforeEach
    void open() {
        // Quarkus points RestAssured at its stand-in for Lambda.
        client = new FunctionClient(http, URI.create("http://localhost:" + RestAssured.port + "/_lambda_"));
    }

    static List<Battery.Case> battery() {
        return Battery.cases();
    }

    @Test
    void aBodyInBase64IsTheSameBody() throws Exception {
        Exchange exchange = Exchange.post("plain", "/classify", "{\"text\": \"a\"}");
        ObjectNode event = FunctionUrlEvent.of(exchange);
        event.put("body", Base64.getEncoder().encodeToString(exchange.body())).put("isBase64Encoded", true);

        assertThat(client.overLambda(event).body()).isEqualTo(client.overHttp(exchange).body());
    }

    @Test
    void aBodyThatIsNotBase64ThoughTheEventSaysSoIsRefused() throws Exception {
        ObjectNode event = FunctionUrlEvent.of(Exchange.post("plain", "/classify", "{}"));

        ObjectNode notBase64 = event.deepCopy().put("body", "a").put("isBase64Encoded", true);

        assertThat(client.overLambda(notBase64).status()).isEqualTo(400);
    }

    /** What Lambda lets through to a function is JSON in UTF-8, and not empty. */
    static List<Battery.Case> bodies() {
        return Battery.cases().stream()
                .filter(c -> c.exchange().path().equals("/classify") && c.exchange().method().equals("POST"))
                .filter(c -> c.status() != 415 && !c.exchange().headers().containsKey("Content-Encoding"))
                .filter(c -> c.exchange().body().length > 0)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aDirectInvocationGivesTheSameBytes(Battery.Case c) throws Exception {
        assertThat(client.invoke(c.exchange().body())).isEqualTo(client.overHttp(c.exchange()).body());
    }

    @Test
    void aDirectInvocationMayNameItsFunction() throws Exception {
        String tokenized = client.overHttp(Exchange.post("text", "/tokenize", "{\"text\": \"a b\"}")).body();
        String model = client.overHttp(Exchange.of("GET", "/model")).body();

        assertThat(invoke("{\"function\": \"tokenize\", \"text\": \"a b\"}")).isEqualTo(tokenized);
        assertThat(invoke("{\"function\": \"model\"}")).isEqualTo(model);
        assertThat(invoke("{\"function\": \"openapi.yaml\"}")).contains("classify, tokenize, explain, model");
    }

    static List<String> directInvocationsThatNameAFunction() {
        return List.of(
                "{\"function\": \"classify\", \"text\": \"a\", \"text\": \"b\"} -> invalid_json",
                "{\"function\": \"classify\", \"text\": \"a\"} {} -> invalid_json",
                "{\"function\": \"classify\", \"function\": \"model\", \"text\": \"a\"} -> invalid_json",
                "{\"function\": \"classify\", \"text\": NaN} -> invalid_json",
                "{\"function\": [\"model\"]} -> wrong_type",
                "{\"function\": null} -> wrong_type",
                "{\"function\": \"model\", \"text\": \"a\"} -> unknown_field",
                "{\"function\": \"tokenize\", \"text\": \"a\", \"onTooLong\": \"cut\"} -> unknown_field",
                "{\"function\": \"classify\", \"text\": 1} -> wrong_type");
    }

    @ParameterizedTest
    @MethodSource("directInvocationsThatNameAFunction")
    void aDirectInvocationThatNamesItsFunctionIsReadAsStrictly(String payloadAndCode) throws Exception {
        String[] parts = payloadAndCode.split(" -> ");

        assertThat(new ObjectMapper().readTree(invoke(parts[0])).at("/error/code").asText()).isEqualTo(parts[1]);
    }

    static List<String> eventsOfNoKnownForm() {
        return List.of(
                "{\"requestContext\": {}, \"rawPath\": \"/model\"}",
                "{\"requestContext\": null}",
                "{\"requestContext\": \"zyxwvutsrq\"}",
                "{\"requestContext\": {\"http\": {}}, \"rawPath\": \"/model\"}",
                "{\"requestContext\": {\"http\": {\"method\": \"GET\"}}}",
                "{\"requestContext\": {\"http\": {\"method\": {\"zyxwvutsrq\": 1}}}, \"rawPath\": \"/model\"}",
                "{\"requestContext\": {\"http\": {\"method\": \"GET\"}}, \"rawPath\": \"/model\", \"headers\":"
                        + " \"zyxwvutsrq\"}",
                "{\"requestContext\": {\"http\": {\"method\": \"GET\"}}, \"rawPath\": [\"zyxwvutsrq\"]}",
                "{\"requestContext\": {\"http\": {\"method\": \"POST\"}}, \"rawPath\": \"/classify\","
                        + " \"isBase64Encoded\": \"zyxwvutsrq\"}",
                "{\"requestContext\": {\"timeEpoch\": \"zyxwvutsrq\", \"http\": {\"method\": \"GET\"}}, \"rawPath\":"
                        + " \"/model\"}");
    }

    @ParameterizedTest
    @MethodSource("eventsOfNoKnownForm")
    void anEventOfNoKnownFormIsRefusedAsOverHttpAndRepeatedNowhere(String event) throws Exception {
        String answer = invoke(event);

        JsonNode reply = new ObjectMapper().readTree(answer);
        assertThat(reply.get("statusCode").asInt()).isEqualTo(400);
        assertThat(reply.get("body").asText()).contains("\"code\":\"invalid_request\"");
        assertThat(answer).doesNotContain("zyxwvutsrq");
    }

    private String invoke(String payload) throws Exception {
        return client.invoke(payload.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("org.scibert.function.RandomExchanges#some")
    void whateverIsSentIsAnsweredTheSame(Exchange exchange) throws Exception {
        Reply overHttp = client.overHttp(exchange);
        Reply overLambda = client.overLambda(exchange);

        assertThat(overHttp.status()).as(overHttp.body()).isIn(200, 400, 413, 422);
        assertThat(overLambda.status()).isEqualTo(overHttp.status());
        assertThat(overLambda.body()).isEqualTo(overHttp.body());
        assertThat(overLambda.comparedHeaders()).isEqualTo(overHttp.comparedHeaders());
    }

    @ParameterizedTest
    @MethodSource("battery")
    void httpAndLambdaGiveTheSameBytes(Battery.Case c) throws Exception {
        Reply overHttp = client.overHttp(c.exchange());
        Reply overLambda = client.overLambda(c.exchange());

        assertThat(overHttp.status()).as(overHttp.body()).isEqualTo(c.status());
        assertThat(overLambda.status()).as(overLambda.body()).isEqualTo(c.status());
        assertThat(overLambda.body()).isEqualTo(overHttp.body());
        assertThat(overLambda.comparedHeaders()).isEqualTo(overHttp.comparedHeaders()).containsAllEntriesOf(ALWAYS)
                .doesNotContainKeys("access-control-allow-origin", "vary");
        if (c.code() != null && !c.exchange().method().equals("HEAD")) {
            assertThat(new ObjectMapper().readTree(overHttp.body()).at("/error/code").asText()).isEqualTo(c.code());
        }
    }
}
