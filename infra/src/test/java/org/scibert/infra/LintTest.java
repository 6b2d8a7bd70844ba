package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** cfn-lint's view of the templates, where it is installed; {@code .github/scripts/install-linters.sh} installs it. */
class LintTest {
    private static final String LINTER = System.getenv().getOrDefault("CFN_LINT", "cfn-lint");

    @ParameterizedTest
    @ValueSource(strings = {"", "FUNCTION_OPEN=true FUNCTION_CONCURRENCY=50 FUNCTION_OPEN_TO_ANYONE=true",
            "FUNCTION_TRACING=true TRAINING_FLOW_LOGS=true TRAINING_ZONES=3 MODEL_VERSION=" + Templates.VERSION,
            "FUNCTION_PROVISIONED=2"})
    void templatesAreWhatCloudFormationTakes(String settings) throws IOException, InterruptedException {
        assumeTrue(installed(), "cfn-lint is not installed");
        List<String> command = new ArrayList<>(List.of(LINTER, "--non-zero-exit-code", "error", "--regions",
                "eu-west-1", "--"));
        Templates.all(settings.isEmpty() ? new String[0] : settings.split(" ")).values().stream()
                .map(Template::file).map(Path::toString).forEach(command::add);

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }

    private static boolean installed() throws InterruptedException {
        try {
            return new ProcessBuilder(LINTER, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
