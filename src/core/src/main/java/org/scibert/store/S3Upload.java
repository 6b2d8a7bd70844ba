package org.scibert.store;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scibert.io.IoSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One large file written in parallel parts. The object appears when the last request completes it, and only if it is
 * still absent then.
 */
final class S3Upload {
    /** S3's own limit. */
    private static final int MAX_PARTS = 10_000;
    /**
     * Named when the upload is created: MinIO and S3Proxy take parts with an algorithm that was not, versitygw
     * refuses them.
     */
    private static final ChecksumAlgorithm CHECKSUM = ChecksumAlgorithm.CRC32;

    private final S3Client client;
    private final S3Options options;
    private final String bucket;
    private final String key;

    S3Upload(S3Client client, S3Options options, String bucket, String key) {
        this.client = client;
        this.options = options;
        this.bucket = bucket;
        this.key = key;
    }

    /** Writes the whole file or nothing: a failure discards the parts. */
    void create(Path file, Map<String, String> metadata) throws IOException {
        String upload = client.createMultipartUpload(r -> r.bucket(bucket)
                        .key(key)
                        .metadata(metadata)
                        .checksumAlgorithm(CHECKSUM))
                .uploadId();
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            List<CompletedPart> completed = parts(upload, content);
            client.completeMultipartUpload(r -> r.bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .ifNoneMatch("*")
                    .multipartUpload(m -> m.parts(completed)));
        } catch (IOException | RuntimeException e) {
            abort(upload, e);
            throw e;
        }
    }

    private List<CompletedPart> parts(String upload, FileChannel content) throws IOException {
        long size = content.size();
        int partBytes = Math.toIntExact(Math.max(options.partBytes(), (size + MAX_PARTS - 1) / MAX_PARTS));
        int count = Math.toIntExact((size + partBytes - 1) / partBytes);
        List<IoSupplier<CompletedPart>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i + 1;
            long from = (long) i * partBytes;
            parts.add(() -> part(upload, number, bytes(content, from, partBytes)));
        }
        return Parallel.run(options.parallelism(), parts);
    }

    private CompletedPart part(String upload, int number, byte[] bytes) {
        // A provider and not fromBytes, which copies; the SDK reads it once to sign and once to send.
        RequestBody body = RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes), bytes.length, "application/octet-stream");
        UploadPartResponse sent = client.uploadPart(
                r -> r.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .checksumAlgorithm(CHECKSUM),
                body);
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(sent.eTag())
                .checksumCRC32(sent.checksumCRC32())
                .build();
    }

    private static byte[] bytes(FileChannel content, long from, int partBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(partBytes, content.size() - from));
        while (bytes.hasRemaining()) {
            if (content.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("the file was shortened while it was uploaded");
            }
        }
        return bytes.array();
    }

    private void abort(String upload, Exception failure) {
        try {
            client.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            failure.addSuppressed(e);
        }
    }
}
