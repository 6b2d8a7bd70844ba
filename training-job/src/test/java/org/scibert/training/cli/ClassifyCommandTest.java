package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.Windows;
import org.scibert.decision.Task;
import org.scibert.io.Json;
import org.scibert.text.Encoding;

/** {@code classify} with a small binary release of 24 tokens. */
class ClassifyCommandTest {
    private static final String RIS =
            "TY  - JOUR\nTI  - we study\nAB  - cell\nXX  - =odd\nAU  - Doe, J\nAU  - Roe, K\nER  - \n\n"
            + "TY  - JOUR\nAU  - Doe\nER  - \n\nTY  - JOUR\nTI  - the method\nN1  - ASReview_not_seen\nER  - \n";

    @TempDir
    private static Path folder;

    private static Path release;

    private record Run(int status, JsonNode last, String err, List<String> lines) {}

    @BeforeAll
    static void copyStore() throws IOException, URISyntaxException {
        Path from = Path.of(ClassifyCommandTest.class.getResource(
                "/org/scibert/training/compatibility/answers.fp32.jsonl").toURI()).resolveSibling("store");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve("store").resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                release = target.getParent().getFileName().toString().matches("2.*") ? target.getParent() : release;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "a.csv|text,id\\none,1\\ntwo\\nthree,3,x\\nfour,4\\n|3:it has 1 fields, the header 2;4:it has 3 fields, the"
                + " header 2",
        "b.csv|text,id\\none,1\\n\"two,2\\nthree,3\\n|3:a quote that opens a field in line 3 is never closed",
        "c.csv|text,id\\none,1\\n\"two,2\\nthree,3\\n\"four\",4\\n|3:there is text after the quote that closes a"
                + " field in line 5",
        "d.jsonl|{\"text\":\"one\"}\\n{\"text\":{\"a\":1}}\\n{\"text\":[\"b\"]}\\n{\"text\":5}\\n{\"text\":null}\\n"
            + "{\"text\":\" \"}\\n{\"text\":true}|2:\"text\" must be a text, is {\"a\":1};3:\"text\" must be a text,"
            + " is b;4:\"text\" must be a text, is 5;5:no text;6:no text;7:\"text\" must be a text, is 1",
        "e.jsonl|[1]\\n{\"text\":\"one\"}\\n{\"text\":\"two\\n\\nnull\\n{\"text\":\"x\"}"
            + " y\\n{\"text\":\"three\",\"id\":[1,2]}\\n{\"text\":\"one\"}\\n{\"text\":\"one\"}\\n{\"text\":\"one\"}"
            + "|1:it is not a JSON object;3:it is not JSON (Unexpected end-of-input;5:it is not a JSON object;6:it is"
            + " not JSON (Unrecognized token 'y';7:an id must be a text or a number, is ",
        "f.json|[{\"text\":\"one\"},7,{\"text\":\"a\",\"text\":\"b\"},\\n[],{\"text\":}, {\"text\":\"two\"}]|1:it is"
            + " not a JSON object;1:it is not JSON (Duplicate field 'text');2:it is not a JSON object;2:it is not"
            + " JSON (Unexpected character",
        "g.xml|<xml><records><record><title>one</title></record>\\n<record><title>b</titel></record>\\n</record>"
            + "<record><title>&x;</title></record><record><title>c</title>|2:this record is not well-formed XML (line"
            + " 2);3:a record ends here that does not begin;3:this record is not well-formed XML;3:this record has no"
            + " end",
        "h.ris|TY  - JOUR\\nTI  - one\\nER  - \\nTY  - JOUR\\nTI  -  \\nER  - \\n|4:no text",
    })
    void aBadRecordCostsTheOthersNothing(String name, String content, String expected) throws IOException {
        Path file = write(name, content.replace("\\n", "\n"));
        Run run = classify(file, "answers.jsonl");
        assertThat(run.status()).as(run.err()).isZero();
        List<JsonNode> answers = json(run.lines());
        List<JsonNode> errors = answers.stream().filter(line -> line.has("error")).toList();
        String[] each = expected.split(";(?=\\d)");
        assertThat(errors).hasSameSizeAs(each);
        for (int i = 0; i < each.length; i++) {
            assertThat(errors.get(i).path("line") + ":" + errors.get(i).path("error").asText()).startsWith(each[i]);
        }
        assertThat(answers).filteredOn(line -> line.has("label")).isNotEmpty().hasSize(answers.size() - errors.size());
        assertThat(run.last().path("rows").asInt()).isEqualTo(answers.size());
        assertThat(run.last().path("withoutText").asInt() + run.last().path("unreadable").asInt())
                .isEqualTo(errors.size());
        assertThat(run.err()).contains("without an answer, the first in line " + each[0].replaceFirst(":", ": "));

        Run strict = classify(file, "strict.jsonl", "--strict");
        assertThat(strict.status()).isEqualTo(2);
        assertThat(strict.err()).contains(file + " line " + each[0].split(":")[0] + ": ").doesNotContain("\tat ");
        assertThat(folder.resolve("strict.jsonl")).doesNotExist();

        Run lossless = classify(file, "lossless" + name, "--format", "input");
        assertThat(lossless.status()).as(lossless.err()).isZero();
        assertThat(lossless.last().path("unreadable")).isEqualTo(run.last().path("unreadable"));
    }

    @Test
    void aRecordOfTwentyMegabytesIsOneError() throws IOException {
        Path file = folder.resolve("long.jsonl");
        Files.write(file, List.of(
                "{\"text\":\"we study\"}", "{\"text\":\"" + "cell ".repeat(4_200_000) + "\"}", "{\"text\":\"a\"}"));
        Run run = classify(file, "long-answers.jsonl");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(json(run.lines())).extracting(line -> line.path("error").asText()).containsExactly(
                "", "its text has 21000000 characters, more than 1000000; shorten it", "");
    }

    @Test
    void aLongTextIsReadInTheFunctionsWindows() throws IOException {
        List<String> texts =
                List.of("cell ".repeat(30) + "method ".repeat(30), "method ".repeat(30) + "cell ".repeat(30));
        Path file = write("windows.csv", "text\nwe study\n" + String.join("\n", texts) + "\n");
        Run run = classify(file, "windows.jsonl", "--on-too-long", "window", "--precision", "fp32");
        assertThat(run.status()).as(run.err()).isZero();
        List<JsonNode> answers = json(run.lines());
        assertThat(answers).extracting(line -> line.path("windows").asInt()).containsExactly(1, 4, 4);
        assertThat(answers).extracting(line -> line.path("truncated").asBoolean()).containsOnly(false);
        try (Classifier classifier = Classifier.open(release)) {
            List<Encoding> whole = classifier.tokenizer().encode(texts, Integer.MAX_VALUE);
            Windows windows = Windows.of(whole, classifier.config().maxTokens());
            List<float[]> logits = windows.join(classifier.logits(windows.all(), () -> { }), Task.BINARY);
            List<Classification> cut = classifier.classify(texts);
            assertThat(answers.subList(1, 3)).extracting(line -> line.path("logits").get(0).floatValue())
                    .containsExactly(logits.get(0)[0], logits.get(1)[0])
                    .isNotEqualTo(List.of(cut.get(0).logits()[0], cut.get(1).logits()[0]));
        }
        assertThat(json(classify(file, "cut.jsonl").lines()).get(1).path("truncated").asBoolean()).isTrue();
    }

    @Test
    void referencesGetTheNotesOfAsreview() throws IOException {
        Run run = classify(write("notes.ris", RIS), "asreview.ris", "--notes", "asreview");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.lines()).filteredOn(line -> line.contains("ASReview_")).hasSize(3);
        assertThat(run.lines()).containsAnyOf("N1  - ASReview_relevant", "N1  - ASReview_irrelevant");
        assertThat(run.lines()).filteredOn(line -> line.equals("N1  - ASReview_not_seen")).hasSize(2);
        assertThat(run.err()).contains("1 record with a note of ASReview keeps it");

        Run csv = classify(write("notes.csv", "text\na\n"), "asreview.csv", "--notes", "asreview");
        assertThat(csv.status()).isEqualTo(2);
        assertThat(csv.err()).contains("--notes asreview is for RIS");
    }

    @ParameterizedTest
    @CsvSource({"csv", "tsv", "jsonl", "xlsx"})
    void whatIsConvertedIsReadAsTheSameTexts(String form) throws Exception {
        Run run = classify(write("from.ris", RIS), "to." + form, "--format", form, "--order", "rank");
        assertThat(run.status()).as(run.err()).isZero();
        Run back = classify(folder.resolve("to." + form), "back.ris");
        assertThat(back.status()).as(back.err()).isZero();
        assertThat(back.last().path("withoutText").asInt()).isEqualTo(1);
        assertThat(back.lines()).filteredOn(line -> !line.contains("SciBERT")).contains(
                "TY  - JOUR", "TI  - we study", "AB  - cell", "XX  - =odd", "ER  - ");
        assertThat(back.lines()).filteredOn(line -> line.startsWith("N1  - SciBERT_rank")).containsExactlyInAnyOrder(
                "N1  - SciBERT_rank: 1", "N1  - SciBERT_rank: 2");
    }

    @Test
    void referencesOfATableKeepWhatRisHasNoTagFor() throws IOException {
        Run run = classify(write("a.csv", "id,title,my column\n7,we study,kept\n"), "a.ris");
        assertThat(run.err()).contains("RIS has no tag for my column: they stand in notes (N1)");
        assertThat(run.lines()).startsWith("TY  - GEN", "ID  - 7", "TI  - we study", "N1  - my column: kept");
    }

    /** Twice: what the first run wrote is replaced by the second. */
    @ParameterizedTest
    @CsvSource({"file", "rank"})
    void aWorkbookStaysOne(String order) throws IOException {
        Path file = Path.of("src/test/resources/records/workbook.xlsx");
        Run first = classify(file, "once.xlsx", "--order", order);
        assertThat(first.status()).as(first.err()).isZero();
        Run run = classify(folder.resolve("once.xlsx"), "ranked.xlsx", "--order", order);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err().contains("it is a new workbook of values")).isEqualTo(order.equals("rank"));
        try (ZipFile in = new ZipFile(file.toFile()); ZipFile out = new ZipFile(
                folder.resolve("ranked.xlsx").toFile())) {
            for (ZipEntry part : (Iterable<ZipEntry>) in.stream().map(ZipEntry.class::cast)::iterator) {
                if (order.equals("file") && !part.getName().contains("sheet1.xml")) {
                    assertThat(out.getInputStream(out.getEntry(part.getName())).readAllBytes())
                            .isEqualTo(in.getInputStream(part).readAllBytes());
                }
            }
        }
        try (ReadableWorkbook workbook = new ReadableWorkbook(folder.resolve("ranked.xlsx").toFile())) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows.get(0).stream().map(cell -> cell.getText()).toList())
                    .containsExactly("id", "Title", "Abstract",
                    "Included", "SciBERT_label", "SciBERT_probability", "SciBERT_rank", "SciBERT_version",
                    "SciBERT_error");
            assertThat(rows.subList(1, 3)).extracting(row -> row.getCellText(1))
                    .containsExactlyInAnyOrder("Mice sleep", "Rats run");
            assertThat(rows.get(1).getCellText(4)).isIn("include", "exclude");
            assertThat(rows.get(1).getCell(5).asNumber().doubleValue()).isBetween(0., 1.);
        }
    }

    @Test
    void formsThatCannotBeAreRefusedBeforeTheReleaseIsOpened() throws IOException {
        Path file = write("order.csv", "text\na\n");
        Run run = classify(file, "order.jsonl", "--order", "rank", "--store", "file:" + folder.resolve("nowhere"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--order rank writes the records again: give --format input, or another form");
    }

    private static Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<JsonNode> json(List<String> lines) throws IOException {
        List<JsonNode> json = new ArrayList<>();
        for (String line : lines) {
            json.add(Json.MAPPER.readTree(line));
        }
        return json;
    }

    private static Run classify(Path data, String output, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "classify", "--name", "tiny", "--data", data.toString(), "--output",
                folder.resolve(output).toString()));
        if (!List.of(more).contains("--store")) {
            arguments.addAll(List.of("--store", "file:" + folder.resolve("store")));
        }
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = TrainingJob.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        JsonNode last = status == 0
                ? Json.MAPPER.readTree(out.toString().lines().reduce((a, b) -> b).orElseThrow())
                : null;
        List<String> lines = status == 0 && !output.endsWith("xlsx")
                ? Files.readAllLines(folder.resolve(output), StandardCharsets.UTF_8)
                : List.of();
        return new Run(status, last, err.toString(), lines);
    }
}
