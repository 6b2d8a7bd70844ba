package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scibert.function.serving.Admission;
import org.scibert.function.serving.Deadline;

/** Callers that hang up, stall or send no HTTP: what they get is a word or silence, and nobody waits for them. */
@QuarkusTest
@QuarkusTestResource(TinyStore.class)
@TestProfile(HttpConnectionTest.OneAtATime.class)
@Timeout(120)
class HttpConnectionTest {
    private static final String WINDOWS = "{\"onTooLong\": \"window\", \"texts\": [%s]}"
            .formatted(String.join(",", Collections.nCopies(32, "\"" + "a ".repeat(10_000) + "\"")));

    @TestHTTPResource("/")
    URI http;

    @Inject
    Admission admission;

    private final CountDownLatch done = new CountDownLatch(1);
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                errors.add(entry.getLoggerName() + ": " + entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** One core, so that work for nobody would be in the next request's way. */
    public static class OneAtATime implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("limits.concurrent-requests", "5", "omp.num-threads", "1", "limits.body-timeout", "1S");
        }
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void nothingIsLoggedAsAFault() throws IOException {
        done.countDown();
        while (!metric("classifier_requests_working").equals("0.0")) {
            Thread.onSpinWait();
        }
        Logger.getLogger("").removeHandler(listener);
        assertThat(errors).isEmpty();
    }

    @Test
    void aRequestWithoutAHostIsRefused() throws IOException {
        assertThat(ask("POST /classify HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: 14\r\n\r\n{\"text\":\"a b\"}")).startsWith("HTTP/1.1 400 ")
                        .contains("\"invalid_request\"");
        assertThat(ask("GET /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aRequestWithAnOddHostIsRefused() throws IOException {
        for (String host : List.of("a b c/\u00FF", "[::1", "a:b:c", "x:99999", "<script>")) {
            assertThat(ask("GET /model HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n\r\n"))
                    .as(host).startsWith("HTTP/1.1 400 ").contains("\"invalid_request\"");
        }
    }

    @Test
    void aPathThatNoRouteIsFoundForIsAnsweredAsOnLambda() throws Exception {
        FunctionClient client =
                new FunctionClient(http, URI.create("http://localhost:" + RestAssured.port + "/_lambda_"));
        for (String path : List.of(
                "/%zz", "/%", "/model%2", "/page/%u0041", "/q/%zz", "%zz", "*", "model", "/<script>", "/a|b")) {
            for (String method : List.of("GET", "POST", "DELETE")) {
                Reply overLambda = client.overLambda(Exchange.of(method, path));
                String answer = ask(method + " " + path
                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");

                assertThat(overLambda.status()).isEqualTo(404);
                assertThat(answer).as(method + " " + path)
                        .startsWith("HTTP/1.1 404 ")
                        .endsWith("\r\n\r\n" + overLambda.body());
                overLambda.comparedHeaders().forEach((name, value) ->
                        assertThat(answer).containsIgnoringCase("\r\n" + name + ": " + value + "\r\n"));
            }
        }
    }

    @Test
    void requestsThatAreNoHttpAreRefused() throws IOException {
        for (String request : List.of("\r\n\r\nNONSENSE\r\n\r\n", "GET\r\n\r\n",
                "POST /classify HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\nConnection: close\r\n\r\n",
                "POST /classify HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
                "POST /classify HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n")) {
            assertThat(ask(request)).as(request).matches("(?s)|HTTP/1\\.[01] (400|501|505).*");
        }
    }

    @Test
    void aCallerThatGoesInTheMiddleOfItsBodyIsNoFault() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = connect()) {
                send(socket, "POST /classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{\"te");
            }
        }

        assertThat(classify("a")).isEqualTo(200);
    }

    @Test
    void bodiesThatStallAreAnsweredAndClosed() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Socket socket = connect();
            sockets.add(socket);
            send(socket, i % 2 == 0
                    ? "POST /classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length:"
                            + " 100\r\n\r\n{\"te"
                    : "POST /tokenize HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"tex\r\n");
        }
        assertThat(classify("a")).as("meanwhile others are answered").isEqualTo(200);

        for (Socket socket : sockets) {
            assertThat(all(socket)).startsWith("HTTP/1.1 408 ").contains("\"request_timeout\"");
            socket.close();
        }
    }

    @Test
    void workEndsWhenItsCallerHasGone() throws Exception {
        double before = gone();
        long whole = System.nanoTime();
        try (Socket socket = connect()) {
            send(socket, packed("/classify", WINDOWS));
            assertThat(head(socket)).startsWith("HTTP/1.1 ");
        }
        whole = System.nanoTime() - whole;
        for (int i = 0; i < 5; i++) {
            try (Socket socket = connect()) {
                send(socket, packed("/classify", WINDOWS));
                await("the request to be worked on", () -> admission.working() == 1);
            }
            await("its work to end", () -> admission.working() == 0);
        }

        long start = System.nanoTime();
        int status;
        do {
            status = classify("a");
        } while (status == 429);
        assertThat(status).isEqualTo(200);
        assertThat((System.nanoTime() - start) / (double) whole)
                .as("what the next caller waits, in requests worked on to the end; the five would take 5")
                .isLessThan(2.5);
        assertThat(gone()).isEqualTo(before + 5);
    }

    private double gone() throws IOException {
        String count = metric("classifier_requests_total{result=\"caller_gone\",status=\"499\"}");
        return count.equals("none") ? 0 : Double.parseDouble(count);
    }

    @Test
    void aRefusalBeforeTheBodyLeavesTheConnectionUsable() throws Exception {
        occupyAllPlaces();

        try (Socket socket = connect()) {
            String large = "{\"text\": \"" + "a".repeat(500_000) + "\"}";
            String start = "POST /classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                    + large.length() + "\r\n\r\n";
            long before = System.nanoTime(); // the function's second begins later
            send(socket, start);
            assertThat(head(socket)).startsWith("HTTP/1.1 429 ").containsIgnoringCase("retry-after: 1");
            send(socket, large);
            send(socket, "GET /model HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(socket)).startsWith("HTTP/1.1 ");

            // Asked again too early: refused again, but not before the second is over.
            send(socket, start + large);
            assertThat(head(socket)).startsWith("HTTP/1.1 429 ");
            assertThat((System.nanoTime() - before) / 1e9).isGreaterThan(0.95);
            send(socket, "GET /model HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(socket)).startsWith("HTTP/1.1 ");
        }
    }

    /** Takes every place until the test ends. */
    private void occupyAllPlaces() {
        for (int i = 0; i < 5; i++) {
            new Thread(() -> admission.run(new Deadline(Duration.ofMinutes(2)), () -> {
                try {
                    return done.await(2, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            })).start();
        }
        await("every place to be taken", admission::isFull);
    }

    /** Looks again and again, for half a minute at most. */
    private static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("nanoseconds of waiting for " + what).isLessThan(30_000_000_000L);
            Thread.onSpinWait();
        }
    }

    private int classify(String text) throws IOException {
        String reply =
                ask("POST /classify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + (text.length() + 11) + "\r\n\r\n{\"text\":\"" + text + "\"}");
        return Integer.parseInt(reply.substring(9, 12));
    }

    private String metric(String name) throws IOException {
        return ask("GET /q/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept:"
                + " text/plain;version=0.0.4\r\n\r\n").lines()
                .filter(line -> line.startsWith(name.replace("\"}", "\",}")) || line.startsWith(name + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }

    private String ask(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return all(socket);
        }
    }

    /** Packed, so that reading the body takes no time worth speaking of. */
    private static String packed(String path, String body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                + "Content-Length: " + bytes.size() + "\r\n\r\n" + bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("localhost", http.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** All that comes until the connection ends. */
    private static String all(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection stays open", e);
        }
    }

    /** One response's headers; its body is read too. */
    private static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("the connection ends after: " + head);
            }
            head.append((char) next);
        }
        for (String line : head.toString().split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                in.readNBytes(Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()));
            }
        }
        return head.toString();
    }
}
