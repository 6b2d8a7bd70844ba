package org.scibert.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** Stands in for an OpenTelemetry collector (OTLP over HTTP), on loopback, and keeps what it is sent. */
final class Collector implements AutoCloseable {
    private final BlockingQueue<String> exports = new LinkedBlockingQueue<>();
    private final HttpServer server;

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector start() throws IOException {
        Collector collector =
                new Collector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        collector.server.createContext("/v1/traces", collector::take);
        collector.server.start();
        return collector;
    }

    /** What OTEL_EXPORTER_OTLP_ENDPOINT is set to. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * What came in of a trace, in any order, until all the texts are there; protobuf, of which the strings can be read.
     *
     * @param trace the trace's id, in hexadecimal
     */
    String spans(String trace, List<String> texts, long seconds) throws InterruptedException {
        String id = new String(HexFormat.of().parseHex(trace), StandardCharsets.ISO_8859_1);
        StringBuilder all = new StringBuilder();
        while (!texts.stream().allMatch(text -> all.indexOf(text) >= 0)) {
            String export = exports.poll(seconds, TimeUnit.SECONDS);
            if (export == null) {
                throw new AssertionError("of %s, %s lack in %d s, only:%n%s".formatted(trace, texts, seconds, all));
            }
            if (export.contains(id)) {
                all.append(export);
            }
        }
        return all.toString();
    }

    private void take(HttpExchange http) throws IOException {
        try (http) {
            byte[] sent = http.getRequestBody().readAllBytes();
            boolean packed = "gzip".equals(http.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream in = new ByteArrayInputStream(sent);
            byte[] body = (packed ? new GZIPInputStream(in) : in).readAllBytes();
            exports.add(new String(body, StandardCharsets.ISO_8859_1));
            http.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
