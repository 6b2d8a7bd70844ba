package org.scibert.classifier;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.scibert.network.Precision;
import org.scibert.release.LocalRelease;

/**
 * The choice of a release's precision for serving.
 *
 * @param named the precision whatever the release says; empty for the precision that the release's {@link ModelConfig}
 *     names, if the processor has its kernels
 */
public record PrecisionChoice(Optional<Precision> named) {
    public static final String AUTO = "auto";
    /** The default: as the release says. */
    public static final PrecisionChoice AS_RELEASED = new PrecisionChoice(Optional.empty());

    /**
     * Parses a setting.
     *
     * @param title {@value #AUTO}, or a precision's title
     * @throws IllegalArgumentException if it is neither
     */
    public static PrecisionChoice parse(String title) {
        return title.equals(AUTO) ? AS_RELEASED : new PrecisionChoice(Optional.of(Precision.ofTitle(title)));
    }

    /**
     * The weights of the precision; those in fp32 where the release does not carry it.
     *
     * @param small the release with all its files but the weights
     */
    public List<String> weights(LocalRelease small) throws IOException {
        ModelConfig model = ModelConfig.read(small.file(ModelConfig.FILE).getParent());
        return List.of(ReleaseWeights.carried(small.manifest().files().keySet(), of(model)));
    }

    /** The precision that a model is served in here. */
    public Precision of(ModelConfig model) {
        return of(model, System.getProperty("os.arch"));
    }

    Precision of(ModelConfig model, String architecture) {
        return named.orElse(model.precision().runsOn(architecture) ? model.precision() : Precision.FP32);
    }
}
