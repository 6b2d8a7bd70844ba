package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.network.Task;

/** The jar as a user starts and ends it. */
class JarOverHttpIT {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");
    /** 128 and the number of SIGTERM, as of a process that ends by it. */
    private static final int TERMINATED = 143;

    private static final long SECONDS_TO_END = 20;

    /** Stays: Dockerfile.jvm rehearses with it. */
    private static final Path REHEARSAL = Path.of("target", "rehearsal");

    @TempDir
    Path folder;

    @Test
    void itAnswersAndEndsWhenAsked() throws Exception {
        String store = "file:" + REHEARSAL.toAbsolutePath();
        TinyStore.publish(store, folder.resolve("release"), Task.BINARY, List.of("other", "objective"), 1);
        Map<String, String> environment = Map.of(
                "MODEL_STORE", store,
                "MODEL_NAME", TinyStore.NAME,
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", "0");
        try (FunctionProcess function =
                FunctionProcess.start(FunctionProcess.Program.jar(), environment, folder.resolve("function"))) {
            String address = function.await(LISTENING).group(1);
            HttpResponse<String> response = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create(address + "/classify"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"We study the cell.\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            function.terminate();

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(function.exitCode(SECONDS_TO_END)).isIn(0, TERMINATED);
        }
    }
}
