package org.scibert.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.scibert.network.Precision;
import org.scibert.release.LocalRelease;
import org.scibert.release.Version;
import org.scibert.training.encoder.DownloadListener;
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

    @Option(
            names = "--precision",
            defaultValue = "${env:MODEL_PRECISION:-fp32}",
            description = "fp32, fp16 or int8: less is faster and loses a little. Default ${DEFAULT-VALUE}."
                    + " [MODEL_PRECISION]")
    private String precision;

    /** @throws IllegalArgumentException if there is no such precision */
    Precision precision() {
        return Precision.ofTitle(precision);
    }

    /** Brings the release into the cache and verifies it. */
    LocalRelease open() throws IOException {
        Path cache = EncoderOptions.ofEnvironment(System.getenv(), DownloadListener.SILENT).cache().resolve("releases");
        try (OpenStore opened = store.open()) {
            return opened.releases().open(Optional.ofNullable(version).map(Version::parse), cache);
        }
    }
}
