package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.io.Json;

/** The page's modules that have a counterpart in the training job, run in headless Chromium on the job's own test files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageModulesTest {
    private static final Path PAGE = Path.of("src/main/resources");
    private static final Path JOB = Path.of("../../training-job/src/test/resources");

    private HttpServer server;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path work) throws IOException {
        assumeTrue(Browser.isThere(), "no chromium with its chromedriver on the PATH: the page's modules are not run in one");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", PageModulesTest::serve);
        server.start();
        browser = Browser.open(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), work, 800, false);
    }

    @AfterAll
    void close() {
        if (server != null) {
            browser.close();
            server.stop(0);
        }
    }

    /** An empty page, and the modules. */
    private static void serve(HttpExchange exchange) throws IOException {
        Path file = PAGE.resolve(exchange.getRequestURI().getPath().substring(1));
        boolean module = file.toString().endsWith(".js");
        byte[] body = module ? Files.readAllBytes(file) : "<!doctype html><title>empty</title>".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", module ? "text/javascript" : "text/html");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void theTestOfRecallHasTheCommandLinesValues() throws IOException {
        JsonNode cases = Json.MAPPER.readTree(Files.readAllBytes(JOB.resolve("screening/recall-p-values.json")));
        assertThat(cases).isNotEmpty();
        for (JsonNode golden : cases) {
            Object p = browser.run("""
                    const golden = JSON.parse(arguments[0]);
                    const decided = golden.runs.flatMap(([relevant, times]) => Array(times).fill(relevant === 1));
                    return import('/page/screen/stopping.js').then(module =>
                      String(module.recallPValue(decided, golden.records, golden.recall)));
                    """, golden.toString());
            double expected = golden.get("p").asDouble();
            assertThat(Double.parseDouble(p.toString())).as(golden.get("name").asText())
                    .isEqualTo(expected, within(1e-9 * expected));
        }
        assertThat(browser.run("return import('/page/screen/stopping.js').then(m => m.recallPValue([], 10))")).isNull();
    }
}
