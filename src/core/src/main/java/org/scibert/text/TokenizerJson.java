package org.scibert.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
     * Reads a tokenizer.json and drops its padding and truncation, which are ours to decide: packaged files carry those
     * of their demo. A model without a type, as in the first files of widely used encoders, is known by its fields.
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
                    Text.format("%s has a model of type %s; BERT's is WordPiece: use a BERT encoder", source, type));
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

    private static ObjectNode object(String json, String source) throws TokenizerException {
        try {
            if (Json.MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new TokenizerException(Text.format(
                    "%s is not JSON (at line %d, column %d); take the file that belongs to the encoder",
                    source, e.getLocation().getLineNr(), e.getLocation().getColumnNr()), e);
        }
        throw new TokenizerException(source + " holds no JSON object; take the file that belongs to the encoder");
    }

    /**
     * The tokenizer.json that a vocab.txt stands for.
     *
     * @param config the encoder's tokenizer_config.json; where it is silent, text is lower-cased and loses its accents,
     *     as with BERT-uncased and SciBERT, unless the vocabulary is cased
     */
    static ObjectNode ofVocabulary(Path vocabulary, TokenizerConfig config) throws IOException {
        Map<String, Integer> ids = lines(vocabulary);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = json.putArray("added_tokens");
        for (String piece : SPECIAL) {
            if (ids.containsKey(piece)) {
                added.addObject().put("id", ids.get(piece)).put("content", piece).put("single_word", false)
                        .put("lstrip", false).put("rstrip", false).put("normalized", false).put("special", true);
            }
        }
        json.set("normalizer", config.normalizer(ids.keySet()));
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

    private static Map<String, Integer> lines(Path vocabulary) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(vocabulary);
        } catch (CharacterCodingException e) {
            throw new TokenizerException(vocabulary + " is not UTF-8", e);
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String piece : lines) {
            Integer earlier = ids.putIfAbsent(piece, ids.size());
            if (earlier != null) {
                throw new TokenizerException(Text.format(
                        "%s has \"%s\" on line %d and again on line %d; a piece has one id",
                        vocabulary, piece, earlier + 1, ids.size() + 1));
            }
        }
        return ids;
    }
}
