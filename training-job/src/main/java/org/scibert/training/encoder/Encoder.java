package org.scibert.training.encoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.network.EncoderConfig;
import org.scibert.network.WeightNames;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;

/**
 * A pretrained encoder, ready to be fine-tuned.
 *
 * @param spec the user's words for it, for example {@code hf:allenai/scibert_scivocab_uncased}
 * @param revision the commit on the hub, otherwise {@code sha256:} and the digest
 * @param digest SHA-256 of the file of weights, 64 hexadecimal digits
 * @param config the geometry
 * @param tokenizerFolder holds tokenizer.json or vocab.txt, and tokenizer_config.json where there is one
 * @param weights by name, exactly those of {@link WeightNames#ofEncoder} in that order, all {@link ElementType#F32} in
 *     direct memory; mapped or off the heap, they live as long as they are referred to
 */
public record Encoder(
        String spec,
        String revision,
        String digest,
        EncoderConfig config,
        Path tokenizerFolder,
        Map<String, Tensor> weights) {

    /** The encoder that needs nothing but the class path: MiniLM-L6, 6 layers of width 384. */
    public static final String EMBEDDED = "embedded";

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
                throw new IllegalArgumentException(Text.format("weight %s is %s %s, the configuration asks for F32 %s",
                        name, tensor.type(), Arrays.toString(tensor.shape()), Arrays.toString(shapes.get(name))));
            }
        });
    }

    /**
     * Opens an encoder.
     *
     * @param spec {@value #EMBEDDED}, {@code hf:OWNER/NAME[@REVISION]}, or the path of a Hugging Face folder:
     *     config.json; model.safetensors or pytorch_model.bin; tokenizer.json or vocab.txt
     * @throws UsageException if the spec is not one of these three
     * @throws EncoderException if there is no such encoder, or it can't be fetched
     * @throws org.scibert.weights.WeightsException if its weights are not what its configuration says
     */
    public static Encoder open(String spec, EncoderOptions options) throws IOException {
        if (spec.isBlank()) {
            throw new UsageException(
                    "an encoder is a folder, hf:OWNER/NAME[@REVISION] or embedded; got none");
        }
        if (spec.equals(EMBEDDED)) {
            return EmbeddedEncoder.open(options.cache());
        }
        if (spec.startsWith(HubSpec.PREFIX)) {
            HubRepository.Snapshot snapshot = new HubRepository(HubSpec.parse(spec), options).snapshot();
            return EncoderFolder.open(spec, snapshot.folder(), snapshot.commit());
        }
        return EncoderFolder.open(spec, Path.of(spec), null);
    }
}
