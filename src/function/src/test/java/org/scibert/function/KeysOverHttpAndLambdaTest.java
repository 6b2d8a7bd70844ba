package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.io.AtomicFiles;
import org.scibert.signing.ApiKey;

/**
 * Keys, and pages elsewhere, over HTTP and on Lambda: the same bytes, whoever asks, here with a model that has words
 * beside its network.
 */
@QuarkusTest
@TestProfile(KeysOverHttpAndLambdaTest.WithKeys.class)
@Timeout(60)
class KeysOverHttpAndLambdaTest {
    private static final String KEY = ApiKey.PREFIX + "1".repeat(64);
    private static final String OTHER_KEY = ApiKey.PREFIX + "2".repeat(64);
    private static final String WRONG_KEY = ApiKey.PREFIX + "3".repeat(64);
    private static final String PAGE_ELSEWHERE = "https://app.example.org";
    private static final Path FILE = temporaryFile();

    @TestHTTPResource("/")
    URI http;

    private FunctionClient client;

    /** Two keys in a file that is read again each second; metrics want one too. */
    public static class WithKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            write(ApiKey.of("alice", KEY), ApiKey.of("bob", OTHER_KEY));
            return Map.of("api.keys", "file:" + FILE, "api.keys.refresh", "1S", "api.keys.protect", "metrics",
                    "api.keys.texts-per-minute", "100000", "cors.origins", PAGE_ELSEWHERE);
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(BlendedStore.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @BeforeEach
    void open() {
        client = new FunctionClient(http, URI.create("http://localhost:" + RestAssured.port + "/_lambda_"));
    }

    @Test
    void theModelDecidesByWordsToo() throws Exception {
        JsonNode model = new ObjectMapper().readTree(same(bearer(Exchange.of("GET", "/model"), KEY)).body());

        assertThat(model.path("words").isMissingNode()).as(model.toString()).isFalse();
        // Beyond the tokens that the network reads, words alone tell the two apart.
        assertThat(answer("cell ".repeat(40) + "study")).isNotEqualTo(answer("cell ".repeat(40) + "the"));
    }

    private String answer(String text) throws Exception {
        return same(bearer(Exchange.post("words", "/classify", "{\"text\": \"" + text + "\"}"), KEY)).body();
    }

    static List<Battery.Case> battery() {
        return Battery.cases();
    }

    @ParameterizedTest
    @MethodSource("battery")
    void withAKeyEveryRequestIsAnsweredAsWithoutKeys(Battery.Case c) throws Exception {
        Reply reply = same(bearer(c.exchange(), KEY));

        assertThat(reply.status()).as(reply.body()).isEqualTo(c.status());
    }

    @ParameterizedTest
    @MethodSource("battery")
    void withoutAKeyNothingIsReadOfARequestToTheFunctions(Battery.Case c) throws Exception {
        Reply none = same(c.exchange());
        Reply wrong = same(bearer(c.exchange(), WRONG_KEY));

        boolean wanted = List.of("/classify", "/tokenize", "/explain", "/model").contains(c.exchange().path())
                && !c.exchange().method().equals("OPTIONS");
        assertThat(none.status()).isEqualTo(wanted ? 401 : c.status());
        assertThat(wrong.status()).isEqualTo(wanted ? 401 : c.status());
        if (wanted) {
            assertThat(none.headers()).containsEntry("www-authenticate", "Bearer realm=\"classifier\"");
            assertThat(wrong.headers().get("www-authenticate")).contains("error=\"invalid_token\"");
        }
        if (wanted && !c.exchange().method().equals("HEAD")) {
            assertThat(none.body()).contains("\"code\":\"unauthorized\"");
            assertThat(wrong.body()).contains("\"code\":\"invalid_token\"");
        }
    }

    @ParameterizedTest
    @MethodSource("org.scibert.function.RandomExchanges#some")
    void whateverIsSentIsAnsweredTheSame(Exchange exchange) throws Exception {
        Reply reply = same(exchange);

        String shown = exchange.headers().get("Authorization");
        if (shown == null || !shown.equals("Bearer " + KEY)) {
            assertThat(reply.status()).isEqualTo(401);
        } else {
            assertThat(reply.status()).as(reply.body()).isIn(200, 400, 413, 422);
        }
    }

    /** AWS asks whoever invokes a function for the right to; nothing comes here without it. */
    @Test
    void aDirectInvocationNeedsNoKey() throws Exception {
        String body = "{\"text\": \"We measured it.\"}";

        assertThat(client.invoke(body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(client.overHttp(bearer(Exchange.post("text", "/classify", body), KEY)).body());
        ObjectNode event = FunctionUrlEvent.of(Exchange.post("text", "/classify", body));
        event.putObject("requestContext").putObject("http").put("method", "POST");
        assertThat(client.overLambda(event).status()).as("an event of a Function URL, however little is in it")
                .isEqualTo(401);
    }

    @Test
    void aKeyThatIsTakenOutOfTheFileIsRevoked() throws Exception {
        Exchange model = bearer(Exchange.of("GET", "/model"), OTHER_KEY);
        assertThat(same(model).status()).isEqualTo(200);

        write(ApiKey.of("alice", KEY));
        try {
            while (client.overHttp(model).status() == 200) {
                Thread.onSpinWait();
            }
            assertThat(same(model).headers().get("www-authenticate")).contains("invalid_token");
            assertThat(same(bearer(Exchange.of("GET", "/model"), KEY)).status()).isEqualTo(200);
        } finally {
            write(ApiKey.of("alice", KEY), ApiKey.of("bob", OTHER_KEY));
            while (client.overHttp(model).status() != 200) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/q/metrics", "/q/metrics/", "//q/metrics", "/q/%6Detrics", "/q/./metrics", "/x/../q/metrics"})
    void metricsWantAKeyWhereThatIsChosen(String path) throws Exception {
        assertThat(client.overHttp(Exchange.of("GET", path)).status()).isEqualTo(401);
        assertThat(client.overHttp(Exchange.post("much", path, "a".repeat(2 * Battery.MAX_BODY))).status())
                .isEqualTo(401);
        assertThat(client.overHttp(bearer(Exchange.of("GET", "/q/metrics"), KEY)).body()).contains("jvm_");
        assertThat(client.overHttp(Exchange.of("GET", "/q/health/ready")).status()).isEqualTo(200);
    }

    @Test
    void answersAreCountedByHolderAndKeysAreNowhere() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Handler listener = OperationTest.listener(lines);
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            String before = metrics();
            same(bearer(Exchange.post("two", "/classify", "{\"texts\": [\"a\", \"b\"]}"), OTHER_KEY));
            same(bearer(Exchange.post("two", "/classify", "{\"texts\": [\"a\", \"b\"]}"), WRONG_KEY));
            same(bearer(Exchange.post("none", "/classify", "{"), OTHER_KEY));
            String after = metrics();

            assertThat(value(after, "classifier_key_texts_total{key=\"bob\"}")
                    - value(before, "classifier_key_texts_total{key=\"bob\"}")).isEqualTo(4);
            assertThat(value(after, "classifier_requests_total{result=\"invalid_token\",status=\"401\"}")
                    - value(before, "classifier_requests_total{result=\"invalid_token\",status=\"401\"}")).isEqualTo(2);
            assertThat(after).doesNotContain(KEY, OTHER_KEY, WRONG_KEY, "2".repeat(20));
        } finally {
            root.removeHandler(listener);
        }
        assertThat(lines).noneMatch(line -> line.contains(ApiKey.PREFIX));
    }

    /** What has not been read of a body is dropped, and the connection goes on. */
    @Test
    void aConnectionGoesOnAfterARefusal() throws Exception {
        try (Socket socket = new Socket(http.getHost(), http.getPort())) {
            String refused = "POST /classify HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{\"a\": 1}\n";
            String chunked =
                    "POST /classify HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
            String last = "GET /page/main.js HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((refused + chunked + last).getBytes(StandardCharsets.US_ASCII));
            String replies = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(replies.split("HTTP/1.1 401 ", -1)).hasSize(3);
            assertThat(replies).contains("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/classify, POST, 204", "/model, GET, 204", "/openapi.yaml, GET, 204", "/nowhere, GET, 404"})
    void aPreflightOfAListedPageNeedsNoKey(String path, String method, int status) throws Exception {
        Exchange preflight = Exchange.of("OPTIONS", path)
                .with("Access-Control-Request-Method", method)
                .with("Access-Control-Request-Headers", "authorization,content-type");

        Reply listed = same(preflight.with("Origin", PAGE_ELSEWHERE));
        Reply other = same(preflight.with("Origin", "https://app.example.org.evil.org"));

        assertThat(listed.status()).isEqualTo(status);
        assertThat(listed.headers()).containsEntry("access-control-allow-origin", PAGE_ELSEWHERE)
                .containsEntry("vary", "Origin");
        assertThat(listed.headers().getOrDefault("access-control-allow-headers", ""))
                .isEqualTo(status == 204 ? "Authorization, Content-Encoding, Content-Type, X-API-Key" : "");
        assertThat(other.status()).isEqualTo(status == 204 ? 405 : status);
        assertThat(other.headers()).doesNotContainKey("access-control-allow-origin").containsEntry("vary", "Origin");
    }

    @Test
    void aListedPageMayReadAnswersAndErrors() throws Exception {
        Exchange exchange = Exchange.post("text", "/classify", "{\"text\": \"a\"}").with("Origin", PAGE_ELSEWHERE);

        for (Exchange asked : List.of(exchange, bearer(exchange, KEY), bearer(exchange, WRONG_KEY))) {
            assertThat(same(asked).headers()).containsEntry("access-control-allow-origin", PAGE_ELSEWHERE)
                    .containsEntry("access-control-expose-headers",
                            "Model-Version, Retry-After, Server-Timing, WWW-Authenticate")
                    .doesNotContainKey("access-control-allow-credentials");
        }
    }

    /** Sends it over HTTP and on Lambda, which must answer the same. */
    private Reply same(Exchange exchange) throws Exception {
        Reply overHttp = client.overHttp(exchange);
        Reply overLambda = client.overLambda(exchange);

        assertThat(overLambda.status()).as(overLambda.body()).isEqualTo(overHttp.status());
        assertThat(overLambda.body()).isEqualTo(overHttp.body());
        assertThat(overLambda.comparedHeaders()).isEqualTo(overHttp.comparedHeaders());
        return overHttp;
    }

    private String metrics() throws Exception {
        return client.overHttp(bearer(Exchange.of("GET", "/q/metrics"), KEY)).body();
    }

    private static double value(String metrics, String series) {
        return metrics.lines().filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1).split(" ")[0])).sum();
    }

    private static Exchange bearer(Exchange exchange, String key) {
        return exchange.with("Authorization", "Bearer " + key);
    }

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("api-keys", null);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ApiKey... keys) {
        try {
            StringBuilder text = new StringBuilder("# who may ask\n");
            for (ApiKey key : keys) {
                text.append(key.entry()).append('\n');
            }
            AtomicFiles.write(FILE, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
