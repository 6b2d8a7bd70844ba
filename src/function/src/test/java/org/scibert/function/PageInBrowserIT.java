package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.scibert.io.Json;
import org.scibert.signing.ApiKey;

/** The page's views, its key and its refusals, clicked and typed on. */
class PageInBrowserIT extends OpenedPage {
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
        Path file = Files.writeString(folder.resolve("refs.ris"), ScreenedFiles.ris(30));
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
