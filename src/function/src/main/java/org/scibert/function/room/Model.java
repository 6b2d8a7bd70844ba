package org.scibert.function.room;

import java.util.List;
import org.scibert.classifier.Classification;
import org.scibert.decision.Decision;
import org.scibert.decision.Task;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.TokenizedText;

/** A classifier in service. Serves any number of threads; none may use it while it is closed. */
public interface Model extends AutoCloseable {
    /** What is known of it. */
    ModelAnswer about();

    /** What its head decides. */
    Task task();

    /**
     * Turns each text into tokens, in order.
     *
     * @param maxTokens most tokens of one text, [CLS] and [SEP] included; the rest is cut
     */
    List<Encoding> encode(List<String> texts, int maxTokens);

    /** The same, with the tokens as a person reads them. */
    List<TokenizedText> tokenize(List<String> texts, int maxTokens);

    /**
     * Classifies each, in order.
     *
     * @param encodings none longer than {@link ModelAnswer#maxTokens()}
     */
    List<Classification> classify(List<Encoding> encodings);

    /** What one text's logits, (C), mean. */
    Decision decide(float[] logits);

    /** The encodings as the network reads them. */
    Batch batch(List<Encoding> encodings);

    @Override
    void close();
}
