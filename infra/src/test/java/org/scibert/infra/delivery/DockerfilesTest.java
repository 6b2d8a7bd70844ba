package org.scibert.infra.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hadolint doesn't look at. */
class DockerfilesTest {
    private static final Pattern ARGUMENT = Pattern.compile("ARG (\\w+)=(\\S+)");
    private static final Pattern FROM = Pattern.compile("FROM (\\S+)(?: AS (\\w+))?");

    @ParameterizedTest
    @ValueSource(strings = {"src/function/src/main/docker/Dockerfile.jvm",
            "src/function/src/main/docker/Dockerfile.native", "training-job/Dockerfile"})
    void basesAreOfOneVersionAndNobodyRunsAsRoot(String file) throws IOException {
        List<String> lines = Files.readAllLines(Scripts.REPOSITORY.resolve(file));
        Map<String, String> arguments = new HashMap<>();
        Set<String> stages = new HashSet<>();
        for (String line : lines) {
            Matcher argument = ARGUMENT.matcher(line);
            Matcher from = FROM.matcher(line);
            if (argument.matches()) {
                arguments.put("${" + argument.group(1) + "}", argument.group(2));
            } else if (from.matches()) {
                String image = arguments.getOrDefault(from.group(1), from.group(1));
                assertThat(stages.contains(image) || image.matches("[a-z0-9./-]+:\\d[\\w.-]*(@sha256:[0-9a-f]{64})?"))
                        .as(image).isTrue();
                stages.add(from.group(2));
            }
        }
        assertThat(stages).as("FROM lines of %s", file).isNotEmpty();
        assertThat(lines).filteredOn(line -> line.startsWith("USER ")).singleElement().asString()
                .matches("USER [1-9]\\d*:[1-9]\\d*");
        // Not every builder knows these.
        assertThat(lines).noneMatch(line -> line.contains("<<") || line.contains("--link") || line.contains("--mount"));
    }
}
