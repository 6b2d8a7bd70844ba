package org.scibert.training.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.io.IoFunction;
import org.scibert.release.LocalRelease;
import org.scibert.release.Version;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which release to open. Commands with this mixin have no {@code --version} of the program's own. */
final class ReleaseOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Mixin
    private StoreOptions store;

    @Option(
            names = "--version",
            defaultValue = "${env:MODEL_VERSION}",
            paramLabel = "VERSION",
            description = "Default: the version in service. [MODEL_VERSION]")
    private Version version;

    /** Brings the release into the cache, with the chosen weights, and verifies it. */
    LocalRelease open(IoFunction<LocalRelease, List<String>> weights) throws IOException {
        try (StoreOptions.Opened opened = store.open()) {
            return opened.releases().open(
                    Optional.ofNullable(version), EncoderOption.cache().cache().resolve("releases"), weights);
        }
    }

    /** A release and the precision to answer in. */
    static final class WithPrecision {
        @Mixin
        private ReleaseOptions release;

        @Option(
                names = "--precision",
                defaultValue = "${env:MODEL_PRECISION:-auto}",
                description = "fp32, fp16, bf16 or int8: less is faster and loses a little; auto is what the function"
                        + " serves on this processor. Default ${DEFAULT-VALUE}. [MODEL_PRECISION]")
        private PrecisionChoice precision;

        LocalRelease open() throws IOException {
            return release.open(precision::weights);
        }

        /** Loads the release's classifier; the caller closes it. */
        Classifier classifier(LocalRelease opened) throws IOException {
            return Classifier.open(opened, precision);
        }
    }
}
