package org.scibert.infra.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenScriptTest {
    private static final String SCRIPT = "../../infra/scripts/screen.sh";
    private static final String VERSION = "20261122T145400Z-1a2b3c4d";

    @TempDir
    Path folder;

    private Scripts scripts;

    @BeforeEach
    void run() throws IOException {
        scripts = new Scripts(folder).with("DATA_BUCKET", "data").with("STORE_BUCKET", "store")
                .answers("s3.cp", "{\"version\":\"" + VERSION + "\"}")
                .answers("cloudformation.describe-stacks", "arn:machine")
                .answers("stepfunctions.start-execution", "arn:execution");
        Files.writeString(scripts.directory().resolve("rows.jsonl"), "{\"text\":\"a\"}\n".repeat(100));
    }

    @Test
    void theCostIsSaidBeforeTheStart() throws Exception {
        Scripts.Run run = scripts.with("YES", "true").run(SCRIPT, "start", "r1", "rows.jsonl");

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.output()).isEqualTo("100 rows in 4 batches: about 0.01 US dollars, of which the function 0.01 "
                + "at 0.25 s a text\narn:execution\n");
        assertThat(scripts.calls()).anyMatch(c -> c.contains("put-object") && c.contains("--if-none-match *"))
                .last().asString().contains("--state-machine-arn arn:machine", "\"version\":\"" + VERSION + "\"",
                        "\"prefix\":\"screening/r1/");
    }

    @Test
    void aLineThatIsNoObjectIsNamedBeforeTheStart() throws Exception {
        Files.writeString(scripts.directory().resolve("bad.jsonl"), "{\"text\":\"a\"}\n\"only a text\"\n{\n");
        Scripts.Run run = scripts.with("YES", "true").run(SCRIPT, "start", "r1", "bad.jsonl");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.error())
                .isEqualTo("bad.jsonl, line 2 is not a JSON object; write one object with \"text\" a line\n");
        assertThat(scripts.calls()).noneMatch(c -> c.contains("put-object") || c.contains("start-execution"));
    }

    @Test
    void nothingStartsWithoutAYes() throws Exception {
        assertThat(scripts.run(SCRIPT, "start", "r1", "rows.jsonl").exit()).isEqualTo(1);
        assertThat(scripts.calls()).noneMatch(c -> c.contains("put-object") || c.contains("start-execution"));
    }

    @Test
    void aSecondStartKeepsTheFileThatIsThere() throws Exception {
        scripts.answers("s3api.put-object", "fail (PreconditionFailed)").with("YES", "true");
        assertThat(scripts.run(SCRIPT, "start", "r1", "rows.jsonl").exit()).isZero();

        scripts.answers("s3api.put-object", "fail (AccessDenied)");
        assertThat(scripts.run(SCRIPT, "start", "r1", "rows.jsonl").error()).contains("AccessDenied");
    }

    @Test
    void resultsAreOneLineForEachRowInOrder() throws Exception {
        Files.writeString(scripts.directory().resolve("three.jsonl"), "{}\n{}\n{}\n");
        scripts.part("b.json", "{\"rows\":[{\"row\":2,\"label\":\"x\"}],\"failed\":[]}")
                .part("a.json", "{\"rows\":[{\"row\":0,\"label\":\"y\"}],"
                        + "\"failed\":[{\"row\":1,\"error\":{\"code\":\"blank_text\"}}]}")
                .part("again.json", "{\"rows\":[{\"row\":2,\"label\":\"x\"}],\"failed\":[]}");

        Scripts.Run run = scripts.run(SCRIPT, "collect", "r1", "three.jsonl");

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.output().lines()).containsExactly(
                "{\"row\":0,\"label\":\"y\",\"version\":\"" + VERSION + "\"}",
                "{\"row\":1,\"error\":{\"code\":\"blank_text\"},\"version\":\"" + VERSION + "\"}",
                "{\"row\":2,\"label\":\"x\",\"version\":\"" + VERSION + "\"}");
        assertThat(run.error()).isEqualTo("3 of 3 rows, 1 of them refused\n");
    }

    @Test
    void missingRowsAreAFailure() throws Exception {
        scripts.part("a.json", "{\"rows\":[{\"row\":0}],\"failed\":[]}");

        Scripts.Run run = scripts.run(SCRIPT, "collect", "r1", "rows.jsonl");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.error()).isEqualTo("1 of 100 rows, 0 of them refused\n");
    }
}
