package org.scibert.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/**
 * The tokenizer.json of Hugging Face's tokenizers: read from a file, or written from a vocab.txt of BERT.
 *
 * @see <a href="https://huggingface.co/docs/tokenizers/components">its components</a>
 */
final class TokenizerJson {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    /** BERT's own limit; a longer word is [UNK]. */
    private static final int MAX_WORD_CHARS = 100;

    private TokenizerJson() {}

    /** The file without padding and truncation, which are ours to decide: packaged files carry those of their demo. */
    static ObjectNode parse(String json, String source) throws TokenizerException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new TokenizerException(source + " is not JSON: " + e.getOriginalMessage(), e);
        }
        String model = root.path("model").path("type").asText("none");
        if (!model.equals("WordPiece")) {
            throw new TokenizerException(
                    "%s has a model of type %s; BERT's is WordPiece".formatted(source, model));
        }
        ObjectNode file = (ObjectNode) root;
        file.putNull("truncation");
        file.putNull("padding");
        return file;
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
                throw new TokenizerException("%s has \"%s\" on line %d and again on line %d; a piece has one id"
                        .formatted(vocabulary, piece, earlier + 1, ids.size() + 1));
            }
        }
        return ids;
    }
}
