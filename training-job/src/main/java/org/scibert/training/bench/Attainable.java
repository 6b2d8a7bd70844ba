package org.scibert.training.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.scibert.network.MatrixProduct.Kernel;

/**
 * The rates that a network could reach on a machine if it consisted of its linear layers alone.
 *
 * @param products the rate of each plain product, by kernel and shape
 * @param kernels the rate of one transformer layer's linear layers by each kernel
 */
public record Attainable(Map<String, Rate> products, Map<Kernel, Rate> kernels) {

    /** The best of all kernels. */
    @JsonProperty
    public Rate best() {
        return best(kernels.values());
    }

    /** The best of the kernels that multiply in fp32. */
    @JsonProperty
    public Rate fp32() {
        return best(Stream.of(Kernel.FP32, Kernel.ONEDNN).map(kernels::get).filter(Objects::nonNull).toList());
    }

    private static Rate best(Collection<Rate> rates) {
        return rates.stream().reduce(Rate::max).orElseThrow();
    }
}
