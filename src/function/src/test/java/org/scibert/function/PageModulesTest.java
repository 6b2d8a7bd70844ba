package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.util.Lists;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scibert.io.Json;

/** The page's modules that have a counterpart in the training job, run in headless Chromium on the job's test files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageModulesTest {
    private static final String EMPTY = "<!doctype html><title>empty</title>";
    private static final Path PAGE = Path.of("src/main/resources");
    private static final Path JOB = Path.of("../../training-job/src/test/resources");

    /** Formats that the command line reads and the page refuses. */
    private static final List<String> NOT_ON_THE_PAGE = List.of("an Excel workbook", "EndNote XML");

    private HttpServer server;
    private Browser browser;
    private JsonNode read;

    @BeforeAll
    void open(@TempDir Path work) throws IOException {
        assumeTrue(Browser.isThere(), "no chromium with its chromedriver on the PATH: the page's modules are not run");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", PageModulesTest::serve);
        server.start();
        browser = Browser.open(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), work, 800, false);
        read = readByThePage();
    }

    @AfterAll
    void close() {
        if (server != null) {
            browser.close();
            server.stop(0);
        }
    }

    /** What the page reads of each file, or why it refuses it: in one go, since each call of the browser takes time. */
    private JsonNode readByThePage() throws IOException {
        ObjectNode files = Json.MAPPER.createObjectNode();
        for (String name : records()) {
            files.put(name, Files.readAllBytes(JOB.resolve("records/" + name)));
        }
        return Json.MAPPER.readTree(browser.run("""
                const files = JSON.parse(arguments[0]);
                const load = name => import(`/page/records/${name}.js`);
                return Promise.all([load('read'), load('fields')]).then(([read, fields]) => {
                  const readOne = base64 => {
                    try {
                      const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
                      return read.readRecords(bytes).records.map(record => ({
                        id: record.id, line: record.line, text: fields.textOf(record) || null, label: record.label,
                        title: record.title, abstract: record.abstract}));
                    } catch (error) {
                      if (error instanceof read.Unreadable) return error.message;
                      throw error;
                    }
                  };
                  return JSON.stringify(Object.fromEntries(
                    Object.entries(files).map(([name, base64]) => [name, readOne(base64)])));
                });
                """, files.toString()).toString());
    }

    /** An empty page, and the modules. */
    private static void serve(HttpExchange exchange) throws IOException {
        Path file = PAGE.resolve(exchange.getRequestURI().getPath().substring(1));
        boolean module = file.toString().endsWith(".js");
        byte[] body = module ? Files.readAllBytes(file) : EMPTY.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", module ? "text/javascript" : "text/html");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    static List<String> records() throws IOException {
        try (Stream<Path> files = Files.list(JOB.resolve("records"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".expected.json"))
                    .sorted()
                    .toList();
        }
    }

    /** The page reads its formats as the job does, and refuses the others in words. */
    @ParameterizedTest
    @MethodSource("records")
    void aFileIsReadAsByTheCommandLine(String name) throws IOException {
        JsonNode expected = Json.MAPPER.readTree(Files.readAllBytes(JOB.resolve("records/" + name + ".expected.json")));
        JsonNode found = read.get(name);
        String format = expected.path("format").asText();
        boolean foreign = NOT_ON_THE_PAGE.stream().anyMatch(format::startsWith);
        if (foreign || expected.has("refused") || expected.get("texts").isEmpty()) {
            assertThat(found.isTextual()).as("refused: %s", found).isTrue();
            assertThat(found.asText()).matches("(?s)(it |line |a |the |\").*");
            return;
        }
        assertThat(found.isArray()).as("read: %s", found).isTrue();
        assertThat(found.findValues("text")).extracting(PageModulesTest::text).isEqualTo(texts(expected.get("texts")));
        if (expected.has("ids")) {
            assertThat(found.findValues("id")).extracting(PageModulesTest::text).isEqualTo(texts(expected.get("ids")));
        }
        if (expected.has("lines")) {
            assertThat(found.findValues("line")).isEqualTo(Lists.newArrayList(expected.get("lines")));
        }
        if (expected.has("labels")) {
            List<String> decisions = new ArrayList<>();
            expected.get("labels").forEach(labels -> decision(labels).ifPresent(decisions::add));
            List<String> decided = new ArrayList<>();
            found.forEach(record -> {
                String label = record.get("label").asText();
                if (!record.get("text").isNull() && (label.equals("include") || label.equals("exclude"))) {
                    decided.add(label);
                }
            });
            assertThat(decided).isEqualTo(decisions);
        }
        found.forEach(record -> assertThat(text(record.get("text")) == null ? "" : text(record.get("text")))
                .contains(record.get("abstract").asText()));
    }

    /** What the page makes of the job's labels of one row. */
    private static Optional<String> decision(JsonNode labels) {
        String label = labels.size() == 1 ? labels.get(0).asText() : "";
        return switch (label) {
            case "1", "include" -> Optional.of("include");
            case "0", "exclude" -> Optional.of("exclude");
            default -> Optional.empty();
        };
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text(text)));
        return texts;
    }

    private static String text(JsonNode node) {
        return node.isNull() ? null : node.asText();
    }

    /** The job's tests read these files: what the page exports goes back into training. */
    @ParameterizedTest
    @CsvSource({"ris-cochrane.ris, page-screened.ris", "ris-cochrane.ris, page-screened.jsonl",
        "table-semicolon.csv, page-screened.csv", "wos-tagged.txt, page-from-wos.ris"})
    void anExportIsTheFileThatTheJobIsTestedWith(String file, String golden) throws IOException {
        Object export = browser.run("""
                const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));
                const to = arguments[1].split('.').at(-1);
                return Promise.all(['records/read.js', 'records/write.js', 'screen/project.js']
                  .map(name => import('/page/' + name))).then(([read, write, {Project}]) => {
                    const project = Project.of('refs', read.readRecords(bytes));
                    const [first, second] = project.items;
                    Object.assign(first, {probability: 0.25, notes: '=two\\nlines'});
                    Object.assign(second, {probability: 0.75, decision: null});
                    project.decide(second, 'include');
                    if (first.decision !== 'exclude') project.decide(first, 'exclude');
                    const rows = project.rows('v1');
                    return JSON.stringify(to === 'csv' ? write.toCsv(rows, project.file, 'v1')
                      : to === 'ris' ? write.toRis(rows, project.file, 'v1') : write.toRows(rows));
                  });
                """, Base64.getEncoder().encodeToString(Files.readAllBytes(JOB.resolve("records/" + file))), golden);
        assertThat(Json.MAPPER.readTree(export.toString()).asText())
                .isEqualTo(Files.readString(JOB.resolve("records/" + golden)));
    }

    @Test
    void theTestOfRecallHasTheCommandLinesValues() throws IOException {
        JsonNode cases = Json.MAPPER.readTree(Files.readAllBytes(JOB.resolve("screening/recall-p-values.json")));
        assertThat(cases).isNotEmpty();
        JsonNode found = Json.MAPPER.readTree(browser.run("""
                const cases = JSON.parse(arguments[0]);
                return import('/page/screen/stopping.js').then(module => JSON.stringify(cases.map(golden => {
                  const decided = golden.runs.flatMap(([relevant, times]) => Array(times).fill(relevant === 1));
                  return module.recallPValue(decided, golden.records, golden.recall);
                })));
                """, cases.toString()).toString());
        for (int i = 0; i < cases.size(); i++) {
            double expected = cases.get(i).get("p").asDouble();
            assertThat(found.get(i).asDouble()).as(cases.get(i).get("name").asText())
                    .isEqualTo(expected, within(1e-9 * expected));
        }
        assertThat(browser.run("return import('/page/screen/stopping.js').then(m => m.recallPValue([], 10))")).isNull();
    }
}
