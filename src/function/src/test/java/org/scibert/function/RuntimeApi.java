package org.scibert.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Stands in for AWS Lambda's Runtime API, on loopback: hands events to one function and takes its answers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">the API</a>
 */
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final long TIMEOUT_MILLIS = 60_000;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> underWay = new ConcurrentHashMap<>();
    private final CompletableFuture<String> initError = new CompletableFuture<>();
    private final HttpServer server;

    private record Invocation(String id, byte[] event, CompletableFuture<String> answer) {}

    /** What a function posts in place of an answer. */
    static final class FunctionError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FunctionError(String body) {
            super(body);
        }
    }

    private RuntimeApi(HttpServer server) {
        this.server = server;
    }

    static RuntimeApi start() throws IOException {
        RuntimeApi api =
                new RuntimeApi(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        api.server.createContext(ROOT, api::handle);
        api.server.setExecutor(api.threads);
        api.server.start();
        return api;
    }

    /** What Lambda sets AWS_LAMBDA_RUNTIME_API to. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Gives the function an event as soon as it asks for one.
     *
     * @return its answer, or a {@link FunctionError}
     */
    CompletableFuture<String> invoke(String event) {
        Invocation invocation = new Invocation(
                UUID.randomUUID().toString(), event.getBytes(StandardCharsets.UTF_8), new CompletableFuture<>());
        waiting.add(invocation);
        return invocation.answer();
    }

    /** Why the function could not start. */
    CompletableFuture<String> initError() {
        return initError;
    }

    private void handle(HttpExchange http) throws IOException {
        String[] path = http.getRequestURI().getPath().substring(ROOT.length()).split("/");
        String request = http.getRequestMethod() + " " + path[0] + " " + path[path.length - 1];
        try (http) {
            switch (request) {
                case "GET invocation next" -> next(http);
                case "POST init error" -> accept(http, initError::complete);
                case "POST invocation response" -> accept(http, underWay.remove(path[1]).answer()::complete);
                case "POST invocation error" -> accept(http, body -> underWay.remove(path[1]).answer()
                        .completeExceptionally(new FunctionError(body)));
                default -> http.sendResponseHeaders(NOT_FOUND, -1);
            }
        }
    }

    private void next(HttpExchange http) throws IOException {
        Invocation invocation;
        try {
            invocation = waiting.take();
        } catch (InterruptedException closed) {
            return;
        }
        underWay.put(invocation.id(), invocation);
        http.getResponseHeaders().add("Content-Type", "application/json");
        http.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", invocation.id());
        http.getResponseHeaders()
                .add("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + TIMEOUT_MILLIS));
        http.getResponseHeaders().add("Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:eu-central-1:000000000000:function:classify");
        http.getResponseHeaders().add("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
        http.sendResponseHeaders(OK, invocation.event().length);
        http.getResponseBody().write(invocation.event());
    }

    private interface Taker {
        boolean take(String body);
    }

    private static void accept(HttpExchange http, Taker taker) throws IOException {
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        http.sendResponseHeaders(ACCEPTED, -1);
        taker.take(body);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
