package org.scibert.function.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class SecretsManagerTest {
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", http -> {
            try (http) {
                for (String header : List.of("X-Amz-Target", "Content-Type", "Authorization")) {
                    asked.add(http.getRequestHeaders().getFirst(header));
                }
                asked.add(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                http.sendResponseHeaders(status, body.length);
                http.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aSecretIsAskedForWithASignedRequest() throws Exception {
        answer = "{\"ARN\": \"arn:…\", \"Name\": \"scibert/api-keys\", \"SecretString\": \"alice:00\\nbob:11\"}";

        assertThat(secrets().read("scibert/api-keys")).isEqualTo("alice:00\nbob:11");

        assertThat(asked.get(0)).isEqualTo("secretsmanager.GetSecretValue");
        assertThat(asked.get(1)).isEqualTo("application/x-amz-json-1.1");
        assertThat(asked.get(2)).matches("AWS4-HMAC-SHA256 "
                + "Credential=AKID/\\d{8}/eu-west-1/secretsmanager/aws4_request,"
                + " SignedHeaders=\\S*content-type;\\S*x-amz-target, Signature=[0-9a-f]{64}");
        assertThat(asked.get(3)).isEqualTo("{\"SecretId\":\"scibert/api-keys\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400 | {\"__type\": \"AccessDeniedException\", \"Message\": \"…\"} | is not given by Secrets Manager (400"
                + " AccessDeniedException); check its name and region",
        "500 | {} | is not given by Secrets Manager (500 )",
        "200 | {\"SecretBinary\": \"aGVsbG8=\"} | has no text in Secrets Manager; store it as a string",
        "200 | hello{ | can't be read: Secrets Manager's answer is no JSON"})
    void whatIsNotGivenIsSaid(int status, String answer, String message) {
        this.status = status;
        this.answer = answer;

        assertThatThrownBy(() -> secrets().read("name")).isInstanceOf(SecretsManager.Refused.class)
                .hasMessageStartingWith(message).hasMessageNotContaining("hello");
    }

    private SecretsManager secrets() {
        return new SecretsManager(URI.create("http://localhost:" + server.getAddress().getPort() + "/"), "eu-west-1",
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")));
    }
}
