package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.io.Json;

class ScreenReportCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theNumbersArePrintedAndDrawn() throws IOException {
        Path data = Files.writeString(folder.resolve("ranked.csv"), """
                title;SciBERT_probability;decision
                a;0.9;include
                b;0.8;exclude
                c;0.7;include
                d;0.6;exclude
                e;0.5;
                f;0.25;
                """);
        Path report = folder.resolve("report.html");
        assertThat(run("--data", data.toString(), "--report", report.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains(
                "4 of 6 records screened, the most probable first.", "Relevant found: 2",
                "Relevant expected among the rest: 0.8 ± 0.7", "Recall, if that is so: 72.7 %",
                "p-value of \"recall below 95 %\": 0.667", "no advice to stop");
        JsonNode last = lastLine();
        assertThat(last.get("expectedRemaining").asDouble()).isEqualTo(0.75);
        assertThat(last.get("pValue").asDouble()).isEqualTo(2. / 3); // one of three is missing, one was drawn: not it
        assertThat(last.get("workSaved").asDouble()).isEqualTo(0 - (1 - 0.95));
        assertThat(report).content().contains("<h1>ranked.csv</h1>", "Recall curve", "no advice to stop");
    }

    @Test
    void whatTheFileDoesNotSayIsNull() throws IOException {
        Path data = Files.writeString(folder.resolve("plain.csv"), "title,label\na,1\nb,0\nc,\n");
        assertThat(run("--data", data.toString(), "--recall", "0.8")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("2 of 3 records screened, in the file's order.", "recall below 80 %")
                .doesNotContain("Relevant expected", "Work saved");
        JsonNode last = lastLine();
        assertThat(last.get("expectedRemaining").isNull()).isTrue();
        assertThat(last.get("workSaved").isNull()).isTrue();
        assertThat(last.get("withoutProbability").asInt()).isOne();
        assertThat(last.get("recall").asDouble()).isEqualTo(0.8);
    }

    @Test
    void badOptionsAreRefusedBeforeTheFileIsRead() {
        assertThat(run("--data", "nowhere.ris", "--recall", "95")).isEqualTo(2);
        assertThat(err.toString()).contains("--recall must be above 0 and below 1, is 95.0");
        assertThat(run("--data", "nowhere.ris", "--report", folder.resolve("no/report.html").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--report").contains("there is no folder");
        assertThat(run("--data", "nowhere.ris")).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere.ris: there is no such file");
    }

    private JsonNode lastLine() throws IOException {
        List<String> lines = out.toString().lines().toList();
        return Json.MAPPER.readTree(lines.get(lines.size() - 1));
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("screen-report"));
        arguments.addAll(List.of(more));
        return TrainingJob.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
