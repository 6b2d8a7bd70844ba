package org.scibert.training.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scibert.io.FileKind;
import org.scibert.io.Json;
import org.scibert.io.Sha256;
import org.scibert.io.Text;
import org.scibert.network.EncoderConfig;
import org.scibert.weights.Safetensors;

/** The folder of an encoder as Hugging Face's libraries write it. */
final class EncoderFolder {
    static final String CONFIG = "config.json";
    static final String SAFETENSORS = "model.safetensors";
    static final String TORCH = "pytorch_model.bin";
    /** The end of the name of a file that lists the shards of weights. */
    private static final String INDEX = ".index.json";
    /** The files that can hold or list the weights; the first that exists is read, in transformers' order. */
    static final List<String> WEIGHTS = List.of(SAFETENSORS, SAFETENSORS + INDEX, TORCH, TORCH + INDEX);
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
            throw new EncoderException(Text.format(
                    "%s is no folder; an encoder is a folder, hf:OWNER/NAME[@REVISION] or embedded",
                    folder));
        }
        EncoderConfig config = config(one(folder, List.of(CONFIG)));
        one(folder, VOCABULARY);
        Path file = one(folder, WEIGHTS);
        String digest = isIndex(file) ? ShardedWeights.digest(file) : Sha256.hex(file);
        try (WeightsFile weights = isIndex(file)
                ? ShardedWeights.open(file, EncoderFolder::weights)
                : weights(file)) {
            return new Encoder(
                    spec, commit == null ? "sha256:" + digest : commit, digest, config, folder,
                    EncoderWeights.read(weights, config));
        }
    }

    /** Whether a file of {@link #WEIGHTS} lists shards. */
    static boolean isIndex(Path file) {
        return file.toString().endsWith(INDEX);
    }

    /** Reads JSON of the encoder; a failure names the file. */
    static JsonNode json(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new EncoderException(Text.format("%s is not JSON (at line %s, column %s)%s; fetch it again",
                    file, e.getLocation().getLineNr(), e.getLocation().getColumnNr(), FileKind.hint(file)), e);
        }
    }

    /** @throws EncoderException if something else stands in the file's place: a Git LFS pointer, a web page, nothing */
    static void requireItself(Path file) throws IOException {
        Optional<String> standIn = FileKind.standIn(file);
        if (standIn.isPresent()) {
            throw new EncoderException(Text.format("%s is %s", file, standIn.get()));
        }
    }

    private static WeightsFile weights(Path file) throws IOException {
        return file.toString().endsWith(".safetensors")
                ? new WeightsFile.InMemory(file.toString(), Safetensors.map(file))
                : TorchCheckpoint.open(file);
    }

    private static Path one(Path folder, List<String> names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                requireItself(file);
                return file;
            }
        }
        throw new EncoderException(Text.format("%s has no %s; a BERT encoder's folder has %s, one of %s and one of %s",
                folder, String.join(" or ", names), CONFIG, WEIGHTS, VOCABULARY));
    }

    private static EncoderConfig config(Path file) throws IOException {
        try {
            return EncoderConfig.parse(json(file));
        } catch (IllegalArgumentException e) {
            throw new EncoderException(Text.format("%s: %s", file, e.getMessage()), e);
        }
    }
}
