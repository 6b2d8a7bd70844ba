package org.scibert.training.encoder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.scibert.io.FileDigest;
import org.scibert.io.Text;

/**
 * A hub on loopback that answers as huggingface.co does: small files after a redirect within the host, weights after
 * one to a store on another host (here: another port), which sends byte ranges.
 */
final class LocalHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** What a server was asked for; absent headers are null. */
    record Request(boolean store, String method, String path, String authorization, String range) {}

    /** Files of the one repository, org/tiny, by name. */
    final Map<String, byte[]> files = new HashMap<>();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    /** Statuses that the hub answers with before anything else, and the error code that goes with 4xx. */
    final Deque<Integer> hubFaults = new ArrayDeque<>();
    /** Bytes after which the store closes the connection, one per answer. */
    final Deque<Integer> storeCuts = new ArrayDeque<>();

    volatile String errorCode;
    volatile String commit = COMMIT;
    /** What the hub says of the weights where it differs from the truth. */
    volatile String linkedEtag;
    volatile Long linkedSize;
    /** Whether the store sends ranges, and how far beside the point they begin. */
    volatile boolean ranges = true;
    volatile int rangeError;

    private final HttpServer hub = server(this::answerAsHub);
    private final HttpServer store = server(this::answerAsStore);

    LocalHub() throws IOException {}

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    List<Request> ofStore() {
        return requests.stream().filter(Request::store).toList();
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private static HttpServer server(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
        server.start();
        return server;
    }

    private Request record(HttpExchange exchange, boolean ofStore) {
        Request request = new Request(ofStore, exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Authorization"), exchange.getRequestHeaders().getFirst("Range"));
        requests.add(request);
        return request;
    }

    private void answerAsHub(HttpExchange exchange) throws IOException {
        String path = record(exchange, false).path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        byte[] content = files.get(name);
        if (!hubFaults.isEmpty()) {
            refuse(exchange, hubFaults.pop());
        } else if (path.startsWith("/circle/")) {
            redirect(exchange, path);
        } else if (path.startsWith("/old/name/")) {
            redirect(exchange, path.replace("/old/name/", "/org/tiny/"));
        } else if (path.startsWith("/cache/")) {
            describe(exchange, FileDigest.of(content).sha256().substring(0, 40), content.length);
            send(exchange, content, 0, content.length);
        } else if (!path.startsWith("/org/tiny/resolve/") || content == null) {
            refuse(exchange, 404);
        } else if (name.startsWith("model.") || name.startsWith("pytorch_")) {
            describe(exchange, linkedEtag == null ? FileDigest.of(content).sha256() : linkedEtag,
                    linkedSize == null ? content.length : linkedSize);
            redirect(exchange, "http://127.0.0.1:" + store.getAddress().getPort() + "/" + name);
        } else {
            describe(exchange, FileDigest.of(content).sha256().substring(0, 40), content.length);
            redirect(exchange, "/cache/" + name);
        }
    }

    private void answerAsStore(HttpExchange exchange) throws IOException {
        Request request = record(exchange, true);
        byte[] content = files.get(request.path().substring(1));
        int from = ranges && request.range() != null
                ? Integer.parseInt(request.range().replaceAll("\\D", "")) + rangeError : 0;
        exchange.getResponseHeaders().set("ETag", "\"a-store-has-tags-of-its-own\"");
        send(exchange, content, from, storeCuts.isEmpty() ? content.length - from : storeCuts.pop());
    }

    private void describe(HttpExchange exchange, String etag, long size) {
        if (commit != null) {
            exchange.getResponseHeaders().set("X-Repo-Commit", commit);
        }
        exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + etag + "\"");
        exchange.getResponseHeaders().set("X-Linked-Size", Long.toString(size));
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(307, -1);
    }

    private void refuse(HttpExchange exchange, int status) throws IOException {
        if (errorCode != null) {
            exchange.getResponseHeaders().set("X-Error-Code", errorCode);
        }
        exchange.sendResponseHeaders(status, -1);
    }

    /** Announces all from a byte on, and sends so many of them. */
    private static void send(HttpExchange exchange, byte[] content, int from, int bytes) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders().set("Content-Range",
                    Text.format("bytes %d-%d/%d", from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        exchange.getResponseBody().write(content, from, bytes);
        exchange.getResponseBody().flush();
    }
}
