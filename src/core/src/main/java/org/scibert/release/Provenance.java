package org.scibert.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.scibert.io.Sha256;

/**
 * The provenance of a release's weights: enough to train them again.
 *
 * @param data the SHA-256 of each split's rows, by the split's name: {@code train}, {@code dev}, {@code test}
 * @param encoder the encoder's address, as in {@code hf:allenai/scibert_scivocab_uncased@24f92d3}
 * @param encoderSha256 of the encoder's weights
 * @param seed of the run
 * @param configuration of the run, a JSON object in its own order
 * @param software what ran, name to version: {@code java}, {@code pytorch}, …
 * @param revision of this project's code, as version control names it
 */
public record Provenance(
        Map<String, String> data,
        String encoder,
        String encoderSha256,
        long seed,
        JsonNode configuration,
        Map<String, String> software,
        String revision) {

    public Provenance {
        data = sorted("data", data);
        data.forEach((split, sha256) -> Sha256.require("the digest of split " + split, sha256));
        requireText("encoder", encoder);
        Sha256.require("encoderSha256", encoderSha256);
        if (configuration == null || !configuration.isObject()) {
            throw new IllegalArgumentException("configuration must be a JSON object, is " + configuration);
        }
        configuration = configuration.deepCopy();
        software = sorted("software", software);
        requireText("revision", revision);
    }

    private static Map<String, String> sorted(String what, Map<String, String> values) {
        if (values == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
        return Collections.unmodifiableMap(new TreeMap<>(values));
    }

    private static void requireText(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " is missing or blank");
        }
    }
}
