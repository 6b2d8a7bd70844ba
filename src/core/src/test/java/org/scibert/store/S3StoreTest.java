package org.scibert.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real server, signatures checked. */
class S3StoreTest extends ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("animals/model.safetensors");
    private static final Predicate<SdkHttpRequest> PUT = request -> request.method() == SdkHttpMethod.PUT;
    /** For downloads, which have no least part. */
    private static final int SMALL_PART_BYTES = 64 << 10;

    private static S3Server server;
    private static int buckets;

    private final FaultyHttp http = new FaultyHttp();
    private String bucket;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    ObjectStore open() {
        bucket = "models-" + ++buckets;
        server.createBucket(bucket);
        return open(bucket, server.options(PART_BYTES), S3Server.SECRET_KEY);
    }

    private ObjectStore inSmallParts() {
        return open(bucket, server.options(SMALL_PART_BYTES), S3Server.SECRET_KEY);
    }

    private ObjectStore open(String bucket, S3Options options, String secret) {
        return S3Store.open(bucket, "team/x", options, S3Server.credentials(secret), http);
    }

    @Test
    void anUploadIsRepeatedWhereTheServerClosesTheConnection() throws Exception {
        http.closeWhileSendingOnce(request -> request.method() == SdkHttpMethod.PUT);

        try (ObjectStore store = open()) {
            store.create(new ObjectKey("a"), new byte[] {1, 2, 3});

            assertThat(store.read(new ObjectKey("a")).value()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void objectsLieUnderThePrefixAndForeignOnesAreNotShown() throws Exception {
        store.create(KEY, bytes("one"));
        try (S3Client client = server.client()) {
            client.putObject(r -> r.bucket(bucket).key("team/x/animals/my notes.txt"), RequestBody.fromString("…"));
            client.putObject(r -> r.bucket(bucket).key("team/xx/animals/a"), RequestBody.fromString("…"));

            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("team/x/animals/model.safetensors"))
                            .asUtf8String())
                    .isEqualTo("one");
        }
        assertThat(store.list(new ObjectKey("animals"))).containsExactly(KEY);
    }

    @Test
    void aStoreOpenedByItsAddressTakesTheDefaultCredentials() throws Exception {
        store.create(KEY, bytes("one"));
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        try (ObjectStore same = ObjectStores.open("s3://" + bucket + "/team/x", server.environment())) {
            assertThat(same.read(KEY).value()).isEqualTo(bytes("one"));
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        try (ObjectStore stranger = open(bucket, server.options(PART_BYTES), "wrong")) {
            assertThatThrownBy(() -> stranger.create(KEY, bytes("one")))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContainingAll(store.uri(), KEY.path(), "403 SignatureDoesNotMatch", "credentials");
        }
    }

    @Test
    void aMissingBucketIsNamed() {
        try (ObjectStore lost = open("no-such-bucket", server.options(PART_BYTES), S3Server.SECRET_KEY)) {
            assertThatThrownBy(() -> lost.read(KEY))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContainingAll("s3://no-such-bucket/team/x:", "create it");
            assertThatThrownBy(() -> lost.create(KEY, bytes("one"))).isInstanceOf(StoreRefusedException.class);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        S3Options nowhere =
                new S3Options(Optional.of(URI.create("http://127.0.0.1:" + port)), true, PART_BYTES, 4);
        try (ObjectStore lost = open(bucket, nowhere, S3Server.SECRET_KEY)) {
            assertThatThrownBy(() -> lost.read(KEY))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContainingAll("cannot be reached", "check endpoint");
        }
    }

    @Test
    void aPartWhoseStreamBreaksIsResumedWhereItDid() throws Exception {
        Path file = file(3 * SMALL_PART_BYTES);
        store.create(KEY, file);
        http.cutBodyOnce(request -> range(request).equals("bytes=65536-131071"), 1000);

        inSmallParts().download(KEY, folder.resolve("copy"), Long.MAX_VALUE);

        assertThat(folder.resolve("copy")).hasSameBinaryContentAs(file);
        assertThat(http.ranges())
                .containsExactlyInAnyOrder(
                        "bytes=0-65535", "bytes=65536-131071", "bytes=131072-196607", "bytes=66536-131071");
    }

    @Test
    void aPartThatKeepsBreakingFailsTheDownloadAndLeavesNothing() throws Exception {
        store.create(KEY, file(3 * SMALL_PART_BYTES));
        http.cutBodies(request -> range(request).endsWith("-131071"), 10);

        assertThatThrownBy(() -> inSmallParts().download(KEY, folder.resolve("copy"), Long.MAX_VALUE))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContainingAll(KEY.path(), "4 streams broke off, the last at byte 65576");
        assertThat(folder).isDirectoryNotContaining(path -> !path.endsWith("file-196608"));
    }

    @Test
    void anObjectReplacedDuringItsDownloadIsNotMixed() throws Exception {
        store.create(KEY, file(3 * SMALL_PART_BYTES));
        http.cutBodyOnce(
                request -> {
                    if (range(request).endsWith("-131071")) {
                        replace(file(3 * SMALL_PART_BYTES + 1));
                        return true;
                    }
                    return false;
                },
                10);

        assertThatThrownBy(() -> inSmallParts().download(KEY, folder.resolve("copy"), Long.MAX_VALUE))
                .isInstanceOf(ObjectChangedException.class);
        assertThat(folder.resolve("copy")).doesNotExist();
    }

    @Test
    void aWriteWhoseAnswerIsLostIsKnownAsItsOwn() throws Exception {
        http.loseAnswerOnce(PUT);
        store.create(KEY, bytes("one"));

        http.loseAnswerOnce(PUT);
        store.swap(KEY, bytes("two"), Optional.of(store.read(KEY).tag()));

        assertThat(store.read(KEY).value()).isEqualTo(bytes("two"));
    }

    @Test
    void aCompletionWhoseAnswerIsLostIsKnownAsItsOwn() throws Exception {
        Path file = file(PART_BYTES + 1);
        http.loseAnswerOnce(request -> request.method() == SdkHttpMethod.POST
                && request.rawQueryParameters().containsKey("uploadId"));

        store.create(KEY, file);

        store.download(KEY, folder.resolve("copy"), Long.MAX_VALUE);
        assertThat(folder.resolve("copy")).hasSameBinaryContentAs(file);
    }

    @Test
    void aFailedUploadLeavesNoPartsBehind() throws Exception {
        store.create(KEY, bytes("one"));

        assertThatThrownBy(() -> store.create(KEY, file(PART_BYTES + 1))).isInstanceOf(ObjectExistsException.class);

        try (S3Client client = server.client()) {
            assertThat(client.listMultipartUploads(r -> r.bucket(bucket)).uploads()).isEqualTo(List.of());
        }
    }

    @Test
    void aPartWithAChecksumThatItsUploadDoesNotNameIsRefusedHereToo() {
        try (S3Client client = server.client()) {
            String upload = client.createMultipartUpload(r -> r.bucket(bucket).key("x")).uploadId();
            assertThatThrownBy(() -> client.uploadPart(
                            r -> r.bucket(bucket).key("x").uploadId(upload).partNumber(1),
                            RequestBody.fromString("part")))
                    .hasMessageContaining("crc32 was not named");
        }
    }

    private void replace(Path file) {
        try (S3Client client = server.client()) {
            client.putObject(r -> r.bucket(bucket).key("team/x/" + KEY), file);
        }
    }

    @Override
    Path file(int size) {
        try {
            return super.file(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String range(SdkHttpRequest request) {
        return request.firstMatchingHeader("Range").orElse("");
    }
}
