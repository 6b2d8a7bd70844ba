package org.scibert.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scibert.io.FileKind;
import org.scibert.io.Json;
import org.scibert.io.Text;

/**
 * The tokenizer_config.json of an encoder, which says how text is normalized before it is split.
 *
 * @param source the file, for messages
 * @param json its content; an empty object where there is no file
 */
record TokenizerConfig(String source, JsonNode json) {
    static final String NAME = "tokenizer_config.json";
    private static final String LOWER_CASE = "do_lower_case";
    private static final String STRIP_ACCENTS = "strip_accents";

    /** The keys here, and those of a BertNormalizer in tokenizer.json that mean the same. */
    private static final Map<String, String> NORMALIZER_KEYS = Map.of(
            LOWER_CASE, "lowercase",
            STRIP_ACCENTS, "strip_accents",
            "tokenize_chinese_chars", "handle_chinese_chars");

    /**
     * Share of pieces with capital letters above which a vocabulary is cased; BERT-cased has 30 %, uncased ones none.
     */
    private static final double CASED_SHARE = 0.01;

    /** Reads the file in an encoder's folder, where there is one. */
    static TokenizerConfig read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return new TokenizerConfig(file.toString(), Json.MAPPER.createObjectNode());
        }
        JsonNode json;
        try {
            // Of two equal keys the last counts, as in Python.
            json = Json.MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new TokenizerException(Text.format(
                    "%s is not JSON (at line %d, column %d)%s; take the file that belongs to the encoder",
                    file, e.getLocation().getLineNr(), e.getLocation().getColumnNr(), FileKind.hint(file)), e);
        }
        if (!json.isObject()) {
            throw new TokenizerException(Text.format(
                    "%s holds no JSON object%s; take the file that belongs to the encoder",
                    file, FileKind.hint(file)));
        }
        for (String key : NORMALIZER_KEYS.keySet()) {
            JsonNode value = json.path(key);
            if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
                throw new TokenizerException(Text.format("%s says %s %s; it must be true or false", file, key, value));
            }
        }
        return new TokenizerConfig(file.toString(), json);
    }

    /** The normalizer of a vocab.txt: as this file says, and where it is silent as BERT-uncased, unless it is cased. */
    ObjectNode normalizer(Iterable<String> pieces) {
        ObjectNode normalizer = Json.MAPPER.createObjectNode().put("type", "BertNormalizer").put("clean_text", true)
                .put("handle_chinese_chars", json.path("tokenize_chinese_chars").asBoolean(true))
                .put("lowercase", json.path(LOWER_CASE).asBoolean(!isCased(pieces)));
        JsonNode accents = json.path(STRIP_ACCENTS);
        normalizer.set("strip_accents", accents.isBoolean() ? accents : null);
        return normalizer;
    }

    /**
     * Sets in a tokenizer.json what this file says otherwise, as transformers does.
     *
     * @param tokenizer the tokenizer.json, which is changed
     * @param source its name in sentences
     * @return a sentence for each change
     */
    List<String> applyTo(ObjectNode tokenizer, String source) {
        List<String> notes = new ArrayList<>();
        if (!(tokenizer.path("normalizer") instanceof ObjectNode normalizer)) {
            return notes;
        }
        for (String key : List.of(LOWER_CASE, STRIP_ACCENTS, "tokenize_chinese_chars")) {
            String normalizerKey = NORMALIZER_KEYS.get(key);
            boolean said = json.has(key) && (json.get(key).isBoolean() || key.equals(STRIP_ACCENTS));
            if (said && normalizer.has(normalizerKey) && !normalizer.get(normalizerKey).equals(json.get(key))) {
                notes.add(Text.format("%s says %s %s, %s says %s %s: the former is followed, as transformers does",
                        this.source, key, json.get(key), source, normalizerKey, normalizer.get(normalizerKey)));
                normalizer.set(normalizerKey, json.get(key));
            }
        }
        return notes;
    }

    /**
     * Compares the case of a vocabulary with the normalizer.
     *
     * @param tokenizer the tokenizer.json that is used
     * @param source the file of the vocabulary
     * @return sentences on capital letters that are read as they are unasked, or never
     */
    List<String> casing(ObjectNode tokenizer, String source) {
        List<String> pieces = new ArrayList<>();
        tokenizer.path("model").path("vocab").fieldNames().forEachRemaining(pieces::add);
        long capitals = capitals(pieces);
        if (capitals == 0) {
            return List.of();
        }
        boolean lowerCases = tokenizer.path("normalizer").path("lowercase").asBoolean(false);
        boolean said = json.path(LOWER_CASE).isBoolean();
        if (lowerCases && isCased(pieces)) {
            return List.of(Text.format("%s has %s with capital letters, and texts are read in lower case, as %s says:"
                    + " these pieces are never used; set do_lower_case to false in %s if the encoder is a cased one",
                    source, Text.count(capitals, "piece"), said ? this.source : source, NAME));
        }
        return lowerCases || said || !source.endsWith("vocab.txt")
                ? List.of()
                : List.of(Text.format("%s has %s with capital letters and there is no %s that says do_lower_case: the"
                        + " encoder is taken for a cased one, texts are not read in lower case",
                        source, Text.count(capitals, "piece"), NAME));
    }

    private static boolean isCased(Iterable<String> pieces) {
        long all = 0;
        for (String ignored : pieces) {
            all++;
        }
        return capitals(pieces) > CASED_SHARE * all;
    }

    /** How many pieces lower-casing would change; [CLS] and [unused1] are no words. */
    private static long capitals(Iterable<String> pieces) {
        long capitals = 0;
        for (String piece : pieces) {
            boolean special = piece.startsWith("[") && piece.endsWith("]");
            if (!special && piece.codePoints().anyMatch(c -> Character.toLowerCase(c) != c)) {
                capitals++;
            }
        }
        return capitals;
    }
}
