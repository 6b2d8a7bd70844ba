package org.scibert.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** What is said of a server's refusals, each answered by a server that knows no other answer. */
class S3ErrorsTest {
    private static final ObjectKey KEY = new ObjectKey("animals/current.json");

    private ServerSocket server;
    private volatile int status;
    private volatile String code;
    private volatile Duration serverClock = Duration.ZERO;

    /** A bare socket: the JDK's server sets the Date header itself. */
    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "canned-s3");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket caller = server.accept()) {
                    answer(caller);
                }
            }
        } catch (IOException e) {
            // The test has closed the server.
        }
    }

    private void answer(Socket caller) throws IOException {
        BufferedReader request = new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII));
        while (!request.readLine().isEmpty()) {
            // The headers; no request of these tests has a body that is waited for.
        }
        String body = "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(serverClock).atOffset(ZoneOffset.UTC));
        String answer = String.join("\r\n",
                "HTTP/1.1 " + status + " No",
                "Date: " + date,
                "Content-Type: application/xml",
                "Content-Length: " + body.length(),
                "Connection: close",
                "",
                body);
        caller.getOutputStream().write(answer.getBytes(US_ASCII));
    }

    private ObjectStore store(AwsCredentialsProvider credentials) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getLocalPort());
        S3Options options = new S3Options(Optional.of(endpoint), true, 5 << 20, 4);
        return S3Store.open("models", "", options, credentials, UrlConnectionHttpClient.builder());
    }

    private StoreException failure(int status, String code) {
        this.status = status;
        this.code = code;
        try (ObjectStore store = store(S3Server.credentials("secret"))) {
            return catchThrowableOfType(StoreException.class, () -> store.read(KEY));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "403 | AccessDenied          | access is denied (403 AccessDenied); allow these credentials s3:GetObject here",
        "403 | InvalidAccessKeyId    | the credentials are wrong (403 InvalidAccessKeyId)",
        "403 | SignatureDoesNotMatch | the credentials are wrong (403 SignatureDoesNotMatch)",
        "400 | ExpiredToken          | the credentials have expired (400 ExpiredToken); sign in again",
        "404 | NoSuchBucket          | there is no such bucket; create it or correct the address",
        "400 | AuthorizationHeaderMalformed | the bucket is in another region",
        "400 | InvalidRequest        | the server answers 400 InvalidRequest to s3:GetObject",
    })
    void aRefusalSaysWhatHasToBeChanged(int status, String code, String message) {
        assertThat(failure(status, code))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageStartingWith("s3://models: animals/current.json: " + message);
    }

    @Test
    void aProbeOfAStoreThatMayNotBeWrittenSaysWhatIsMissing() {
        status = 403;
        code = "AccessDenied";
        try (ObjectStore store = store(S3Server.credentials("secret"))) {
            assertThatThrownBy(() -> store.probe(new ObjectKey("animals"), 1))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("access is denied (403 AccessDenied); allow these credentials s3:PutObject");
        }
    }

    @ParameterizedTest
    @CsvSource({"503, SlowDown", "500, InternalError", "429, TooManyRequests", "400, RequestTimeout"})
    void aFailureOfTheMomentIsAnOutage(int status, String code) {
        assertThat(failure(status, code))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the server answers %s %s; try again later", status, code);
    }

    @ParameterizedTest
    @CsvSource({"RequestTimeTooSkewed, 7200", "RequestTimeTooSkewed, 0", "AccessDenied, -7200", "AccessDenied, 7200"})
    void aWrongClockIsSaidAsThat(String code, int secondsAhead) {
        serverClock = Duration.ofSeconds(secondsAhead);

        assertThat(failure(403, code))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContainingAll("this machine's clock is wrong", "set the clock")
                .hasMessageNotContaining("credentials");
    }

    @Test
    void aMissingObjectIsNotFound() {
        assertThat(failure(404, "NoSuchKey")).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void missingCredentialsAreSaidAsThat() {
        AwsCredentialsProvider none = () -> {
            throw new S3Credentials.Missing(SdkClientException.create("none"));
        };
        try (ObjectStore store = store(none)) {
            assertThatThrownBy(() -> store.read(KEY))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("there are no credentials; set AWS_ACCESS_KEY_ID");
            assertThatThrownBy(() -> store.create(KEY, new byte[0])).isInstanceOf(StoreRefusedException.class);
        }
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        S3Options options = new S3Options(Optional.of(URI.create("http://store.invalid")), true, 5 << 20, 4);
        try (ObjectStore store = S3Store.open(
                "models", "", options, S3Server.credentials("secret"), UrlConnectionHttpClient.builder())) {
            assertThatThrownBy(() -> store.read(KEY))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("no address is known of the host store.invalid");
        }
    }
}
