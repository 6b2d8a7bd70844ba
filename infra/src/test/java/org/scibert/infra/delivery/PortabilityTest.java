package org.scibert.infra.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people run on their own machines: macOS has bash 3.2 and BSD's tools, and anybody may have old ones. */
class PortabilityTest {
    /** What bash 3.2 or BSD's tools don't know, by what it is. */
    private static final Map<String, Pattern> UNKNOWN = new LinkedHashMap<>(Map.of(
            "lower or upper case by ${x,,} (bash 4)", Pattern.compile("\\$\\{\\w+(,,?|\\^\\^?)}"),
            "mapfile, readarray, declare -A, coproc (bash 4)",
            Pattern.compile("\\b(mapfile|readarray|coproc)\\b|declare -A|local -n"),
            "&>> and |& (bash 4)", Pattern.compile("&>>|\\|&"),
            "an array that may be empty under set -u (bash 4.4); write ${a[@]+\"${a[@]}\"}",
            Pattern.compile("(?<!\\+)\"\\$\\{\\w+\\[@]}\"(?!})"),
            "GNU's long options", Pattern.compile("\\b(xargs|sed|cut|tail|head|sort|find|wc) .*--[a-z]"),
            "sed -i without a suffix", Pattern.compile("sed -i "),
            "sha256sum without shasum beside it", Pattern.compile("^(?!.*shasum).*sha256sum .*$", Pattern.MULTILINE)));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {".github/scripts/deploy.sh", ".github/scripts/require-aws.sh", ".github/scripts/stack-output.sh",
            ".github/scripts/point.sh", ".github/scripts/smoke-test.sh", "infra/scripts/screen.sh",
            "infra/scripts/teardown.sh", "infra/scripts/pin-bases.sh"})
    void scriptsForPeopleRunWithBash32(String script) throws IOException {
        String text = Files.readString(Scripts.REPOSITORY.resolve(script));
        String code = text.replaceAll("(?m)^\\s*#.*$", "");

        UNKNOWN.forEach((what, pattern) -> assertThat(pattern.matcher(code).results().map(m -> m.group()).toList())
                .as("%s: %s", script, what).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"aws-cli/2.23.0 Python/3.12 | 0", "aws-cli/3.0.1 Python/3.14 | 0",
            "aws-cli/1.46.3 Python/3.11 | 0", "aws-cli/2.15.30 Python/3.11 | 2", "aws-cli/1.36.9 Python/3.11 | 2",
            "something else | 2"})
    void anOldCommandLineIsRefusedByItsVersion(String version, int exit) throws Exception {
        Scripts scripts = new Scripts(folder).answers("version", version);
        Scripts.Run run = scripts.run("require-aws.sh");

        assertThat(run.exit()).as(run.error()).isEqualTo(exit);
        if (exit != 0) {
            assertThat(run.error()).contains("2.23 or newer is needed");
        }
    }

    @Test
    void anSbomKeepsItsPackagesAndLosesItsFiles() throws Exception {
        Scripts scripts = new Scripts(folder);
        Path sbom = scripts.directory().resolve("sbom.json");
        Files.writeString(sbom, """
                {"packages":[{"SPDXID":"p1","name":"torch","hasFiles":["f1"]},{"SPDXID":"p2","name":"cuda"}],
                 "files":[{"SPDXID":"f1"}],
                 "relationships":[{"spdxElementId":"p1","relatedSpdxElement":"f1"},
                  {"spdxElementId":"p1","relatedSpdxElement":"p2"}]}""");

        assertThat(scripts.run("package-sbom.sh", "sbom.json").output()).startsWith("2 packages, ");
        assertThat(Files.readString(sbom)).isEqualTo("{\"packages\":[{\"SPDXID\":\"p1\",\"name\":\"torch\"},"
                + "{\"SPDXID\":\"p2\",\"name\":\"cuda\"}],"
                + "\"relationships\":[{\"spdxElementId\":\"p1\",\"relatedSpdxElement\":\"p2\"}]}\n");
    }

    @Test
    void anSbomBeyondWhatCanBeAttestedIsAFailure() throws Exception {
        Scripts scripts = new Scripts(folder);
        Files.writeString(scripts.directory().resolve("sbom.json"),
                "{\"packages\":[{\"name\":\"" + "x".repeat(17 << 20) + "\"}],\"relationships\":[]}");

        assertThat(scripts.run("package-sbom.sh", "sbom.json").error()).contains("more than the 16777216");
    }

    @Test
    void baseImagesArePinnedAndPinnedAgain() throws Exception {
        Path docker = Files.createDirectories(folder.resolve("commands")).resolve("docker");
        Scripts scripts = new Scripts(folder);
        Path file = scripts.directory().resolve("Dockerfile");
        Files.writeString(
                file, "ARG BASE_IMAGE=registry/base:1-jre\nARG JAVA_IMAGE=java:17\nARG OTHER=x\nFROM ${BASE_IMAGE}\n");
        for (String letter : new String[] {"a", "b"}) {
            Files.writeString(docker, "#!/bin/sh\necho sha256:" + letter.repeat(64) + "\n");
            Scripts.Run run = scripts.run("../../infra/scripts/pin-bases.sh", "Dockerfile");

            assertThat(run.exit()).as(run.error()).isZero();
            assertThat(Files.readString(file))
                    .isEqualTo("ARG BASE_IMAGE=registry/base:1-jre@sha256:" + letter.repeat(64)
                    + "\nARG JAVA_IMAGE=java:17@sha256:" + letter.repeat(64) + "\nARG OTHER=x\nFROM ${BASE_IMAGE}\n");
        }
        Files.writeString(docker, "#!/bin/sh\necho none\n");
        assertThat(scripts.run("../../infra/scripts/pin-bases.sh", "Dockerfile").error())
                .contains("which is no digest");
    }

    @Test
    void aVersionThatIsNoneIsNotPinned() throws Exception {
        Scripts.Run run = new Scripts(folder).run("model-pin.sh", "latest");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.error()).contains("\"latest\" is not a version");
    }
}
