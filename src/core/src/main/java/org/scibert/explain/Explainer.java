package org.scibert.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.scibert.classifier.Classifier;
import org.scibert.explain.Explanation.Method;
import org.scibert.explain.Explanation.Part;
import org.scibert.explain.TextParts.TextPart;
import org.scibert.io.Text;
import org.scibert.network.Network.Attribution;
import org.scibert.text.Encoding;
import org.scibert.text.TokenizedText;

/**
 * Explains single texts with a classifier, which stays the caller's. Several threads may explain at once.
 *
 * <p>Only what the network reads is explained, where it decides alone: a text longer than the model's tokens loses its end.
 */
public final class Explainer {
    /** Steps of integrated gradients, tried in turn until the error is small enough. */
    private static final int[] STEPS = {20, 50, 100};
    private static final double MAX_ERROR = 0.05;
    /** Rows that occlusion may send through the network for words: the decisive sentences' words come first. */
    private static final int MAX_WORDS = 128;

    private final Classifier classifier;

    public Explainer(Classifier classifier) {
        this.classifier = classifier;
    }

    /**
     * Explains one logit of a text.
     *
     * @param output from 0 to C − 1
     * @param beforeEachPass may throw, to end the work early: at a deadline, or when nobody waits for it any more
     * @throws IllegalArgumentException if the network has no such output, or the tokenizer leaves nothing of the text
     */
    public Explanation explain(String text, int output, Method method, Runnable beforeEachPass) {
        int outputs = classifier.config().network().outputs();
        if (output < 0 || output >= outputs) {
            throw new IllegalArgumentException(Text.format("there is no output %d, the network has %d",
                    output, outputs));
        }
        TokenizedText tokens = classifier.tokenizer().tokenize(text, classifier.config().maxTokens());
        if (tokens.encoding().isBlank()) {
            throw new IllegalArgumentException("the tokenizer leaves nothing of the text");
        }
        Explanation network = switch (method) {
            case OCCLUSION -> occlusion(text, tokens, output, beforeEachPass);
            case INTEGRATED_GRADIENTS -> integratedGradients(text, tokens, output, beforeEachPass);
        };
        return classifier.lexicon()
                .map(lexicon -> LexicalParts.added(
                        text, network, lexicon, classifier.config().blend().orElseThrow()))
                .orElse(network);
    }

    /** Sentences first, then the words of the sentences that move the logit most, as far as the budget goes. */
    private Explanation occlusion(String text, TokenizedText tokens, int output, Runnable beforeEachPass) {
        Encoding whole = tokens.encoding();
        float logit = logits(List.of(whole), output, beforeEachPass)[0];
        List<TextPart> sentences = TextParts.sentences(text, tokens);
        List<Part> sentenceParts = occluded(whole, sentences, logit, output, beforeEachPass);
        List<TextPart> words = decisive(TextParts.words(text, tokens), sentenceParts, MAX_WORDS);
        List<Part> wordParts = occluded(whole, words, logit, output, beforeEachPass);
        int passes = 1 + sentences.size() + words.size();
        return new Explanation(Method.OCCLUSION, output, logit, wordParts, sentenceParts, passes, Double.NaN);
    }

    /** At most so many words, those of the sentences that move the logit most, in the text's order. */
    static List<TextPart> decisive(List<TextPart> words, List<Part> sentences, int most) {
        List<Part> byWeight = sentences.stream()
                .sorted(Comparator.comparingDouble((Part sentence) -> -Math.abs(sentence.contribution())))
                .toList();
        List<TextPart> chosen = new ArrayList<>();
        for (Part sentence : byWeight) {
            words.stream()
                    .filter(word -> word.start() >= sentence.start() && word.start() < sentence.end())
                    .limit(most - chosen.size())
                    .forEach(chosen::add);
        }
        chosen.sort(Comparator.comparingInt(TextPart::start));
        return chosen;
    }

    private List<Part> occluded(
            Encoding whole, List<TextPart> parts, float logit, int output, Runnable beforeEachPass) {
        List<Encoding> masked = parts.stream().map(part -> masked(whole, part.tokens())).toList();
        float[] logits = logits(masked, output, beforeEachPass);
        return IntStream.range(0, parts.size())
                .mapToObj(i -> new Part(parts.get(i).start(), parts.get(i).end(), (double) logit - logits[i]))
                .toList();
    }

    private Encoding masked(Encoding whole, List<Integer> tokens) {
        int[] ids = whole.inputIds().clone();
        tokens.forEach(token -> ids[token] = classifier.tokenizer().maskId());
        return new Encoding(ids, whole.total());
    }

    private float[] logits(List<Encoding> rows, int output, Runnable beforeEachPass) {
        float[] logits = new float[rows.size()];
        for (int from = 0; from < rows.size(); from += Classifier.BATCH_ROWS) {
            beforeEachPass.run();
            List<float[]> batch = classifier.logits(
                    rows.subList(from, Math.min(from + Classifier.BATCH_ROWS, rows.size())), () -> { });
            for (int i = 0; i < batch.size(); i++) {
                logits[from + i] = batch.get(i)[output];
            }
        }
        return logits;
    }

    private Explanation integratedGradients(String text, TokenizedText tokens, int output, Runnable beforeEachPass) {
        float logit = logits(List.of(tokens.encoding()), output, beforeEachPass)[0];
        int passes = 1;
        Attribution attribution = null;
        for (int steps : STEPS) {
            beforeEachPass.run();
            attribution = classifier.integratedGradients(tokens.encoding(), output, steps);
            passes += steps;
            if (attribution.completenessError() <= MAX_ERROR) {
                break;
            }
        }
        float[] contributions = attribution.contributions();
        return new Explanation(
                Method.INTEGRATED_GRADIENTS,
                output,
                logit,
                summed(TextParts.words(text, tokens), contributions),
                summed(TextParts.sentences(text, tokens), contributions),
                passes,
                attribution.completenessError());
    }

    private static List<Part> summed(List<TextPart> parts, float[] contributions) {
        return parts.stream()
                .map(part -> new Part(part.start(), part.end(),
                        part.tokens().stream().mapToDouble(token -> contributions[token]).sum()))
                .toList();
    }
}
