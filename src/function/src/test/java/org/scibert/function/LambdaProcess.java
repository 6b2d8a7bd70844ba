package org.scibert.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged function as Lambda starts it, in a process of its own. */
final class LambdaProcess implements AutoCloseable {
    /** Where programs run: an AOT cache takes the jar by the relative path that it was made with. */
    static final Path FOLDER = Path.of("target");
    static final Path JAR = FOLDER.resolve("function-runner.jar");
    static final Path EXECUTABLE = FOLDER.resolve("function-runner");
    private static final Path LIBRARIES = FOLDER.resolve("native-libs");

    private final Process process;
    private final Path log;

    private LambdaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** What a process is made of: a command, and the variables that belong to it. */
    record Program(List<String> command, Map<String, String> environment) {
        /** The jar, started by AWS's runtime client. */
        static Program jar(String... options) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(options));
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", JAR.getFileName().toString(),
                    "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                    "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest"));
            return new Program(command, Map.of());
        }

        /** The native executable, with the libraries beside it. */
        static Program executable() {
            return new Program(List.of(EXECUTABLE.toAbsolutePath().toString()), Map.of(
                    "PYTORCH_LIBRARY_PATH", LIBRARIES.resolve("torch").toAbsolutePath().toString(),
                    "RUST_LIBRARY_PATH", LIBRARIES.resolve("tokenizers/libtokenizers.so").toAbsolutePath().toString()));
        }
    }

    /** @param folder for the process's files; its own */
    static LambdaProcess start(Program program, Map<String, String> environment, Path folder) throws IOException {
        Path log = Files.createDirectories(folder).resolve("log");
        ProcessBuilder builder = new ProcessBuilder(program.command())
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MODEL_CACHE", folder.resolve("cache").toString());
        builder.environment().putAll(program.environment());
        builder.environment().putAll(environment);
        return new LambdaProcess(builder.start(), log);
    }

    /** What Lambda tells a function of itself. */
    static Map<String, String> lambda(RuntimeApi api) {
        return Map.of(
                "AWS_LAMBDA_RUNTIME_API", api.address(),
                "AWS_LAMBDA_FUNCTION_NAME", "classify",
                "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "2048",
                "QUARKUS_HTTP_HOST_ENABLED", "false");
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Processor time of all its threads so far. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** A figure of Linux's /proc/PID/status in kB, such as VmRSS. */
    long status(String name) throws IOException {
        return ProcessStatus.kilobytes(process, name);
    }

    /** Its exit code; it is given so many seconds to end. */
    int exitCode(long seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("the function runs on after %d s; it says:%n%s".formatted(seconds, log()));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
