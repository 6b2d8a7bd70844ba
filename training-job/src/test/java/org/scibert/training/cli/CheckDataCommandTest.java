package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.network.TinyEncoder;

class CheckDataCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void files() throws IOException {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        List<String> train = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            train.add("{\"id\":\"row-%s\",\"text\":\"cell %s\",\"label\":%s}".formatted(i, i, i % 2));
        }
        Files.write(folder.resolve("train.jsonl"), train);
        Files.writeString(folder.resolve("dev.jsonl"), """
                {"text":"the method","label":1}
                {"text":"we study","label":0}
                """);
        Files.writeString(folder.resolve("test.jsonl"), """
                {"text":"results","label":1}
                {"text":"CELL 3","label":1}
                """);
    }

    @Test
    void leaksAreShownByLineAndIdAndEndNothing() throws IOException {
        assertThat(run()).as(err.toString()).isZero();
        assertThat(out.toString()).contains("error    leak", "· test line 2 [1] = train line 4 row-3 [1]");
        assertThat(out.toString()).doesNotContainIgnoringCase("cell 3").contains("pos_weight", "1.00");
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(lines.size() - 1)).isEqualTo(
                "{\"errors\":1,\"warnings\":2,\"notes\":0,\"droppedRows\":0,"
                        + "\"rows\":{\"train\":20,\"dev\":2,\"test\":2}}");
    }

    /** What a researcher wants to know of a file before anything is learned from it. */
    @Test
    void oneFileIsShownAsItWasRead() throws IOException {
        StringBuilder csv = new StringBuilder("Title;Abstract;DOI;included\n");
        for (int i = 0; i < 60; i++) {
            csv.append(Integer.toString(i * i * 7919, 36)).append(" mice ").append(i * 31).append(" caf\u00e9;")
                    .append(i == 5 ? "" : Long.toString(i * 104_729L * 15_485_863L, 36)).append(";10.1000/")
                    .append(i % 58)
                    .append(';').append(i < 4 ? "NA" : i % 3 == 0 ? "yes" : "no").append('\n');
        }
        csv.append(";;;no\n");
        Path file = Files.write(folder.resolve("rows.csv"), csv.toString().getBytes("windows-1252"));
        int status =
                TrainingJob.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(
                "check-data", "--data", file.toString(), "--encoder", folder.resolve("encoder").toString(),
                "--max-tokens", "24");
        assertThat(status).as(err.toString()).isZero();
        assertThat(out.toString()).contains(
                file + ": a table delimited by semicolons, windows-1252, text from Title and Abstract, label from"
                        + " included; 61 records",
                file + ": 4 records without a label left out, the first in line 2: \"NA\" (4)",
                file + ": 1 record without a text left out, the first in line 62",
                file + ": 1 record with a title and no abstract",
                " with the label \"yes\": ",
                "4 of 61 records have no label");
        assertThat(out.toString())
                .containsPattern("split by a hash of each record.*: \\d+ rows to train, \\d+ dev, \\d+ test");
    }

    @Test
    void strictEndsWithStatusTwoAfterTheFindingsAreShownAndWritten() throws IOException {
        Path report = folder.resolve("report.json");
        assertThat(run("--strict", "--report", report.toString())).isEqualTo(2);
        assertThat(out.toString()).contains("error    leak");
        assertThat(err.toString())
                .contains("train.jsonl: the strict data check found: 1 of 2 test rows stand in train too")
                .doesNotContain("\tat ");
        assertThat(new ObjectMapper().readTree(report.toFile()).path("findings").get(0).path("kind").asText())
                .isEqualTo("leak");
    }

    @Test
    void strictAgreesWithDroppedLeaks() {
        assertThat(run("--strict", "--drop-leaks")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("note     dropped leak", "1 of 20 train rows", "\"droppedRows\":1,\"rows\":{\"train\":19");
    }

    @Test
    void textsAreShownWhenAskedFor() {
        assertThat(run("--show-texts")).isZero();
        assertThat(out.toString()).contains("\"CELL 3\"", "\"cell 3\"");
    }

    @Test
    void theReportIsTheSameBytesTwice() throws IOException {
        run("--report", folder.resolve("a.json").toString());
        run("--report", folder.resolve("b.json").toString());
        assertThat(folder.resolve("b.json")).hasSameBinaryContentAs(folder.resolve("a.json"));
    }

    @Test
    void theTokenLimitIsHeldAgainstTheTexts() {
        assertThat(run("--max-tokens", "3")).isZero();
        assertThat(out.toString()).contains("overlong text").contains("exceed 3 tokens");
        assertThat(run("--max-tokens", "2")).isEqualTo(2);
        assertThat(err.toString()).contains("maxTokens must be at least 3, is 2");
    }

    /** The function's tests make sure that its page writes these files. */
    @Test
    void whatThePageExportsIsAccepted() {
        String records = "src/test/resources/records/page-screened.";
        assertThat(execute(
                "check-data", "--train", records + "ris", "--dev", records + "csv", "--test", records + "jsonl",
                "--encoder", file("encoder"))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"rows\":{\"train\":2,\"dev\":2,\"test\":2}");
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "check-data", "--train", file("train.jsonl"), "--dev", file("dev.jsonl"), "--test", file("test.jsonl"),
                "--encoder", file("encoder")));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return TrainingJob.commandLine()
                .setOut(new PrintWriter(new BufferedWriter(out), true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
