package org.scibert.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.scibert.io.Json;
import org.scibert.io.Text;

/**
 * The tokenizer.json of Hugging Face's tokenizers: read from a file, or written from a vocab.txt of BERT.
 *
 * @see <a href="https://huggingface.co/docs/tokenizers/components">its components</a>
 */
final class TokenizerJson {
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final String WORD_PIECE = "WordPiece";
    /** BERT's own limit; a longer word is [UNK]. */
    private static final int MAX_WORD_CHARS = 100;

    private TokenizerJson() {}

    /**
     * Reads a tokenizer.json and drops its padding and truncation, which are ours to decide: packaged files carry those of
     * their demo. A model without a type, as in the first files of widely used encoders, is recognised by its fields.
     *
     * @param source names the file in messages
     */
    static ObjectNode parse(String json, String source) throws TokenizerException {
        ObjectNode file = object(json, source);
        if (file.path("model") instanceof ObjectNode model && !model.has("type") && isWordPiece(model)) {
            model.put("type", WORD_PIECE);
        }
        String type = file.path("model").path("type").asText("none");
        if (!type.equals(WORD_PIECE)) {
            throw new TokenizerException(
                    "%s has a model of type %s; BERT's is WordPiece: use a BERT encoder".formatted(source, type));
        }
        file.putNull("truncation");
        file.putNull("padding");
        return file;
    }

    /** The library's own rule: a BPE model has merges, and what has all these fields is WordPiece. */
    private static boolean isWordPiece(ObjectNode model) {
        return model.path("vocab").isObject()
                && model.has("unk_token")
                && model.has("continuing_subword_prefix")
                && model.has("max_input_chars_per_word")
                && !model.has("merges");
    }

    /** @throws TokenizerException if the text is not one JSON object; the message names {@code source} */
    static ObjectNode object(String json, String source) throws TokenizerException {
        try {
            if (Json.MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new TokenizerException(Text.format(
                    "%s is damaged: it is no JSON from line %d, column %d on; fetch it again",
                    source, at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr()), e);
        }
        throw new TokenizerException(source + " is not a JSON object; fetch it again");
    }

    /**
     * The tokenizer.json that a vocab.txt stands for, with the settings of BERT-uncased and SciBERT: text is lower-cased
     * and loses its accents.
     *
     * @param ids by piece, in the order of the lines
     */
    static ObjectNode ofVocabulary(Path vocabulary, Map<String, Integer> ids) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = json.putArray("added_tokens");
        for (String piece : SPECIAL) {
            if (ids.containsKey(piece)) {
                added.addObject().put("id", ids.get(piece)).put("content", piece).put("single_word", false)
                        .put("lstrip", false).put("rstrip", false).put("normalized", false).put("special", true);
            }
        }
        json.putObject("normalizer").put("type", "BertNormalizer").put("clean_text", true)
                .put("handle_chinese_chars", true).put("lowercase", true).putNull("strip_accents");
        json.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        ObjectNode ends = json.putObject("post_processor").put("type", "BertProcessing");
        ends.putArray("sep").add("[SEP]").add(ids.get("[SEP]"));
        ends.putArray("cls").add("[CLS]").add(ids.get("[CLS]"));
        json.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = json.putObject("model").put("type", "WordPiece").put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", "##").put("max_input_chars_per_word", MAX_WORD_CHARS);
        ObjectNode vocab = model.putObject("vocab");
        ids.forEach(vocab::put);
        return json;
    }

    /**
     * The same without its special tokens, for the library to tokenize with: it looks for those in the text before
     * anything else, so that a user's "[SEP]" would end the sentence.
     */
    static String withoutSpecialTokens(ObjectNode json) {
        ObjectNode copy = json.objectNode();
        copy.setAll(json);
        ArrayNode kept = copy.putArray("added_tokens");
        for (JsonNode added : json.path("added_tokens")) {
            if (!added.path("special").asBoolean()) {
                kept.add(added);
            }
        }
        return copy.toString();
    }
}
