package org.scibert.store;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract against a server of another make, which {@code .ci/object-stores} starts and names. */
@EnabledIfEnvironmentVariable(named = "TEST_S3_ENDPOINT", matches = ".+")
class RealS3ServerTest extends ObjectStoreContract {
    private static int buckets;

    @Override
    ObjectStore open() {
        URI endpoint = URI.create(System.getenv("TEST_S3_ENDPOINT"));
        StaticCredentialsProvider credentials = StaticCredentialsProvider.create(
                AwsBasicCredentials.create(System.getenv("TEST_S3_ACCESS_KEY"), System.getenv("TEST_S3_SECRET_KEY")));
        String bucket = "models-%s-%s".formatted(System.currentTimeMillis(), ++buckets);
        try (S3Client client = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(credentials)
                .build()) {
            client.createBucket(r -> r.bucket(bucket));
        }
        S3Options options = new S3Options(Optional.of(endpoint), true, PART_BYTES, 4);
        return S3Store.open(bucket, "team/x", options, credentials, UrlConnectionHttpClient.builder());
    }
}
