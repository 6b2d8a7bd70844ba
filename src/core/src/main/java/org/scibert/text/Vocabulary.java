package org.scibert.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;

/**
 * The vocabulary of a tokenizer.json, checked against the encoder: no more pieces than its word embedding has rows, and
 * the four special pieces that it was pretrained with.
 *
 * @param size pieces, V
 * @param rows of the word embedding; those beyond V are padding, to a multiple of 8 or 64 for a GPU's sake
 * @param clsId input id of [CLS]
 * @param sepId input id of [SEP]
 * @param padId input id of [PAD]
 * @param unkId input id of [UNK]
 * @param maskId input id of [MASK], or of [UNK] where the vocabulary has no [MASK]
 */
record Vocabulary(int size, int rows, int clsId, int sepId, int padId, int unkId, int maskId) {
    /** Least share of the embedding's rows that have a piece: known padding is up to 3 %, a cut file lacks more. */
    private static final double LEAST_SHARE = 0.9;

    /**
     * Checks the vocabulary of a tokenizer.json. Broken copies circulate: cut files, files with a line too many, and
     * those whose [PAD] has moved; an encoder would answer nonsense with each of them.
     *
     * @param source names the vocabulary in messages
     * @param vocabSize rows of the encoder's word embedding
     * @param padTokenId the encoder's id of [PAD]
     */
    static Vocabulary of(JsonNode json, String source, int vocabSize, int padTokenId) throws TokenizerException {
        Map<String, Integer> ids = ids(json);
        if (ids.size() > vocabSize || ids.size() < LEAST_SHARE * vocabSize) {
            throw new TokenizerException(
                    Text.format(
                            "%s has %d pieces, its config.json says vocab_size %d; take both files from the same"
                                    + " encoder",
                            source, ids.size(), vocabSize));
        }
        int size = ids.size();
        BitSet seen = new BitSet(size);
        for (Map.Entry<String, Integer> piece : ids.entrySet()) {
            int id = piece.getValue();
            if (id < 0 || id >= size || seen.get(id)) {
                throw new TokenizerException(Text.format(
                        "%s gives \"%s\" the id %d, which is %s; ids run from 0 to %d, each once",
                        source, piece.getKey(), id,
                                id >= 0 && id < size ? "taken" : "outside the vocabulary", size - 1));
            }
            seen.set(id);
        }
        int unknown = special(ids, source, "[UNK]");
        int pad = special(ids, source, "[PAD]");
        if (pad != padTokenId) {
            throw new TokenizerException(
                    Text.format(
                            "%s has [PAD] at id %d, its config.json says pad_token_id %d; take both files from the"
                                    + " same encoder",
                            source, pad, padTokenId));
        }
        return new Vocabulary(
                size, vocabSize, special(ids, source, "[CLS]"), special(ids, source, "[SEP]"), pad, unknown,
                ids.getOrDefault("[MASK]", unknown));
    }

    /** Sentences for the user on rows of the word embedding without a piece. */
    List<String> notes(String source) {
        return rows == size
                ? List.of()
                : List.of(Text.format(
                        "%s has %d pieces, the word embedding %d rows by config.json's vocab_size: the last %d rows are"
                                + " never used. This is usual where rows were padded; make sure that both files come"
                                + " from the same encoder",
                        source, size, rows, rows - size));
    }

    /** The model's pieces and those added to it, which may repeat the model's. */
    private static Map<String, Integer> ids(JsonNode json) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> piece : json.path("model").path("vocab").properties()) {
            ids.put(piece.getKey(), piece.getValue().asInt(-1));
        }
        for (JsonNode added : json.path("added_tokens")) {
            ids.put(added.path("content").asText(), added.path("id").asInt(-1));
        }
        return ids;
    }

    private static int special(Map<String, Integer> ids, String source, String piece) throws TokenizerException {
        Integer id = ids.get(piece);
        if (id == null) {
            throw new TokenizerException(Text.format(
                    "%s lacks %s; use the vocabulary that the BERT encoder was pretrained with",
                    source, piece));
        }
        return id;
    }
}
