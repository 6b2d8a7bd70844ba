package org.scibert.training.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scibert.io.FileDigest;
import org.scibert.io.Json;
import org.scibert.network.EncoderConfig;
import org.scibert.weights.Safetensors;

/** The folder of an encoder as Hugging Face's libraries write it. */
final class EncoderFolder {
    static final String CONFIG = "config.json";
    static final String SAFETENSORS = "model.safetensors";
    static final String TORCH = "pytorch_model.bin";
    /** The files that can hold the weights; the first that exists is read. */
    static final List<String> WEIGHTS = List.of(SAFETENSORS, TORCH);
    /** The files that can hold the vocabulary; the first that exists is read. */
    static final List<String> VOCABULARY = List.of("tokenizer.json", "vocab.txt");
    /** The optional file that says whether texts are lower-cased. */
    static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    /** Reads others' files as Python does: of two equal keys the last counts. */
    private static final ObjectReader JSON = Json.MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private EncoderFolder() {}

    /**
     * Opens the encoder.
     *
     * @param commit the revision of the folder; null if it is to be the digest of the weights
     */
    static Encoder open(String spec, Path folder, String commit) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new EncoderException("%s is no folder; an encoder is a folder, hf:OWNER/NAME[@REVISION] or embedded"
                    .formatted(folder));
        }
        EncoderConfig config = config(one(folder, List.of(CONFIG)));
        one(folder, VOCABULARY);
        Path file = one(folder, WEIGHTS);
        String digest = FileDigest.of(file).sha256();
        try (WeightsFile weights = weights(file)) {
            return new Encoder(
                    spec, commit == null ? "sha256:" + digest : commit, digest, config, folder,
                    EncoderWeights.read(weights, config));
        }
    }

    private static WeightsFile weights(Path file) throws IOException {
        return file.endsWith(SAFETENSORS)
                ? new WeightsFile.InMemory(file.toString(), Safetensors.map(file))
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
            return EncoderConfig.parse(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new EncoderException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
