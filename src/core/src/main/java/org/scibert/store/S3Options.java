package org.scibert.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.scibert.io.Environment;
import org.scibert.io.Text;

/**
 * Settings for reaching S3 or a server that speaks its protocol. Credentials are not here: they come from the AWS SDK's
 * default chain.
 *
 * @param endpoint of a server other than AWS's own
 * @param pathStyle whether the bucket is in the path ({@code host/bucket}) and not in the host name
 * @param partBytes bytes of one part of a transfer; uploads to AWS need at least 5 MiB. Smaller parts resume sooner,
 *     larger ones make fewer requests
 * @param parallelism parts of one file in transfer at once, 1 to 64; each holds a connection, and in an upload
 *     {@code partBytes} of memory
 */
public record S3Options(Optional<URI> endpoint, boolean pathStyle, int partBytes, int parallelism) {
    private static final int PART_BYTES = 8 << 20;
    private static final int PARALLELISM = 4;

    public S3Options {
        if (partBytes < 1) {
            throw new IllegalArgumentException("partBytes must be at least 1, is " + partBytes);
        }
        if (parallelism < 1 || parallelism > 64) {
            throw new IllegalArgumentException("parallelism must be 1 to 64, is " + parallelism);
        }
    }

    /**
     * Reads {@code S3_ENDPOINT} (or the SDK's own {@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL}, in this order)
     * and {@code S3_PATH_STYLE} ({@code true} or {@code false}; true when there is an endpoint, as most servers other
     * than AWS want).
     *
     * @throws IllegalArgumentException if one has a value that means nothing; the message names it
     */
    public static S3Options of(Map<String, String> environment) {
        Optional<URI> endpoint = endpoint(environment, "S3_ENDPOINT")
                .or(() -> endpoint(environment, "AWS_ENDPOINT_URL_S3"))
                .or(() -> endpoint(environment, "AWS_ENDPOINT_URL"));
        boolean pathStyle = Environment.setting(environment, "S3_PATH_STYLE")
                .map(S3Options::pathStyle)
                .orElse(endpoint.isPresent());
        return new S3Options(endpoint, pathStyle, PART_BYTES, PARALLELISM);
    }

    private static boolean pathStyle(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(
                    Text.format("S3_PATH_STYLE is \"%s\"; use true or false", value));
        };
    }

    private static Optional<URI> endpoint(Map<String, String> environment, String variable) {
        return Environment.setting(environment, variable).map(value -> {
            try {
                if (value.matches("https?://[^/\\s]+(/\\S*)?")) {
                    return new URI(value);
                }
            } catch (URISyntaxException e) {
                // Refused below like any other text.
            }
            throw new IllegalArgumentException(
                    Text.format("%s is \"%s\"; use an address such as https://s3.example.org", variable, value));
        });
    }
}
