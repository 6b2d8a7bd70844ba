package org.scibert.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.scibert.release.LocalRelease;
import org.scibert.release.Version;
import org.scibert.release.WeightsChoice;
import org.scibert.training.encoder.EncoderOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which release to open. */
final class ReleaseOptions {
    @Mixin
    private StoreOptions store;

    @Option(
            names = "--version",
            defaultValue = "${env:MODEL_VERSION}",
            paramLabel = "VERSION",
            description = "Default: the version in service. [MODEL_VERSION]")
    private String version;

    /** Brings the release into the cache, with the chosen weights, and verifies it. */
    LocalRelease open(WeightsChoice weights) throws IOException {
        Path cache = EncoderOptions.ofEnvironment(System.getenv(), EncoderOptions.Listener.SILENT).cache()
                .resolve("releases");
        try (OpenStore opened = store.open()) {
            return opened.releases().open(Optional.ofNullable(version).map(Version::parse), cache, weights);
        }
    }
}
