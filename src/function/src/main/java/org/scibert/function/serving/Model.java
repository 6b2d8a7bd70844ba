package org.scibert.function.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.scibert.decision.DecisionRule;
import org.scibert.drift.DriftReference;
import org.scibert.explain.Explainer;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explanation;
import org.scibert.network.Precision;
import org.scibert.release.Manifest;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.TokenizedText;

/** A released classifier that is open. Serves any number of threads; none may use it while it is closed. */
public interface Model extends AutoCloseable {
    /**
     * Which model it is; part of every answer.
     *
     * @param name of the classifier, the same over its releases
     * @param version of the release
     */
    record Id(String name, String version) {}

    /**
     * The words' part of a model: its logits are {@code network · the network's + words · the words' + a constant}.
     *
     * @param terms words and pairs of words that have a weight
     * @param networkFactors of each logit, (C)
     * @param wordsFactors of each logit, (C)
     */
    record Words(int terms, List<Double> networkFactors, List<Double> wordsFactors) {}

    Id id();

    /** The release that the model was opened from. */
    Manifest manifest();

    /** The labels, and how logits become a decision. */
    DecisionRule rule();

    /** Most tokens that the network reads at once, [CLS] and [SEP] included. */
    int maxTokens();

    /** Whether longer texts are read in windows where a request says nothing, as they were in training; else cut. */
    default boolean inWindows() {
        return false;
    }

    /** The most tokens that are read of a text: all where it is read in windows. */
    default int tokensRead() {
        return maxTokens();
    }

    /** The precision that the network computes in here. */
    Precision precision();

    /** Why it is that one, for people. */
    String precisionReason();

    /** The release's metrics.json without the curves' points. */
    JsonNode metrics();

    /** What the release's dev texts looked like to it; empty for releases that do not say. */
    Optional<DriftReference> driftReference();

    /** Input id of [UNK], which stands for what the vocabulary has no pieces for. */
    int unknownId();

    /**
     * Turns each text into tokens, in order.
     *
     * @param maxTokens most tokens of one text, [CLS] and [SEP] included; the rest is cut
     */
    List<Encoding> encode(List<String> texts, int maxTokens);

    /** The same with the tokens as a person reads them. */
    List<TokenizedText> tokenize(List<String> texts, int maxTokens);

    /**
     * Returns the network's logits of each encoding, (C), in order.
     *
     * @param encodings none longer than {@link #maxTokens()}
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     */
    List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch);

    /** Whether a text's logits depend on it alone, so that texts of several requests may be read together. */
    default boolean rowsAreIndependent() {
        return true;
    }

    /**
     * The logits that the model decides by: the network's, or their blend with those of the words of each whole text.
     *
     * @param network logits of the texts, (C) each
     */
    List<float[]> blended(List<String> texts, List<float[]> network);

    /** How much the model's words count beside its network; empty if the network decides alone. */
    Optional<Words> words();

    /** The encodings side by side, as the network reads them. */
    Batch batch(List<Encoding> encodings);

    /** The number of labelled rows that the release can name as neighbours of a text; 0 if it was made without. */
    int neighbours();

    /** Texts of the release for people to try: its examples.json; empty if it was made without. */
    Optional<JsonNode> examples();

    /** Explains a label's logit for a text; parameters as with {@link Explainer#explain}. */
    Explanation explain(String text, TokenizedText tokens, Question question, Runnable beforeEachPass);

    @Override
    void close();
}
