package org.scibert.training.encoder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.network.EncoderConfig;
import org.scibert.network.WeightNames;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;

/**
 * A pretrained encoder, ready to be fine-tuned.
 *
 * @param spec as it was asked for, for example {@code hf:allenai/scibert_scivocab_uncased}
 * @param revision what exactly was opened: the commit on the hub, otherwise {@code sha256:} and the digest
 * @param digest SHA-256 over the file that held the weights, 64 hexadecimal digits
 * @param config the geometry
 * @param tokenizerFolder holds tokenizer.json or vocab.txt, and tokenizer_config.json where there is one
 * @param weights by name, exactly those of {@link WeightNames#ofEncoder} in that order, all {@link ElementType#F32} in
 *     direct memory; on disk or off the heap, they live as long as they are referred to
 */
public record Encoder(
        String spec,
        String revision,
        String digest,
        EncoderConfig config,
        Path tokenizerFolder,
        Map<String, Tensor> weights) {

    /** @throws IllegalArgumentException if a weight is missing, superfluous, out of order, not F32 or misshapen */
    public Encoder {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        Map<String, long[]> shapes = WeightNames.ofEncoder(config);
        List<String> names = new ArrayList<>(weights.keySet());
        if (!names.equals(List.copyOf(shapes.keySet()))) {
            throw new IllegalArgumentException("weights are not those of the configuration, in order: " + names);
        }
        weights.forEach((name, tensor) -> {
            if (tensor.type() != ElementType.F32 || !Arrays.equals(tensor.shape(), shapes.get(name))) {
                throw new IllegalArgumentException("weight %s is %s %s, the configuration asks for F32 %s"
                        .formatted(name, tensor.type(), Arrays.toString(tensor.shape()),
                                Arrays.toString(shapes.get(name))));
            }
        });
    }
}
