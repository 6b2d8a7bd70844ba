package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A file of records screened on the page. */
class ScreeningInBrowserIT extends OpenedPage {
    private static final int MANY = 5000;

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aFileIsScreenedAndNoDecisionIsLost(Transport transport) throws Exception {
        Path file = Files.writeString(folder.resolve("refs.ris"), ScreenedFiles.ris(40));
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
        assertThat(exported.replaceAll("N1 {2}- SciBERT_.*\n", "")).isEqualTo(ScreenedFiles.ris(40));
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
        Path file = Files.writeString(folder.resolve("refs.ris"), ScreenedFiles.ris(12));
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
        Path file = Files.writeString(folder.resolve("many.ris"), ScreenedFiles.ris(MANY));
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
        Path file = Files.writeString(folder.resolve("attack." + format), ScreenedFiles.hostile(format));
        open(Transport.HTTP);
        browser.click("#tab-screen");
        browser.choose("#choose-file", file);

        browser.awaitText(".row", "<script>");
        browser.awaitText(".record h2", "<script>");
        browser.type("#panel-screen .record textarea", ScreenedFiles.ATTACK);
        browser.click("summary");
        browser.type(".settings textarea", "x" + ScreenedFiles.ATTACK);
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
}
