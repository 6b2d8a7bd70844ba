package org.scibert.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.scibert.io.AtomicFiles;
import org.scibert.io.IoConsumer;
import org.scibert.io.Text;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A store in an S3 bucket, under a prefix. The server must honour If-Match and If-None-Match on writes, as AWS does
 * since 2024.
 */
public final class S3Store implements ObjectStore {
    /**
     * Marks the object that a call wrote. If the answer to a write is lost, the SDK repeats it and is refused by its
     * own first success; the mark tells that from somebody else's.
     */
    private static final String WRITE_ID = "write-id";

    private static final String GET = "s3:GetObject";
    private static final String PUT = "s3:PutObject";
    private static final String DELETE = "s3:DeleteObject";
    private static final String LIST = "s3:ListBucket";

    private final S3Client client;
    private final S3Options options;
    private final String bucket;
    private final String prefix;

    private S3Store(S3Client client, S3Options options, String bucket, String prefix) {
        this.client = client;
        this.options = options;
        this.bucket = bucket;
        this.prefix = prefix.isEmpty() ? prefix : new ObjectKey(prefix).path();
    }

    /**
     * Opens a store with the AWS SDK's default credentials and region, or us-east-1 if there is an endpoint and no
     * region is set.
     *
     * @param prefix an {@link ObjectKey}'s path, or empty
     * @throws IllegalArgumentException if the prefix is neither, or no region can be found
     */
    public static S3Store open(String bucket, String prefix, S3Options options) {
        return open(
                bucket,
                prefix,
                options,
                new S3Credentials(),
                UrlConnectionHttpClient.builder());
    }

    static S3Store open(
            String bucket,
            String prefix,
            S3Options options,
            AwsCredentialsProvider credentials,
            SdkHttpClient.Builder<?> http) {
        S3ClientBuilder client = S3Client.builder()
                .credentialsProvider(credentials)
                .httpClientBuilder(CheckedHttpClient.builder(http))
                .forcePathStyle(options.pathStyle());
        options.endpoint()
                .ifPresent(endpoint -> client.endpointOverride(endpoint).region(configuredRegion()));
        try {
            return new S3Store(client.build(), options, bucket, prefix);
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(
                    Text.format(
                            "s3://%s cannot be opened: no region is set; set AWS_REGION, as in eu-central-1, or"
                            + " S3_ENDPOINT for a server other than AWS",
                            bucket),
                    e);
        }
    }

    /** Servers other than AWS's own seldom care; the SDK would ask the machine's metadata service and wait. */
    private static Region configuredRegion() {
        return new AwsRegionProviderChain(
                        new SystemSettingsRegionProvider(), new AwsProfileRegionProvider(), () -> Region.US_EAST_1)
                .getRegion();
    }

    @Override
    public String uri() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    @Override
    public Tagged<byte[]> read(ObjectKey key) throws IOException {
        try {
            return get(key, null);
        } catch (SdkException e) {
            throw failure(key, GET, e);
        }
    }

    @Override
    public Optional<Tagged<byte[]>> readIfChanged(ObjectKey key, String tag) throws IOException {
        try {
            return Optional.of(get(key, tag));
        } catch (SdkException e) {
            if (S3Errors.status(e) == S3Errors.NOT_MODIFIED) {
                return Optional.empty();
            }
            throw failure(key, GET, e);
        }
    }

    @Override
    public void download(ObjectKey key, Path target, long limit) throws IOException {
        try {
            HeadObjectResponse head = client.headObject(r -> r.bucket(bucket).key(name(key)));
            long size = head.contentLength();
            if (size > limit) {
                throw new ObjectTooLargeException(uri(), key, size, limit);
            }
            S3Download download = new S3Download(client, options, bucket, name(key), head.eTag());
            AtomicFiles.replace(target, temporary -> download.write(temporary, target, size));
        } catch (SdkException e) {
            throw failure(key, GET, e);
        }
    }

    @Override
    public void create(ObjectKey key, byte[] content) throws IOException {
        create(key, writeId -> put(key, RequestBody.fromBytes(content), Optional.empty(), writeId));
    }

    @Override
    public void create(ObjectKey key, Path file) throws IOException {
        if (Files.size(file) <= options.partBytes()) {
            create(key, writeId -> put(key, RequestBody.fromFile(file), Optional.empty(), writeId));
        } else {
            S3Upload upload = new S3Upload(client, options, bucket, name(key));
            create(key, writeId -> upload.create(file, writeId));
        }
    }

    @Override
    public void swap(ObjectKey key, byte[] content, Optional<String> expected) throws IOException {
        write(key, expected, writeId -> put(key, RequestBody.fromBytes(content), expected, writeId));
    }

    @Override
    public List<ObjectKey> list(ObjectKey folder) throws IOException {
        try {
            return client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(name(folder) + "/")).contents().stream()
                    .map(S3Object::key)
                    .map(name -> prefix.isEmpty() ? name : name.substring(prefix.length() + 1))
                    .filter(ObjectKey::isValid)
                    .map(ObjectKey::new)
                    .sorted()
                    .toList();
        } catch (SdkException e) {
            throw failure(folder, LIST, e);
        }
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        try {
            client.deleteObject(r -> r.bucket(bucket).key(name(key)));
        } catch (SdkException e) {
            throw failure(key, DELETE, e);
        }
    }

    /** The object is uploaded in two parts, so that it takes the way of a release's weights. */
    @Override
    public void probe(ObjectKey folder, long bytes) throws IOException {
        Path file = Files.createTempFile("probe", null);
        try {
            AtomicFiles.write(file, new byte[options.partBytes() + 1]);
            StoreProbe.run(this, folder, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private void create(ObjectKey key, IoConsumer<Map<String, String>> write) throws IOException {
        try {
            write(key, Optional.empty(), write);
        } catch (ObjectChangedException e) {
            throw new ObjectExistsException(uri(), key, e);
        }
    }

    /**
     * @param expected tag of the state that the write is to replace; empty if there is to be none
     * @param write is given the metadata that marks the object as its own
     */
    private void write(ObjectKey key, Optional<String> expected, IoConsumer<Map<String, String>> write)
            throws IOException {
        String id = UUID.randomUUID().toString();
        try {
            write.accept(Map.of(WRITE_ID, id));
        } catch (SdkException e) {
            int status = S3Errors.status(e);
            boolean refused = status == S3Errors.PRECONDITION_FAILED || status == S3Errors.CONFLICT;
            boolean answerLost = e instanceof SdkClientException;
            Optional<HeadObjectResponse> found =
                    refused || answerLost || status == S3Errors.NOT_FOUND ? head(key) : Optional.empty();
            if (found.isPresent() && id.equals(found.get().metadata().get(WRITE_ID))) {
                return;
            }
            // A server that refuses before it has read the body may end the connection, and its answer with it.
            boolean refusedUnheard = answerLost && !found.map(HeadObjectResponse::eTag).equals(expected);
            throw refused || refusedUnheard || S3Errors.code(e).equals(S3Errors.NO_SUCH_KEY)
                    ? new ObjectChangedException(uri(), key, e)
                    : failure(key, PUT, e);
        }
    }

    private void put(ObjectKey key, RequestBody content, Optional<String> expected, Map<String, String> writeId) {
        client.putObject(
                r -> r.bucket(bucket)
                        .key(name(key))
                        .metadata(writeId)
                        .ifMatch(expected.orElse(null))
                        .ifNoneMatch(expected.isEmpty() ? "*" : null),
                content);
    }

    private Optional<HeadObjectResponse> head(ObjectKey key) throws StoreException {
        try {
            return Optional.of(client.headObject(r -> r.bucket(bucket).key(name(key))));
        } catch (SdkException e) {
            if (S3Errors.status(e) == S3Errors.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure(key, GET, e);
        }
    }

    private Tagged<byte[]> get(ObjectKey key, String unlessTag) throws ObjectTooLargeException {
        ResponseBytes<GetObjectResponse> found = client.getObject(
                r -> r.bucket(bucket).key(name(key)).ifNoneMatch(unlessTag),
                (response, stream) -> {
                    byte[] content = stream.readNBytes(READ_LIMIT + 1);
                    if (content.length > READ_LIMIT) {
                        stream.abort();
                    }
                    return ResponseBytes.fromByteArrayUnsafe(response, content);
                });
        byte[] content = found.asByteArrayUnsafe();
        if (content.length > READ_LIMIT) {
            throw new ObjectTooLargeException(uri(), key, found.response().contentLength(), READ_LIMIT);
        }
        return new Tagged<>(content, found.response().eTag());
    }

    private String name(ObjectKey key) {
        return prefix.isEmpty() ? key.path() : prefix + "/" + key;
    }

    private StoreException failure(ObjectKey key, String action, SdkException e) {
        return S3Errors.translate(uri(), key, action, e);
    }
}
