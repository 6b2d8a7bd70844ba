package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.scibert.io.AtomicFiles;
import org.scibert.signing.ApiKey;

/**
 * The page, clicked and typed on in headless Chromium: over HTTP, where anybody may ask, and behind a stand-in for a
 * Lambda Function URL, where a key is wanted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageInBrowserIT {
    private static final String ATTACK = "<script>window.attacked=1</script><img src=x onerror=window.attacked=1>";
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
        assertThat(browser.text("#panel-model pre")).startsWith("curl -s http").contains("/classify", "We study the cell.");
        assertThat(browser.text("#panel-model dl")).contains("tiny", "binary", "other, objective");
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
    @CsvSource({"ris", "nbib", "csv", "tsv", "jsonl"})
    void whatAFileSaysIsShownAndNeverRun(String format) throws Exception {
        Path file = Files.writeString(folder.resolve("attack." + format), attack(format));
        open(Transport.HTTP);
        browser.click("#tab-screen");
        browser.choose("#choose-file", file);

        browser.awaitText(".row", "<script>");
        browser.awaitText(".record h2", "<script>");
        browser.click("#panel-screen .primary");
        browser.awaitText("#panel-screen [role=status]", "Ranked 1 of 1");
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

    private static Reply ask(FunctionClient client, String method, String path, String key, String body) throws Exception {
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

    private static String ris(int records) {
        StringBuilder ris = new StringBuilder();
        for (int i = 0; i < records; i++) {
            ris.append("TY  - JOUR\nAU  - Doe, Jane\nPY  - %d\nTI  - A study of the cell, method number %d\n"
                    .formatted(1990 + i % 30, i));
            if (i % 7 != 0) {
                ris.append("AB  - We study the cell %s. The results of method %d.\n".formatted("x".repeat(i % 9 + 1), i));
            }
            ris.append("DO  - 10.1000/abc.%d\nER  - \n\n".formatted(i));
        }
        return ris.toString();
    }

    private static String attack(String format) {
        String quoted = ATTACK.replace("\"", "\\\"");
        return switch (format) {
            case "ris" -> ("TY  - JOUR\nTI  - x%1$s\nAB  - x%1$s\nAU  - x%1$s\nKW  - x%1$s\nPY  - x%1$s\nDO  - 10.1000/%1$s\n"
                    + "ER  - \n").formatted(ATTACK);
            case "nbib" -> "PMID- 1\nTI  - x%1$s\nAB  - x%1$s\nFAU - x%1$s\nMH  - x%1$s\nDP  - x%1$s\n".formatted(ATTACK);
            case "csv" -> "title,abstract,authors,keywords,year\n" + ("x" + ATTACK + ",").repeat(4) + "x\n";
            case "tsv" -> "title\tabstract\tauthors\tkeywords\tyear\n" + ("x" + ATTACK + "\t").repeat(4) + "x\n";
            default -> "{\"title\":\"x%1$s\",\"abstract\":\"x%1$s\",\"authors\":\"x%1$s\",\"year\":\"%1$s\"}\n".formatted(quoted);
        };
    }

    @Test
    void nothingThatIsTypedReachesTheFunctionsLog() throws Exception {
        String marker = "zyxwvu";
        open(Transport.HTTP);
        browser.type("#panel-try textarea", "the " + marker);
        browser.click("#panel-try .primary");
        browser.find("article");

        assertThat(function.output()).doesNotContain(marker);
        String origin = function.address().toString();
        assertThat((String) browser.run("return location.href")).doesNotContain(marker);
        assertThat(List.of(browser.run("return performance.getEntriesByType('resource').map(e => e.name).join(' ')")
                .toString().split(" "))).allMatch(url -> url.startsWith(origin));
    }
}
