package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PackagedFunctionIT {
    private final TinyStore store = new TinyStore();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void publish() {
        store.start().forEach((property, value) ->
                environment.put(property.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    }

    @AfterEach
    void delete() {
        store.stop();
    }

    @Test
    void itAnswersTheBattery() throws Exception {
        try (FunctionProcess function = FunctionProcess.start(environment)) {
            FunctionClient client = client(function);
            for (Battery.Case c : Battery.cases()) {
                assertThat(client.overHttp(c.exchange()).status()).as(c.toString()).isEqualTo(c.status());
            }
        }
    }

    @Test
    void aPathThatIsNoUriIsNotFoundInTheUsualShape() throws Exception {
        try (FunctionProcess function = FunctionProcess.start(environment);
                Socket socket = new Socket("localhost", function.address().getPort())) {
            socket.getOutputStream().write(
                    "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 404 ").contains("\"not_found\"");
        }
    }

    @Test
    void withoutAStoreItEndsWithOneLine() throws Exception {
        environment.remove("MODEL_STORE");

        try (FunctionProcess function = FunctionProcess.start(environment)) {
            assertThat(function.exitCode()).isEqualTo(1);
            assertThat(function.output()).isEqualTo(
                    "The function does not start: MODEL_STORE is not set; set it to file:PATH or s3://BUCKET/PREFIX\n");
        }
    }

    @Test
    void aTamperedReleaseEndsItWithOneLineThatNamesFileAndDigests() throws Exception {
        Path weights;
        try (Stream<Path> files = Files.walk(Path.of(URI.create(environment.get("MODEL_STORE") + "/")))) {
            weights = files.filter(f -> f.endsWith("model.safetensors")).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);

        try (FunctionProcess function = FunctionProcess.start(environment)) {
            assertThat(function.exitCode()).isEqualTo(1);
            assertThat(function.output().lines()).singleElement().asString()
                    .matches("The function does not start: .*model\\.safetensors.*[0-9a-f]{64}.*[0-9a-f]{64}.*");
        }
    }

    @Test
    void whatIsUnderWayIsAnsweredBeforeItEnds() throws Exception {
        try (FunctionProcess function = FunctionProcess.start(environment)) {
            FunctionClient client = client(function);
            CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> send(client, longRequest()));
            while (working(client) == 0 && !reply.isDone()) {
                Thread.onSpinWait();
            }

            assertThat(reply.isDone()).as("the request is long enough for this test").isFalse();
            assertThat(function.terminate()).isZero();
            assertThat(reply.get().status()).isEqualTo(200);
        }
    }

    @Test
    void underMoreLoadThanItTakesItRefusesButDropsNothing() throws Exception {
        environment.put("LIMITS_CONCURRENT_REQUESTS", "1");
        try (FunctionProcess function = FunctionProcess.start(environment)) {
            FunctionClient client = client(function);
            List<CompletableFuture<Reply>> replies = Stream.generate(() -> CompletableFuture.supplyAsync(
                    () -> send(client, longRequest()))).limit(4).toList();

            List<Reply> all = replies.stream().map(CompletableFuture::join).toList();
            assertThat(all).extracting(Reply::status).containsOnly(200, 429).contains(200, 429);
            assertThat(all).filteredOn(r -> r.status() == 429)
                    .allSatisfy(r -> assertThat(r.headers()).containsEntry("retry-after", "1"));
        }
    }

    @Test
    void itsLogIsJsonWhereThatIsWanted() throws Exception {
        environment.put("LOG_JSON", "true");
        try (FunctionProcess function = FunctionProcess.start(environment)) {
            function.address();
            assertThat(function.output().lines()).isNotEmpty()
                    .allSatisfy(line ->
                            assertThat(new ObjectMapper().readTree(line).at("/level").asText()).isNotEmpty());
        }
    }

    /** Takes a tiny model about a second: thousands of windows. */
    private static Exchange longRequest() {
        String text = "\"" + "a ".repeat(10_000) + "\"";
        return Exchange.post("long", "/classify",
                "{\"onTooLong\": \"window\", \"texts\": [" + String.join(",", Collections.nCopies(32, text)) + "]}");
    }

    private static int working(FunctionClient client) throws Exception {
        String line = "classifier_requests_working ";
        return client.overHttp(Exchange.of("GET", "/q/metrics")).body().lines()
                .filter(l -> l.startsWith(line))
                .mapToInt(l -> (int) Double.parseDouble(l.substring(line.length())))
                .sum();
    }

    private static Reply send(FunctionClient client, Exchange exchange) {
        try {
            return client.overHttp(exchange);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static FunctionClient client(FunctionProcess function) throws Exception {
        return new FunctionClient(function.address(), URI.create("http://localhost"));
    }
}
