package org.scibert.training.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.scibert.io.Json;
import org.scibert.io.Text;

/** Writes tokenizer.json and the three files that transformers reads beside it, derived from it. */
final class TokenizerFiles {
    private static final List<String> ROLES = List.of("cls", "mask", "pad", "sep", "unk");

    private TokenizerFiles() {}

    /**
     * Writes the four files.
     *
     * @param tokenizer the release's tokenizer.json
     * @param maxTokens where transformers cuts a text with {@code truncation=True}
     */
    static void write(Path folder, String tokenizer, int maxTokens) throws IOException {
        JsonNode json = Json.MAPPER.readTree(tokenizer);
        Map<Integer, String> pieces = pieces(json);
        ObjectNode special = Json.MAPPER.createObjectNode();
        for (String role : ROLES) {
            String piece = Text.format("[%s]", role.toUpperCase(Locale.ROOT));
            if (pieces.containsValue(piece)) {
                special.put(role + "_token", piece);
            }
        }
        JsonNode normalizer = json.path("normalizer");
        ObjectNode config = Json.MAPPER.createObjectNode().put("tokenizer_class", "BertTokenizer");
        config.put("do_lower_case", normalizer.path("lowercase").asBoolean(true));
        config.put("tokenize_chinese_chars", normalizer.path("handle_chinese_chars").asBoolean(true));
        JsonNode accents = normalizer.path("strip_accents");
        config.set("strip_accents", accents.isBoolean() ? accents : null);
        config.put("model_max_length", maxTokens);
        config.setAll(special);

        Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
        Files.writeString(folder.resolve("tokenizer_config.json"), config.toPrettyString() + "\n");
        Files.writeString(folder.resolve("special_tokens_map.json"), special.toPrettyString() + "\n");
        Files.writeString(folder.resolve("vocab.txt"), String.join("\n", pieces.values()) + "\n");
    }

    /** The pieces by input id. Ids run from 0: the release's tokenizer was checked for that. */
    private static Map<Integer, String> pieces(JsonNode json) {
        Map<Integer, String> pieces = new TreeMap<>();
        json.path("model").path("vocab").properties().forEach(e -> pieces.put(e.getValue().asInt(), e.getKey()));
        json.path("added_tokens")
                .forEach(added -> pieces.put(added.path("id").asInt(), added.path("content").asText()));
        return pieces;
    }
}
