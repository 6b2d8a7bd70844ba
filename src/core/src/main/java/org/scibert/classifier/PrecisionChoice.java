package org.scibert.classifier;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scibert.io.Text;
import org.scibert.network.Precision;
import org.scibert.release.LocalRelease;
import org.scibert.runtime.Processor;

/**
 * The choice of a release's precision for serving.
 *
 * @param named the precision whatever the release says; empty for the fastest that the processor has kernels for, of
 *     those that lose no more than the release's tolerance
 */
public record PrecisionChoice(Optional<Precision> named) {
    public static final String AUTO = "auto";
    /** The default: by the release and the processor. */
    public static final PrecisionChoice AS_RELEASED = new PrecisionChoice(Optional.empty());

    /**
     * A precision and why it was chosen.
     *
     * @param reason for people, such as "the fastest of fp32, bf16 on AMD EPYC (avx512_bf16)"
     */
    public record Chosen(Precision precision, String reason) {}

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
        return List.of(ReleaseWeights.carried(small.manifest().files().keySet(), of(model).precision()));
    }

    /** The precision that a model is served in here. */
    public Chosen of(ModelConfig model) {
        return of(model, Processor.current());
    }

    Chosen of(ModelConfig model, Processor processor) {
        if (named.isPresent()) {
            boolean fast = named.get().isFastOn(processor);
            return new Chosen(named.get(), "asked for by name"
                    + (fast ? "" : Text.format("; %s lacks its instructions and uses others", processor)));
        }
        if (model.precisions().isEmpty()) {
            return processor.isX86()
                    ? new Chosen(model.precision(), "the release names it")
                    : new Chosen(Precision.FP32, Text.format(
                            "the release names %s, which is for x86-64", model.precision().title()));
        }
        Precision fastest = model.precisions().stream()
                .filter(precision -> precision.isFastOn(processor))
                .reduce(Precision.FP32, (slower, faster) -> faster.compareTo(slower) > 0 ? faster : slower);
        return new Chosen(fastest, Text.format(
                "the fastest of %s, which lose no more than the release's tolerance, on %s",
                model.precisions().stream().map(Precision::title).collect(Collectors.joining(", ")), processor));
    }
}
