package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The cases of cases.txt whose command is one run of the job and nothing else; {@code .ci/cases} runs all. */
class CasesTest {
    @TempDir
    private Path folder;

    private record Case(String name, int status, List<String> says, List<String> not, String command) {}

    @TestFactory
    Stream<DynamicTest> cases() throws Exception {
        Path resources = resource("/cases/cases.txt").getParent();
        Path compatibility = resource("/org/scibert/training/compatibility/answers.fp32.jsonl").getParent();
        Path store = copy(compatibility.resolve("store"), folder.resolve("store"));
        return read(resources.resolve("cases.txt")).stream()
                .filter(of -> of.command().startsWith("job ") && !of.command().contains(";"))
                .map(of -> DynamicTest.dynamicTest(of.name(), () -> check(of, of.command()
                        .replace("$CASE", resources.resolve(of.name()).toString())
                        .replace("$SHARED", resources.resolve("shared").toString())
                        .replace("$ENCODER", compatibility.resolve("encoder").toString())
                        .replace("$STORE", store.toString())
                        .replace("$OUT", Files.createTempDirectory(folder, "out").toString()))));
    }

    private static void check(Case expected, String command) {
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        String[] arguments = command.substring("job ".length()).split(" ");
        int status = TrainingJob.commandLine().setOut(both).setErr(both).execute(arguments);
        assertThat(status).as(said.toString()).isEqualTo(expected.status());
        expected.says().forEach(pattern -> assertThat(said.toString()).containsPattern(pattern));
        expected.not().forEach(pattern -> assertThat(said.toString()).doesNotContainPattern(pattern));
    }

    private static List<Case> read(Path table) throws IOException {
        List<Case> cases = new ArrayList<>();
        String name = null;
        int status = 0;
        List<String> says = new ArrayList<>();
        List<String> not = new ArrayList<>();
        for (String line : Files.readAllLines(table)) {
            String value = line.substring(line.indexOf(' ') + 1);
            switch (line.split(" ")[0]) {
                case "case" -> {
                    name = value;
                    says.clear();
                    not.clear();
                }
                case "status" -> status = Integer.parseInt(value);
                case "says" -> says.add(value);
                case "not" -> not.add(value);
                case "run" -> cases.add(new Case(name, status, List.copyOf(says), List.copyOf(not), value));
                default -> assertThat(line).matches("|#.*");
            }
        }
        return cases;
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return to;
    }

    private static Path resource(String name) throws URISyntaxException {
        URL found = CasesTest.class.getResource(name);
        return Path.of(found.toURI());
    }
}
