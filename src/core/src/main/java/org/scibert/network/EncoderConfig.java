package org.scibert.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.scibert.io.Text;

/**
 * The geometry of a BERT encoder, as a Hugging Face config.json gives it.
 *
 * @param layers transformer layers ({@code num_hidden_layers}), L
 * @param heads attention heads a layer; divides {@code hiddenSize}
 * @param hiddenSize width of a token's vector, H
 * @param intermediateSize width of the feed-forward layer, F
 * @param vocabSize rows of the word embedding, V
 * @param maxPositions longest sequence of tokens, [CLS] and [SEP] included, P
 * @param typeVocabSize rows of the token type embedding; only row 0 is used
 * @param layerNormEps added to the variance in LayerNorm; 1e-12 where the file is silent, as SciBERT's is
 * @param activation of the feed-forward layer
 * @param hiddenDropout probability after embeddings and sub-layers, in training
 * @param attentionDropout probability on attention weights, in training
 * @param padTokenId input id of [PAD]; 0 where the file is silent
 */
public record EncoderConfig(
        int layers,
        int heads,
        int hiddenSize,
        int intermediateSize,
        int vocabSize,
        int maxPositions,
        int typeVocabSize,
        double layerNormEps,
        Activation activation,
        double hiddenDropout,
        double attentionDropout,
        int padTokenId) {

    public EncoderConfig {
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", heads);
        positive("hidden_size", hiddenSize);
        positive("intermediate_size", intermediateSize);
        positive("vocab_size", vocabSize);
        positive("max_position_embeddings", maxPositions);
        positive("type_vocab_size", typeVocabSize);
        probability("hidden_dropout_prob", hiddenDropout);
        probability("attention_probs_dropout_prob", attentionDropout);
        if (hiddenSize % heads != 0) {
            throw new IllegalArgumentException(Text.format("hidden_size %d is not a multiple of num_attention_heads %d",
                    hiddenSize, heads));
        }
        if (!(layerNormEps > 0)) {
            throw new IllegalArgumentException("layer_norm_eps must be above 0, is " + layerNormEps);
        }
        if (padTokenId < 0 || padTokenId >= vocabSize) {
            throw new IllegalArgumentException(
                    Text.format("pad_token_id %d is outside the vocabulary of %d", padTokenId, vocabSize));
        }
    }

    /**
     * Reads a Hugging Face config.json.
     *
     * @throws IllegalArgumentException if it describes something other than BERT with absolute positions, or lacks a
     *     size; the message names the key
     */
    public static EncoderConfig parse(JsonNode json) {
        String type = json.path("model_type").asText("bert");
        if (!type.equals("bert")) {
            throw new IllegalArgumentException(Text.format("model_type \"%s\" is not supported; use a BERT encoder",
                    type));
        }
        String positions = json.path("position_embedding_type").asText("absolute");
        if (!positions.equals("absolute")) {
            throw new IllegalArgumentException(
                    Text.format("position_embedding_type \"%s\" is not supported; use \"absolute\"", positions));
        }
        return new EncoderConfig(
                size(json, "num_hidden_layers"),
                size(json, "num_attention_heads"),
                size(json, "hidden_size"),
                size(json, "intermediate_size"),
                size(json, "vocab_size"),
                size(json, "max_position_embeddings"),
                json.path("type_vocab_size").asInt(2),
                json.path("layer_norm_eps").asDouble(1e-12),
                Activation.ofHiddenAct(json.path("hidden_act").asText("gelu")),
                json.path("hidden_dropout_prob").asDouble(0.1),
                json.path("attention_probs_dropout_prob").asDouble(0.1),
                json.path("pad_token_id").asInt(0));
    }

    /** The config.json that {@link #parse} reads back. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model_type", "bert");
        json.put("num_hidden_layers", layers);
        json.put("num_attention_heads", heads);
        json.put("hidden_size", hiddenSize);
        json.put("intermediate_size", intermediateSize);
        json.put("vocab_size", vocabSize);
        json.put("max_position_embeddings", maxPositions);
        json.put("type_vocab_size", typeVocabSize);
        json.put("layer_norm_eps", layerNormEps);
        json.put("hidden_act", activation.hiddenAct());
        json.put("hidden_dropout_prob", hiddenDropout);
        json.put("attention_probs_dropout_prob", attentionDropout);
        json.put("pad_token_id", padTokenId);
        json.put("position_embedding_type", "absolute");
        return json;
    }

    private static int size(JsonNode json, String key) {
        if (!json.path(key).canConvertToInt()) {
            throw new IllegalArgumentException(Text.format("config.json has no whole number \"%s\"", key));
        }
        return json.path(key).asInt();
    }

    private static void positive(String key, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(Text.format("%s must be above 0, is %d", key, value));
        }
    }

    private static void probability(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(Text.format("%s must be in [0, 1), is %s", key, value));
        }
    }
}
