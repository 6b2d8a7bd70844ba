package org.scibert.function.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.scibert.io.Environment;
import org.scibert.io.Json;
import org.scibert.io.Text;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Reads secrets of AWS Secrets Manager by one request of its JSON protocol, which the SDK signs. The SDK's own client
 * for it would be one more dependency for the same request.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">the request</a>
 */
final class SecretsManager {
    private static final String SERVICE = "secretsmanager";
    /** Lambda gives a start ten seconds in all. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final URI endpoint;
    private final String region;
    private final AwsCredentialsProvider credentials;

    SecretsManager(URI endpoint, String region, AwsCredentialsProvider credentials) {
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
    }

    /** The service did not give the secret; the message says why, in its own words, and what to do. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * The service of the region in AWS_REGION, with the SDK's usual credentials.
     *
     * @throws IllegalArgumentException if no region is set
     */
    static SecretsManager ofEnvironment() {
        String region =
                Environment.setting(System.getenv(), "AWS_REGION").orElseThrow(() -> new IllegalArgumentException(
                "is in Secrets Manager, and no region is set; set AWS_REGION, as in eu-central-1"));
        String host = PartitionMetadata.of(Region.of(region)).dnsSuffix();
        URI endpoint = Environment.setting(System.getenv(), "AWS_ENDPOINT_URL_SECRETS_MANAGER").map(URI::create)
                .orElseGet(() -> URI.create(Text.format("https://%s.%s.%s/", SERVICE, region, host)));
        return new SecretsManager(endpoint, region, DefaultCredentialsProvider.builder().build());
    }

    /**
     * Returns a secret's text.
     *
     * @param secret its name or ARN
     * @throws Refused if the service does not give it
     */
    String read(String secret) throws IOException {
        byte[] body = Json.MAPPER.writeValueAsBytes(Json.MAPPER.createObjectNode().put("SecretId", secret));
        try (SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(TIMEOUT).socketTimeout(TIMEOUT).build()) {
            SignedRequest signed = sign(body);
            HttpExecuteResponse response = http.prepareRequest(HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(signed.payload().orElseThrow())
                    .build()).call();
            JsonNode json = json(response);
            if (!response.httpResponse().isSuccessful()) {
                throw new Refused(Text.format("is not given by Secrets Manager (%d %s); check its name and region, and"
                                + " that this program may call secretsmanager:GetSecretValue on it",
                        response.httpResponse().statusCode(), json.path("__type").asText("")));
            }
            if (!json.path("SecretString").isTextual()) {
                throw new Refused("has no text in Secrets Manager; store it as a string");
            }
            return json.path("SecretString").textValue();
        } catch (SdkException e) {
            throw new Refused("is in Secrets Manager, and there are no AWS credentials to ask for it");
        } catch (UncheckedIOException e) {
            throw e.getCause(); // as the SDK's client throws it where a connection breaks
        }
    }

    private SignedRequest sign(byte[] body) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
                .build();
        return AwsV4HttpSigner.create().sign(r -> r
                .identity(credentials.resolveCredentials())
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    }

    private static JsonNode json(HttpExecuteResponse response) throws IOException {
        if (response.responseBody().isEmpty()) {
            return Json.MAPPER.createObjectNode();
        }
        try (InputStream in = response.responseBody().get()) {
            return Json.MAPPER.readTree(in);
        } catch (JsonProcessingException e) {
            throw new Refused("can't be read: Secrets Manager's answer is no JSON"); // whose message may quote it
        }
    }
}
