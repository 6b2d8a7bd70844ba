package org.scibert.training.encoder;

import java.io.IOException;
import java.nio.file.Path;

/** Opens encoders. */
public final class Encoders {
    /** The encoder that needs nothing but the class path: MiniLM-L6, 6 layers of width 384. */
    public static final String EMBEDDED = "embedded";

    private Encoders() {}

    /**
     * Opens an encoder.
     *
     * @param spec {@value #EMBEDDED}, {@code hf:OWNER/NAME[@REVISION]}, or the path of a Hugging Face folder:
     *     config.json; model.safetensors or pytorch_model.bin; tokenizer.json or vocab.txt
     * @throws IllegalArgumentException if the spec is not one of these three
     * @throws EncoderException if there is no such encoder, or it can't be fetched
     * @throws org.scibert.weights.WeightsException if its weights are not what its configuration says
     */
    public static Encoder open(String spec, EncoderOptions options) throws IOException {
        if (spec.isBlank()) {
            throw new IllegalArgumentException(
                    "an encoder is a folder, hf:OWNER/NAME[@REVISION] or embedded; got none");
        }
        if (spec.equals(EMBEDDED)) {
            return EmbeddedEncoder.open(options.cache());
        }
        if (spec.startsWith(HubSpec.PREFIX)) {
            HubSnapshot snapshot = new HubRepository(HubSpec.parse(spec), options).snapshot();
            return EncoderFolder.open(spec, snapshot.folder(), snapshot.commit());
        }
        return EncoderFolder.open(spec, Path.of(spec), null);
    }
}
