package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.scibert.training.rows.RowReader;

class AgreeCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Fifty works of which both include 20, one 5, the other 10, and none 15: the table of which kappa is 0.4. */
    private void fifty() throws IOException {
        StringBuilder ris = new StringBuilder();
        StringBuilder csv = new StringBuilder("doi;title;included\n");
        for (int i = 0; i < 50; i++) {
            boolean first = i < 25;
            boolean second = i < 20 || i >= 40;
            ris.append("TY  - JOUR\nTI  - Work number ").append(i).append("\nDO  - 10.1000/").append(i)
                    .append("\nN1  - ASReview_").append(first ? "relevant" : "irrelevant").append("\nER  - \n");
            csv.append("10.1000/").append(i).append(";;").append(second ? "yes" : "no").append('\n');
        }
        Files.writeString(folder.resolve("a.ris"), ris);
        Files.writeString(folder.resolve("b.csv"), csv);
    }

    @Test
    void kappaConflictsAndMergedLabels() throws IOException {
        fifty();
        assertThat(run("--data", file("a.ris"), "--data", file("b.csv"), "--list", file("conflicts.csv"),
                "--output", file("merged.ris"))).as(err.toString()).isZero();
        assertThat(out.toString()).contains(
                "50 works in both files",
                "a.ris and b.csv: 50 works labelled in both",
                "Cohen's kappa 0.400 (95 % interval 0.151 to 0.649)",
                "observed agreement 70.0 %, kappa adjusted for prevalence and bias (PABAK) 0.400",
                "prevalence of \"1\": 50.0 % in a.ris, 60.0 % in b.csv",
                "rows: a.ris, columns: b.csv\n          1       0\n  1      20       5\n  0      10      15\n",
                "conflict: 15").doesNotContain("Krippendorff");
        List<String> lines = out.toString().lines().toList();
        JsonNode last = Json.MAPPER.readTree(lines.get(lines.size() - 1));
        assertThat(last.at("/pairs/0/kappa").asDouble()).isBetween(0.3999, 0.4001);
        assertThat(last.at("/pairs/0/counts").toString()).isEqualTo("[[20,5],[10,15]]");
        assertThat(last.at("/listed/conflict").asInt()).isEqualTo(15);
        assertThat(last.get("labelled").asInt()).isEqualTo(35);
        assertThat(Files.readAllLines(folder.resolve("conflicts.csv"))).hasSize(16);
        assertThat(RowReader.read(folder.resolve("merged.ris"), 100).rows()).hasSize(35);
    }

    /** By hand: 15 works of 2 against 1 add 2 each; of 80 and 70 labels 2 · 80 · 70 / 149 would be; 1 − 30 / 75.17. */
    @Test
    void threeScreenersHaveKrippendorffsAlphaToo() throws IOException {
        fifty();
        Files.copy(folder.resolve("a.ris"), folder.resolve("c.ris"));
        assertThat(run("--data", file("a.ris"), "--data", file("b.csv"), "--data", file("c.ris"))).isZero();
        assertThat(out.toString()).contains(
                "all 3: Krippendorff's alpha 0.601 (nominal), on 50 works with labels of two or more");
        List<String> lines = out.toString().lines().toList();
        JsonNode last = Json.MAPPER.readTree(lines.get(lines.size() - 1));
        assertThat(last.path("pairs")).hasSize(3);
        assertThat(last.at("/krippendorff/works").asInt()).isEqualTo(50);
        assertThat(last.at("/krippendorff/alpha").asDouble()).isCloseTo(1 - 30 * 149 / 11200., within(1e-12));
    }

    @Test
    void whatCannotBeComparedIsRefused() throws IOException {
        fifty();
        assertThat(run("--data", file("a.ris"))).isEqualTo(2);
        assertThat(err.toString()).contains("give --data once for each screener, at least twice");
        assertThat(run("--data", file("a.ris"), "--data", file("no.csv"))).isEqualTo(2);
        assertThat(err.toString()).contains("no.csv: there is no such file");
        assertThat(run("--data", file("no.csv"), "--data", file("no.csv"), "--output", file("no/merged.ris")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--output").contains("there is no folder");
        Files.writeString(folder.resolve("topics.csv"), "doi,title,label\n10.1000/1,x,mice\n10.1000/2,x,rats\n");
        assertThat(run("--data", file("topics.csv"), "--data", file("topics.csv"), "--conflicts", "include"))
                .isEqualTo(2);
        assertThat(err.toString()).contains(
                "--conflicts include needs labels that say relevant or irrelevant; the files have mice, rats");
        assertThat(run("--data", file("topics.csv"), "--data", file("a.ris"))).isZero();
        assertThat(out.toString()).contains("  mice");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("agree"));
        arguments.addAll(List.of(more));
        return TrainingJob.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
