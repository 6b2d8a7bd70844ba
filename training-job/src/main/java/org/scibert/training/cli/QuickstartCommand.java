package org.scibert.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.training.rows.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The whole road on one machine. It only starts the programs that a user would start, each as its own process, and
 * asks over HTTP.
 */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Fine-tunes on the bundled sentences of abstracts (background, objective, method, result or"
                + " other), publishes to a folder, starts the function on it and asks it about three sentences.")
final class QuickstartCommand implements Callable<Integer> {
    private static final String NAME = "abstract-sentences";
    private static final int PAGE_PORT = 8080;
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final List<String> SENTENCES = List.of(
            "Graph databases have become popular in recent years.",
            "In this paper, we aim to predict the intent of citations in scientific articles.",
            "The results show that students who played the game scored higher than those who did not.");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--samples",
            defaultValue = "training-job/samples/cs-abstract-sentences",
            paramLabel = "FOLDER",
            description = "With train.jsonl, dev.jsonl and test.jsonl. Default ${DEFAULT-VALUE}.")
    private Path samples;

    @Option(
            names = "--store",
            defaultValue = "file:store",
            paramLabel = "URI",
            description = "Where to publish. Default ${DEFAULT-VALUE}.")
    private String store;

    @Option(
            names = "--function",
            defaultValue = "src/function/target/function-runner.jar",
            paramLabel = "JAR",
            description = "The function to start. Default ${DEFAULT-VALUE}.")
    private Path function;

    @Option(
            names = "--max-rows",
            defaultValue = "" + Integer.MAX_VALUE,
            paramLabel = "N",
            description = "Most rows read of each file: a quick look at the road, with a poor model.")
    private int maxRows;

    @Option(
            names = "--open",
            description = "Leaves the function running, for the page to be opened in a browser; Ctrl-C stops it.")
    private boolean open;

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(function) || !Files.isDirectory(samples)) {
            throw new UsageException(
                    Text.format("%s or %s is not there; run this in the project's folder after mvn package",
                            function, samples));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("1. Fine-tune and publish");
        int trained = start(List.of(), fineTune()).waitFor();
        if (trained != 0) {
            return trained;
        }
        int port = open ? portToOpen() : freePort();
        out.println("\n2. Start the function on the store");
        Process server = start(
                List.of("MODEL_STORE=" + store, "MODEL_NAME=" + NAME, "QUARKUS_HTTP_PORT=" + port),
                List.of("-jar", function.toString()));
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy)); // where this process alone is asked to end
        try {
            URI address = URI.create("http://localhost:" + port);
            awaitReady(server, address);
            out.println("\n3. Ask it");
            ask(address);
            if (open) {
                out.println("\n4. The page is at " + address + "/ until Ctrl-C stops the function");
                out.flush();
                return server.waitFor();
            }
            out.println("\n4. To open its page, run the command of step 2 with QUARKUS_HTTP_PORT=" + PAGE_PORT
                    + " and go to http://localhost:" + PAGE_PORT + "/, or run this again with --open");
        } finally {
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
        }
        return 0;
    }

    /** The port that the pages name; another one where it is taken. */
    private static int portToOpen() throws IOException {
        try (ServerSocket socket = new ServerSocket(PAGE_PORT)) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return freePort();
        }
    }

    private List<String> fineTune() {
        List<String> arguments = new ArrayList<>(List.of("-jar", ownJar(), "fine-tune"));
        for (Split split : List.of(Split.TRAIN, Split.DEV, Split.TEST)) {
            arguments.addAll(List.of("--" + split, samples.resolve(split + ".jsonl").toString()));
        }
        arguments.addAll(List.of(
                "--store", store, "--name", NAME, "--label-column", "klass", "--drop-leaks",
                "--epochs", "1", "--batch-size", "16", "--learning-rate", "1e-4", "--max-tokens", "128",
                "--neighbours", "texts", "--examples", "5"));
        if (maxRows != Integer.MAX_VALUE) {
            arguments.addAll(List.of("--max-rows", Integer.toString(maxRows)));
        }
        return arguments;
    }

    /** Starts a Java process whose output goes where this one's does, and shows how to start it by hand. */
    private Process start(List<String> variables, List<String> arguments) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        String prefix = variables.isEmpty() ? "" : String.join(" ", variables) + " ";
        out.println("   $ " + prefix + "java " + String.join(" ", arguments));
        out.flush();
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = process.environment();
        variables.forEach(v -> environment.put(v.substring(0, v.indexOf('=')), v.substring(v.indexOf('=') + 1)));
        return process.start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String ownJar() {
        return System.getProperty("java.class.path");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(Process server, URI address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/q/health/ready")).build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!server.isAlive()) {
                throw new IOException(
                        "the function ended with status " + server.exitValue() + "; see its message above");
            }
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notListeningYet) {
                // The next look tells.
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        throw new IOException("the function was not ready after " + START_LIMIT.toSeconds() + " s");
    }

    private void ask(URI address) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        for (String sentence : SENTENCES) {
            String body = JsonLine.empty().put("text", sentence).toString();
            out.println("   POST /classify " + body);
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/classify"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(Text.format("the function answered %s: %s", answer.statusCode(), answer.body()));
            }
            out.println("   " + answer.body());
        }
    }
}
