package org.scibert.training.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.scibert.io.FileDigest;
import org.scibert.io.Json;
import org.scibert.network.EncoderConfig;
import org.scibert.release.Provenance;

/** The key of a run: the same job, started again, has the same key, and every other job has another. */
public final class RunKey {
    private static final int DIGITS = 32;

    private RunKey() {}

    /**
     * @param provenance that a release of the run would have: data, encoder, configuration, seed, software
     * @param encoder geometry and dropout, which stand in no digest of weights
     * @param tokenizer its JSON
     * @return {@value #DIGITS} hexadecimal digits
     */
    public static String of(Provenance provenance, EncoderConfig encoder, String tokenizer) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("format", CheckpointIndex.FORMAT);
        all.set("provenance", Json.MAPPER.valueToTree(provenance));
        all.set("encoder", encoder.toJson());
        all.put("tokenizer", digest(tokenizer));
        return digest(all.toString()).substring(0, DIGITS);
    }

    private static String digest(String text) {
        return FileDigest.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
    }
}
