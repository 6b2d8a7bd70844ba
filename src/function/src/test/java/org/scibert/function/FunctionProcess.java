package org.scibert.function;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged function, started as a user would start it, on a port that is free. */
final class FunctionProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^\\s\"]+)");
    private static final int LIMIT_SECONDS = 120;

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final Thread reader = new Thread(this::read, "function-output");

    private FunctionProcess(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it; environment variables of this process that name a model are not handed down.
     *
     * @param options the JVM's
     */
    static FunctionProcess start(Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", "target/function-runner.jar"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MODEL_"));
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().putAll(environment);
        return new FunctionProcess(builder.start());
    }

    /** Where it listens, once it does. */
    URI address() throws Exception {
        return address.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Asks it to end, as an orchestrator does; returns its exit code. */
    int terminate() throws Exception {
        process.destroy();
        return exitCode();
    }

    /** Waits for its end. */
    int exitCode() throws Exception {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the function still runs:\n" + output);
        }
        reader.join();
        return process.exitValue();
    }

    /** Memory that it holds, kB. */
    long residentKilobytes() throws IOException {
        return ProcessStatus.kilobytes(process, "VmRSS");
    }

    /** All it has written so far, both streams together. */
    String output() {
        return output.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line; (line = lines.readLine()) != null; ) {
                output.append(line).append('\n');
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    address.complete(URI.create(matcher.group(1).replace("0.0.0.0", "localhost")));
                }
            }
        } catch (IOException e) {
            output.append("(its output ends here: ").append(e.getMessage()).append(")\n");
        } finally {
            address.completeExceptionally(new IllegalStateException("the function does not listen:\n" + output));
        }
    }
}
