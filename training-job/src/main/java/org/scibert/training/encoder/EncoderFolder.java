package org.scibert.training.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.scibert.network.EncoderConfig;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/** A folder as Hugging Face's libraries write it. */
final class EncoderFolder {
    static final String CONFIG = "config.json";
    static final String SAFETENSORS = "model.safetensors";
    static final String TORCH = "pytorch_model.bin";
    /** Any of these gives the weights; the first that is there is taken. */
    static final List<String> WEIGHTS = List.of(SAFETENSORS, TORCH);
    /** Any of these gives the vocabulary; the first that is there is taken. */
    static final List<String> VOCABULARY = List.of("tokenizer.json", "vocab.txt");
    /** Says whether vocab.txt is to be lower-cased; not every folder has it. */
    static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private EncoderFolder() {}

    /** @param commit the folder's revision; null to take it from the digest of the weights */
    static Encoder open(String spec, Path folder, String commit) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new EncoderException("%s is no folder; an encoder is a folder, hf:OWNER/NAME[@REVISION] or embedded"
                    .formatted(folder));
        }
        EncoderConfig config = config(one(folder, List.of(CONFIG)));
        one(folder, VOCABULARY);
        Path file = one(folder, WEIGHTS);
        String digest = Sha256.of(file);
        try (Checkpoint checkpoint = checkpoint(file)) {
            Map<String, Tensor> weights = EncoderWeights.read(checkpoint, config);
            return new Encoder(spec, commit == null ? "sha256:" + digest : commit, digest, config, folder, weights);
        }
    }

    private static Checkpoint checkpoint(Path file) throws IOException {
        return file.endsWith(SAFETENSORS)
                ? new NamedTensors(file.toString(), Safetensors.map(file))
                : TorchCheckpoint.open(file);
    }

    private static Path one(Path folder, List<String> names) throws EncoderException {
        for (String name : names) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new EncoderException("%s has no %s; a BERT encoder's folder has %s, one of %s and one of %s"
                .formatted(folder, String.join(" or ", names), CONFIG, WEIGHTS, VOCABULARY));
    }

    private static EncoderConfig config(Path file) throws IOException {
        try {
            return EncoderConfig.parse(JSON.readTree(file.toFile()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new EncoderException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
