package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.scibert.io.AtomicFiles;
import org.scibert.io.Json;
import org.scibert.signing.ApiKey;

/**
 * The page, clicked and typed on in headless Chromium: over HTTP, where anybody may ask, and behind a stand-in for a
 * Lambda Function URL, where a key is wanted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageInBrowserIT {
    private static final String ATTACK = "<script>window.attacked=1</script><img src=x onerror=window.attacked=1>";
    private static final List<String> COLUMNS =
            List.of("title", "abstract", "authors", "keywords", "year", "doi", "pmid", "journal", "url", "notes");
    private static final int MANY = 5000;
    private static final String KEY = ApiKey.PREFIX + "1".repeat(64);
    private static final String REVOKED_KEY = ApiKey.PREFIX + "2".repeat(64);
    private static final String SPENT_KEY = ApiKey.PREFIX + "3".repeat(64);
    private static final int TEXTS_PER_MINUTE = 600;

    private final TinyStore store = new TinyStore();
    private FunctionProcess function;
    private RuntimeApi lambda;
    private LambdaProcess onLambda;
    private FunctionUrlGateway gateway;
    private Browser browser;
    private Path keys;

    @TempDir
    private Path folder;

    private enum Transport { HTTP, LAMBDA }

    @BeforeAll
    void start(@TempDir Path work) throws Exception {
        assumeTrue(Browser.isThere(), "no chromium with its chromedriver on the PATH: the page is not opened in one");
        Map<String, String> environment = new HashMap<>();
        store.start().forEach((property, value) ->
                environment.put(property.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        function = FunctionProcess.start(environment);
        lambda = RuntimeApi.start();
        environment.putAll(LambdaProcess.lambda(lambda));
        environment.remove("MODEL_CACHE");
        keys = work.resolve("api-keys");
        writeKeys(ApiKey.of("reviewer", KEY), ApiKey.of("revoked", REVOKED_KEY), ApiKey.of("spent", SPENT_KEY));
        environment.putAll(Map.of("API_KEYS", "file:" + keys, "API_KEYS_REFRESH", "1S", "LIMITS_TEXTS", "1024",
                "API_KEYS_TEXTS_PER_MINUTE", Integer.toString(TEXTS_PER_MINUTE)));
        onLambda = LambdaProcess.start(LambdaProcess.Program.jar(), environment, work.resolve("lambda"));
        gateway = FunctionUrlGateway.start(lambda);
    }

    @AfterAll
    void stop() {
        if (function != null) {
            gateway.close();
            onLambda.close();
            lambda.close();
            function.close();
            store.stop();
        }
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private void open(Transport transport) throws Exception {
        if (transport == Transport.HTTP) {
            open(function.address(), 1280, false);
            return;
        }
        browser = Browser.open(gateway.address(), folder, 1280, false);
        browser.awaitText(".status.error", "The function wants a key.");
        enter(KEY);
        browser.awaitText("h1", "tiny");
        assertThat(browser.complaints()).as("of the request without a key alone").allMatch(c -> c.contains("401"));
    }

    private void enter(String key) {
        browser.type("form.key input", key);
        browser.click("form.key .primary");
    }

    private void writeKeys(ApiKey... taken) throws IOException {
        AtomicFiles.write(keys, Stream.of(taken).map(ApiKey::entry).collect(Collectors.joining("\n")));
    }

    private void open(URI address, int width, boolean dark) throws Exception {
        browser = Browser.open(address, folder, width, dark);
        browser.awaitText("h1", "tiny");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aTextIsClassifiedAndExplained(Transport transport) throws Exception {
        open(transport);

        browser.type("#panel-try textarea", "We study the cell. The method results.");
        browser.click("#panel-try .primary");

        assertThat(browser.text("article h2")).isIn("other", "objective");
        assertThat(browser.all("article .bar")).hasSize(2);
        browser.click("article button");
        browser.find("article .shaded mark");
        assertThat(browser.all("article .shaded mark")).hasSize(7);
        assertThat(browser.all("article .sentences li")).hasSize(2);
        assertThat(browser.all("article .neighbours li")).hasSize(2);
        browser.click("#tab-model");
        assertThat(browser.text("#panel-model pre")).startsWith("curl -s http")
                .contains("/classify", "We study the cell.");
        assertThat(browser.text("#panel-model dl"))
                .contains("tiny", "binary", "other, objective", "the release names it");
        browser.awaitText("#panel-model", "are counted, and none is kept");
        assertThat(browser.text("#panel-model")).contains("labelled “objective”", "tokens that are [UNK]");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void anExampleOfTheReleaseIsTried(Transport transport) throws Exception {
        open(transport);

        browser.find("#panel-try select").sendKeys("we study");

        assertThat(browser.text("article h2")).isIn("other", "objective");
        assertThat(browser.run("return document.querySelector('#panel-try textarea').value")).isEqualTo("we study");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void tokensIdsMaskAndPaddingAreShown(Transport transport) throws Exception {
        open(transport);
        browser.click("#tab-reads");
        browser.type("#panel-reads textarea", "the cell\nwe study the method \uD83D\uDE80");
        browser.click("#panel-reads .primary");

        browser.find(".encoded");
        assertThat(browser.all(".encoded")).hasSize(2);
        assertThat(browser.all(".encoded:first-of-type .pad")).hasSize(3);
        assertThat(browser.all(".encoded .unknown")).hasSize(1);
        browser.run("document.querySelectorAll('.encoded')[0].querySelectorAll('.tokens li')[2].focus()");
        assertThat(browser.text(".encoded:first-of-type .source mark")).isEqualTo("cell");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aFileIsScreenedAndNoDecisionIsLost(Transport transport) throws Exception {
        Path file = Files.writeString(folder.resolve("refs.ris"), ris(40));
        open(transport);
        browser.click("#tab-screen");
        browser.choose("#choose-file", file);
        browser.awaitText("[role=status]", "40 records");
        browser.click("#panel-screen .primary");
        browser.awaitText("#panel-screen [role=status]", "Ranked 40 of 40");
        browser.awaitText("#panel-screen .primary", "Rank with the model");

        browser.press("i");
        browser.press("e");
        browser.press("m");
        browser.press("e");
        browser.press("u");
        browser.click(".decisions .include");
        browser.type("#panel-screen .record textarea", "two\nlines");
        browser.press(Keys.TAB);
        browser.awaitText("#panel-screen .hint", "Saved in this browser");
        assertThat(browser.text(".numbers")).contains("3 / 40");

        browser.reload();
        browser.awaitText("#panel-screen .primary", "Go on with refs.ris: 4 of 40 decided");
        browser.click("#panel-screen .primary");
        assertThat(browser.text(".numbers")).contains("3 / 40");
        browser.click("#panel-screen [role=group] button:nth-of-type(1)");

        String exported = browser.downloaded("refs-screened.ris");
        assertThat(exported.replaceAll("N1 {2}- SciBERT_.*\n", "")).isEqualTo(ris(40));
        assertThat(exported).containsPattern("N1 {2}- SciBERT_probability: [01]\\.\\d{4}\n")
                .contains("N1  - SciBERT_decision: maybe\n");
        assertThat(exported.split("SciBERT_decision: include", -1)).hasSize(3);
        browser.click("#panel-screen [role=group] button:nth-of-type(3)");
        assertThat(browser.downloaded("refs-screened.jsonl").lines()).hasSize(3)
                .allMatch(line -> line.contains("\"label\":\"include\"") || line.contains("\"label\":\"exclude\""));
        browser.click("#panel-screen .danger");
        browser.acceptDialog();
        browser.find(".drop");
        browser.reload();
        browser.find(".drop");
        assertThat(browser.all("#panel-screen .primary")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aBrowserThatIsKilledLosesNoDecision() throws Exception {
        Path file = Files.writeString(folder.resolve("refs.ris"), ris(12));
        open(Transport.HTTP);
        browser.click("#tab-screen");
        browser.choose("#choose-file", file);
        browser.awaitText("[role=status]", "12 records");
        browser.press("i");
        browser.press("e");
        browser.press("m");
        assertThat(browser.run("""
                return new Promise(done => {
                  const open = indexedDB.open('screening', 1);
                  open.onsuccess = () => {
                    const all = open.result.transaction('items').objectStore('items').getAll();
                    all.onsuccess = () => done(all.result.map(item => item.decision).filter(Boolean).join(' '));
                  };
                });""")).as("what is on disk").isEqualTo("include exclude maybe");

        browser.kill();
        open(Transport.HTTP);
        browser.click("#tab-screen");
        browser.awaitText("#panel-screen .primary", "Go on with refs.ris: 3 of 12 decided");
        browser.click("#panel-screen .primary");

        assertThat(browser.text(".numbers")).as("maybe is not seen yet").contains("2 / 12");
        assertThat(browser.all(".row .badge").stream().map(WebElement::getText))
                .contains("Include", "Exclude", "Maybe");
    }

    @Test
    void thousandsOfRecordsStayFluid() throws Exception {
        Path file = Files.writeString(folder.resolve("many.ris"), ris(MANY));
        open(Transport.HTTP);
        browser.click("#tab-screen");
        browser.choose("#choose-file", file);
        browser.awaitText("[role=status]", MANY + " records");
        browser.click("#panel-screen .primary");
        browser.awaitText("#panel-screen [role=status]", "Ranked %d of %d".formatted(MANY, MANY));
        browser.awaitText("#panel-screen .primary", "Rank with the model");

        assertThat(browser.all(".row").size()).isLessThan(60);
        browser.click(".list");
        browser.press(Keys.END);
        browser.awaitText(".row[aria-selected=true] .rank", String.valueOf(MANY));
        browser.press("e");
        browser.awaitText(".numbers", "1 / " + MANY);
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ris", "nbib", "txt", "enw", "csv", "tsv", "jsonl"})
    void whatAFileSaysIsShownAndNeverRun(String format) throws Exception {
        Path file = Files.writeString(folder.resolve("attack." + format), attack(format));
        open(Transport.HTTP);
        browser.click("#tab-screen");
        browser.choose("#choose-file", file);

        browser.awaitText(".row", "<script>");
        browser.awaitText(".record h2", "<script>");
        browser.type("#panel-screen .record textarea", ATTACK);
        browser.click("summary");
        browser.type(".settings textarea", "x" + ATTACK);
        browser.press(Keys.TAB);
        browser.click("#panel-screen .primary");
        browser.awaitText("#panel-screen [role=status]", "Ranked 1 of 1");
        browser.awaitEnabled(".links button");
        browser.click(".links button");
        browser.find(".record .shaded");
        assertThat(browser.all(".record a").stream().map(link -> link.getDomProperty("href")))
                .allMatch(href -> href.startsWith("https://doi.org/10.1000/")
                        || href.startsWith("https://pubmed.ncbi.nlm.nih.gov/"));
        browser.reload();
        browser.click("#panel-screen .primary");
        browser.awaitText(".record h2", "<script>");
        assertThat(browser.run("return window.attacked")).isNull();
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "paper.ris | %PDF-1.7 | it is a PDF",
        "refs.csv | PK\u0003\u0004sheet | spreadsheet (xlsx)",
        "refs.ris | <!DOCTYPE html><title>Sign in</title> | it is a web page",
        "refs.csv | a,b | its columns are a, b",
        "rows.jsonl | {\"text\":\"a\"} | line 2 is not JSON",
        "data.csv | version https://git-lfs.github.com/spec/v1 | Git LFS pointer"})
    void aFileThatIsSomethingElseIsNamed(String name, String content, String message) throws Exception {
        String more = name.endsWith("jsonl") ? "\n{cut" : "\n1,2\n";
        Path file = Files.writeString(folder.resolve(name), content + more);
        open(Transport.HTTP);
        browser.click("#tab-screen");
        browser.choose("#choose-file", file);

        browser.awaitText(".status.error", message);
        assertThat(browser.text(".status.error")).startsWith(name + " cannot be read: ");
    }

    @Test
    void refusalsAreSaidInWords() throws Exception {
        open(Transport.HTTP);
        browser.type("#panel-try textarea", "\u200B");
        browser.click("#panel-try .primary");
        browser.awaitText(".status.error", "There is nothing to read in this text.");
        browser.run("window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))");
        browser.type("#panel-try textarea", "the cell");
        browser.click("#panel-try .primary");
        browser.awaitText(".status.error", "The function cannot be reached.");
        for (String[] refusal : new String[][] {
            {"429", "too_many_requests", "The function is busy. Try again in a moment."},
            {"503", "deadline_exceeded", "The function did not answer in time."},
            {"503", "not_ready", "The function has no model in service yet."},
            {"500", "internal", "The function failed. Its log has the reason."},
            {"413", "body_too_large", "These texts together are larger than the function takes."}}) {
            browser.run("const [status, code] = arguments; window.fetch = () => Promise.resolve(new Response("
                    + "JSON.stringify({error: {code, message: ''}}), {status, headers: {'Retry-After': '3600'}}))",
                    Integer.parseInt(refusal[0]), refusal[1]);
            browser.click("#panel-try .primary");
            browser.awaitText(".status.error", refusal[2]);
        }
    }

    @Test
    void aKeyIsAskedForAndItsRefusalsAreSaidInWords() throws Exception {
        FunctionClient client = new FunctionClient(gateway.address(), gateway.address());
        browser = Browser.open(gateway.address(), folder, 1280, false);
        browser.awaitText(".status.error", "The function wants a key. Enter it under Key");
        assertThat(browser.axeViolations()).isEmpty();
        enter(KEY.replace('1', '9'));
        browser.awaitText(".status.error", "The function does not take this key");
        enter(REVOKED_KEY);
        browser.awaitText("h1", "tiny");
        browser.type("#panel-try textarea", "the cell");
        browser.click("#panel-try .primary");
        browser.find("article h2");

        writeKeys(ApiKey.of("reviewer", KEY), ApiKey.of("spent", SPENT_KEY));
        while (ask(client, "GET", "/model", REVOKED_KEY, "").status() == 200) {
            Thread.onSpinWait();
        }
        browser.click("#panel-try .primary");
        browser.awaitText(".status.error", "The function does not take this key: it is mistyped, or was revoked.");

        String many = "{\"texts\": [" + String.join(",", Collections.nCopies(TEXTS_PER_MINUTE + 400, "\"a\"")) + "]}";
        assertThat(ask(client, "POST", "/tokenize", SPENT_KEY, many).status()).isEqualTo(200);
        enter(SPENT_KEY);
        browser.awaitText("h1", "tiny");
        browser.click("#panel-try .primary");
        browser.awaitText(".status", "This key has used up its texts for now; the next try is in");
        browser.click("header .quiet");
        enter(KEY);
        assertThat((String) browser.run("return location.href + JSON.stringify(localStorage) + document.cookie"))
                .doesNotContain(ApiKey.PREFIX);
        assertThat(onLambda.log()).doesNotContain(ApiKey.PREFIX);
    }

    private static Reply ask(FunctionClient client, String method, String path, String key, String body)
            throws Exception {
        return client.overHttp(new Exchange("", method, path,
                Map.of("Authorization", "Bearer " + key), body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"390, false", "390, true", "1280, false", "1280, true"})
    void everyViewMeetsTheAccessibilityGuidelines(int width, boolean dark) throws Exception {
        Path file = Files.writeString(folder.resolve("refs.ris"), ris(30));
        open(function.address(), width, dark);
        browser.type("#panel-try textarea", "We study the cell. The method results.");
        browser.click("#panel-try .primary");
        browser.click("article button");
        browser.find("article .shaded mark");
        assertThat(browser.axeViolations()).isEmpty();
        browser.click("#tab-reads");
        browser.click("#panel-reads .primary");
        browser.find(".encoded");
        assertThat(browser.axeViolations()).isEmpty();
        browser.click("#tab-screen");
        assertThat(browser.axeViolations()).isEmpty();
        browser.choose("#choose-file", file);
        browser.awaitText("[role=status]", "30 records");
        browser.click("#panel-screen .primary");
        browser.awaitText("#panel-screen [role=status]", "Ranked 30 of 30");
        browser.awaitText("#panel-screen .primary", "Rank with the model");
        browser.press("i");
        browser.press("e");
        browser.press("m");
        browser.click("summary");
        assertThat(browser.axeViolations()).isEmpty();
        browser.click("#tab-model");
        assertThat(browser.axeViolations()).isEmpty();
        assertThat(((Number) browser.run("return document.documentElement.scrollWidth")).intValue())
                .isLessThanOrEqualTo(width);
    }

    @Test
    void driftAndACandidateAreShown() throws Exception {
        Reply plain = new FunctionClient(function.address(), function.address()).overHttp(Exchange.of("GET", "/model"));
        ObjectNode model = (ObjectNode) Json.MAPPER.readTree(plain.body());
        model.set("drift", Json.MAPPER.readTree("""
                {"window":500,"texts":500,"labels":{"other":0.75,"objective":0.25},"asked":0.1,"unsure":0.2,
                 "truncated":0,"unknownTokens":0.015,"scorePsi":0.31,"labelPsi":0.05,
                 "dev":{"texts":200,"labels":{"other":0.9,"objective":0.1},"asked":0.05,"truncated":0,
                  "unknownTokens":0.01}}"""));
        model.set("candidate", Json.MAPPER.readTree("""
                {"version":"20261125T000000Z-abc","state":"withdrawn","share":0.1,
                 "reason":"it failed for 3 % of the texts",
                 "texts":200,"errors":6,"skipped":0,"compared":190,"agreement":0.97,"difference":0.0123,
                 "differences":[100,50,30,10,0,0],"latencyRatio":1.25}"""));
        open(function.address(), 390, true);
        browser.run(
                "const [json] = arguments; window.fetch = () => Promise.resolve(new Response(json))", model.toString());
        browser.click("#tab-model");

        browser.awaitText("#panel-model", "The last 500 texts; at most 500 are counted");
        assertThat(browser.all("#panel-model tr").stream().map(WebElement::getText)).contains(
                "Share now when measured", "labelled “objective” 25.0 % 10.0 %", "a person is asked 10.0 % 5.0 %",
                "less sure than nine of ten when measured 20.0 % –", "tokens that are [UNK] 1.5 % 1.0 %");
        assertThat(browser.text("#panel-model")).contains(
                "Population stability index of the scores 0.310; of the labels 0.050.",
                "withdrawn", "it failed for 3 % of the texts", "97.0 %", "0.0123", "1.25");
        assertThat(browser.axeViolations()).isEmpty();
        assertThat(((Number) browser.run("return document.documentElement.scrollWidth")).intValue())
                .isLessThanOrEqualTo(390);
        assertThat(browser.complaints()).isEmpty();
    }

    private static String ris(int records) {
        StringBuilder ris = new StringBuilder();
        for (int i = 0; i < records; i++) {
            ris.append("TY  - JOUR\nAU  - Doe, Jane\nPY  - %d\nTI  - A study of the cell, method number %d\n"
                    .formatted(1990 + i % 30, i));
            if (i % 7 != 0) {
                ris.append("AB  - We study the cell %s. The results of method %d.\n".formatted(
                        "x".repeat(i % 9 + 1), i));
            }
            ris.append("DO  - 10.1000/abc.%d\nER  - \n\n".formatted(i));
        }
        return ris.toString();
    }

    private static String attack(String format) {
        String quoted = ATTACK.replace("\"", "\\\"");
        return switch (format) {
            case "ris" -> tagged("TY  - JOUR\n", "%s  - ", "ER  - \n",
                    "TI", "T2", "AB", "AU", "KW", "PY", "N1", "ID", "UR", "L1", "JO", "SP", "LA", "PB", "DO");
            case "nbib" -> tagged(
                    "PMID- 1\n", "%-4s- ", "", "TI", "AB", "FAU", "AU", "MH", "OT", "DP", "TA", "LID", "AID", "LA");
            case "txt" -> tagged("FN Clarivate\nVR 1.0\nPT J\n", "%s ", "ER\n\nEF\n",
                    "TI", "AB", "AU", "DE", "ID", "SO", "PY", "PM", "UT", "DI");
            case "enw" -> tagged("%%0 Journal Article\n".formatted(), "%s ", "",
                    "%T", "%X", "%A", "%K", "%D", "%J", "%U", "%Z", "%M", "%R");
            case "csv" -> separated(",");
            case "tsv" -> separated("\t");
            default -> COLUMNS.stream().map(name -> "\"%s\":\"x%s\"".formatted(name, quoted))
                    .collect(Collectors.joining(",", "{", "}\n"));
        };
    }

    /** @param tag how a tag is written before its value */
    private static String tagged(String begin, String tag, String end, String... tags) {
        return Stream.of(tags)
                .map(name -> tag.formatted(name) + (List.of("DO", "DI", "%R").contains(name) ? "10.1000/" : "x")
                        + ATTACK + "\n")
                .collect(Collectors.joining("", begin, end));
    }

    private static String separated(String separator) {
        return String.join(separator, COLUMNS) + "\n"
                + String.join(separator, Collections.nCopies(COLUMNS.size(), "x" + ATTACK)) + "\n";
    }

    @Test
    void thePageIsSmall() throws Exception {
        open(Transport.HTTP);
        long transferred = ((Number) browser.run("""
                return performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
                    .reduce((sum, entry) => sum + entry.transferSize, 0)""")).longValue();

        assertThat(transferred).isBetween(50_000L, 150_000L);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void nothingThatIsTypedReachesALogAMetricOrAnAddress(Transport transport) throws Exception {
        String marker = "zyxwvu";
        Path file = Files.writeString(
                folder.resolve("refs.csv"), "title,abstract\n" + marker + ",the cell " + marker + "\n");
        open(transport);
        browser.type("#panel-try textarea", "the " + marker);
        browser.click("#panel-try .primary");
        browser.click("article button");
        browser.find("article .shaded mark");
        browser.click("#tab-reads");
        browser.type("#panel-reads textarea", "the " + marker);
        browser.click("#panel-reads .primary");
        browser.find(".encoded");
        browser.click("#tab-screen");
        browser.choose("#choose-file", file);
        browser.click("#panel-screen .primary");
        browser.awaitText("#panel-screen [role=status]", "Ranked 1 of 1");
        browser.type("#panel-screen .record textarea", marker);
        browser.press(Keys.TAB);

        if (transport == Transport.HTTP) {
            FunctionClient client = new FunctionClient(function.address(), function.address());
            Reply metrics = client.overHttp(Exchange.of("GET", "/q/metrics"));
            assertThat(metrics.body()).contains("classifier_texts_total").doesNotContain(marker);
        }
        assertThat(transport == Transport.HTTP ? function.output() : onLambda.log()).doesNotContain(marker);
        String origin = (transport == Transport.HTTP ? function.address() : gateway.address()).toString();
        assertThat((String) browser.run("return location.href")).doesNotContain(marker);
        assertThat(List.of(browser.run("return performance.getEntriesByType('resource').map(e => e.name).join(' ')")
                .toString().split(" "))).allMatch(url -> url.startsWith(origin));
    }
}
