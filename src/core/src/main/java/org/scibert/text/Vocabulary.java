package org.scibert.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.io.Text;

/**
 * The checked vocabulary of a tokenizer.json: each piece has its own row of the encoder's word embedding, and the
 * special pieces that the encoder was pretrained with are there.
 *
 * @param size pieces; at most V, the rows of the word embedding
 * @param clsId input id of [CLS]
 * @param sepId input id of [SEP]
 * @param padId input id of [PAD]
 * @param maskId input id of [MASK], or of [UNK] where the vocabulary has no [MASK]
 */
record Vocabulary(int size, int clsId, int sepId, int padId, int maskId) {
    /** Rows of a word embedding that may be without a piece however small the vocabulary: padding to a multiple of 128. */
    private static final int MOST_PADDING = 128;

    /**
     * Checks the vocabulary of a tokenizer.json. Broken copies circulate: cut files, files with a line too many, and
     * those whose [PAD] has moved; an encoder would answer nonsense with each of them. An embedding may have a few more
     * rows than there are pieces: some encoders pad it to a multiple of 8 or 64, and dbmdz's Italian BERT has 1000 more.
     *
     * @param source names the vocabulary in messages
     * @param vocabSize rows of the encoder's word embedding
     * @param padTokenId the encoder's id of [PAD]
     */
    static Vocabulary of(JsonNode json, String source, int vocabSize, int padTokenId) throws TokenizerException {
        Map<String, Integer> ids = ids(json);
        if (vocabSize - ids.size() >= Math.max(MOST_PADDING, vocabSize / 10)) {
            throw new TokenizerException(Text.format(
                    "%s has %d pieces, its config.json says vocab_size %d: it is cut off, or"
                    + " of another encoder; take both files from the same encoder", source, ids.size(), vocabSize));
        }
        BitSet seen = new BitSet(vocabSize);
        for (Map.Entry<String, Integer> piece : ids.entrySet()) {
            int id = piece.getValue();
            if (id < 0 || id >= vocabSize || seen.get(id)) {
                boolean taken = id >= 0 && id < vocabSize;
                throw new TokenizerException(Text.format(
                        "%s, of %d pieces, gives \"%s\" the id %d, which is %s; by vocab_size"
                                + " %d of its config.json ids run from 0 to %d, each once; take both files from the same"
                                + " encoder",
                        source, ids.size(), piece.getKey(), id, taken ? "taken" : "outside the word embedding", vocabSize,
                        vocabSize - 1));
            }
            seen.set(id);
        }
        int unknown = special(ids, source, "[UNK]");
        int pad = special(ids, source, "[PAD]");
        if (pad != padTokenId) {
            throw new TokenizerException(Text.format(
                    "%s has [PAD] at id %d, its config.json says pad_token_id %d; take both files from the same encoder",
                    source, pad, padTokenId));
        }
        return new Vocabulary(
                ids.size(), special(ids, source, "[CLS]"), special(ids, source, "[SEP]"), pad,
                ids.getOrDefault("[MASK]", unknown));
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
            throw new TokenizerException("%s lacks %s; use the vocabulary that the BERT encoder was pretrained with"
                    .formatted(source, piece));
        }
        return id;
    }
}
