package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.function.settings.Setting;

/**
 * Which model to serve. Each is an environment variable, MODEL_STORE first.
 *
 * @param store where releases are kept: {@code file:PATH} or {@code s3://BUCKET/PREFIX}
 * @param name of the classifier in the store
 * @param version to serve whatever is in service; without it, the one in service at the start
 * @param publicKey Ed25519 keys of which one must have signed the release: X.509 in PEM or bare base64; none unless
 *     given
 * @param cache folder to which a release is brought, and from which it is mapped; one for temporary files unless given
 * @param precision {@code fp32}, {@code fp16}, {@code bf16}, {@code int8}, or {@code auto} for the fastest that the
 *     processor has kernels for, of those within the release's tolerance
 * @param refresh how often to look whether another version is in service; never unless given
 */
@Singleton
public record ModelSettings(
        Optional<String> store,
        Optional<String> name,
        Optional<String> version,
        Optional<String> publicKey,
        Optional<Path> cache,
        String precision,
        Optional<Duration> refresh) {

    @Inject
    public ModelSettings(Config config) {
        this(
                Setting.of(config, "model.store").text(),
                Setting.of(config, "model.name").text(),
                Setting.of(config, "model.version").text(),
                Setting.of(config, "model.public-key").text(),
                Setting.of(config, "model.cache").text().map(Path::of),
                Setting.of(config, "model.precision").text().orElse(PrecisionChoice.AUTO),
                Setting.of(config, "model.refresh").duration(Duration.ofSeconds(1), Duration.ofDays(1)));
    }
}
