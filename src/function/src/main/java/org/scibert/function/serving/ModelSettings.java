package org.scibert.function.serving;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.scibert.classifier.PrecisionChoice;

/** Which model to serve. Each is an environment variable, MODEL_STORE first. */
@ConfigMapping(prefix = "model")
public interface ModelSettings {
    /** Where releases are kept: {@code file:PATH} or {@code s3://BUCKET/PREFIX}. */
    Optional<String> store();

    /** The classifier's name in the store. */
    Optional<String> name();

    /** The version to serve whatever is in service; without it, the one in service at the start. */
    Optional<String> version();

    /** Keys, Ed25519, of which one must have signed whatever is served: X.509 in PEM or bare base64; none unless given. */
    Optional<String> publicKey();

    /** Where a release is brought, verified and mapped from; a folder for temporary files unless given. */
    Optional<Path> cache();

    /** What the network computes in: {@code fp32}, {@code fp16}, {@code int8}, or {@code auto}, what the release names. */
    @WithDefault(PrecisionChoice.AUTO)
    String precision();

    /** How often to look whether another version is in service, as in {@code 60S}; never unless given. */
    Optional<Duration> refresh();
}
