package org.scibert.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scibert.classifier.Classifier;
import org.scibert.decision.Decision;
import org.scibert.decision.DecisionRule;
import org.scibert.explain.Explanation.Method;
import org.scibert.explain.Explanation.Neighbour;
import org.scibert.explain.Explanation.Part;
import org.scibert.explain.Explanation.Tokens;
import org.scibert.explain.TextParts.TextPart;
import org.scibert.io.Text;
import org.scibert.network.Network.Attribution;
import org.scibert.release.LocalRelease;
import org.scibert.text.Encoding;
import org.scibert.text.TokenizedText;

/**
 * Explains single texts with a classifier, which stays the caller's. Several threads may explain at once.
 *
 * <p>The end of a text that the release does not read is explained by a lexicon's words alone, and not without one.
 */
public final class Explainer {
    /** The key of metrics.json under which the training job says how faithful a release's explanations are. */
    public static final String MEASURED = "explanations";

    /** Steps of integrated gradients, tried in turn until the error is small enough. */
    private static final int[] STEPS = {20, 50, 100};
    /** Share of the difference that contributions may miss before more steps are tried. */
    private static final double MAX_ERROR = 0.05;
    /** Rows that may go through the network without a word each: the decisive sentences' words come first. */
    private static final int MAX_WORDS = 128;

    private final Classifier classifier;
    private final Map<Method, String> warnings;
    private final Optional<Neighbours> neighbours;

    private Explainer(Classifier classifier, Map<Method, String> warnings, Optional<Neighbours> neighbours) {
        this.classifier = classifier;
        this.warnings = warnings;
        this.neighbours = neighbours;
    }

    /** An explainer that knows nothing of the release but its classifier. */
    public Explainer(Classifier classifier) {
        this(classifier, Map.of(), Optional.empty());
    }

    /**
     * An explainer that knows how the release's explanations were measured, and its labelled rows.
     *
     * @param release whose files must stay in place
     * @param metrics the release's metrics.json
     */
    public static Explainer open(LocalRelease release, JsonNode metrics, Classifier classifier) throws IOException {
        return new Explainer(classifier, warnings(metrics.path(MEASURED)), Neighbours.open(release));
    }

    /** @param measured the part of metrics.json on explanations; missing in releases that did not measure them */
    private static Map<Method, String> warnings(JsonNode measured) {
        Optional<Method> method = Method.ofTitle(measured.path("method").asText());
        return method.isEmpty() || measured.path("betterThanRandom").asBoolean(true)
                ? Map.of()
                : Map.of(method.get(), Text.format(
                        "on %d texts of dev, words in random order told as much of this model's probabilities as the"
                                + " words of its explanations: do not rely on them",
                        measured.path("rows").asInt()));
    }

    /** The number of labelled rows that the release has; 0 if it was made without. */
    public int neighbours() {
        return neighbours.map(Neighbours::size).orElse(0);
    }

    /**
     * What is asked about a text.
     *
     * @param label whose logit is explained; empty for the one that the text is given, or the most probable one where
     *     it is given none
     * @param neighbours labelled rows to name, most similar first; 0: none
     */
    public record Question(Optional<String> label, Method method, int neighbours) {
        /** The most neighbours of one text. */
        public static final int MOST_NEIGHBOURS = 20;

        /** About the label that the text is given, by the default method, without neighbours. */
        public static final Question DEFAULT = new Question(Optional.empty(), Method.DEFAULT);

        public Question(Optional<String> label, Method method) {
            this(label, method, 0);
        }
    }

    /** Tokenizes a text and explains it; otherwise as {@link #explain(String, TokenizedText, Question, Runnable)}. */
    public Explanation explain(String text, Question question, Runnable beforeEachPass) {
        return explain(text, classifier.tokenize(text), question, beforeEachPass);
    }

    /**
     * Explains a label's logit for a text.
     *
     * @param tokens of the text, as the classifier's tokenizer gives them, no more than the release reads
     * @param beforeEachPass may throw, to end the work early: at a deadline, or when nobody waits for it any more
     * @throws IllegalArgumentException if the model has no such label, the release no labelled rows to name, or the
     *     tokenizer leaves nothing of the text
     * @throws ArithmeticException if the network gives a logit that is not finite
     */
    public Explanation explain(String text, TokenizedText tokens, Question question, Runnable beforeEachPass) {
        DecisionRule rule = classifier.config().rule();
        question.label().ifPresent(label -> Target.of(label, rule)); // refused before the network runs
        if (tokens.encoding().isBlank()) {
            throw new IllegalArgumentException("the tokenizer leaves nothing of the text");
        }
        if (question.neighbours() > 0 && neighbours.isEmpty()) {
            throw new IllegalArgumentException("the release holds no labelled rows");
        }
        float[] logits = classifier.logits(List.of(tokens.encoding()), beforeEachPass).get(0);
        String label = question.label().orElseGet(
                () -> given(rule.decide(classifier.blended(List.of(text), List.of(logits)).get(0))));
        Subject subject = new Subject(text, tokens, Target.of(label, rule), beforeEachPass);
        double logit = subject.target.of(logits);
        Explanation network = switch (question.method()) {
            case LEAVE_ONE_OUT, OCCLUSION -> withoutEach(subject, label, logit, question.method());
            case INTEGRATED_GRADIENTS -> integratedGradients(subject, label, logit);
        };
        Explanation whole = classifier.lexicon()
                .map(lexicon -> new LexicalParts(
                                lexicon, classifier.config().blend().orElseThrow(), subject.target.output,
                                subject.target.sign)
                        .added(text, network))
                .orElse(network);
        return completed(whole, tokens.encoding(), question.neighbours(), beforeEachPass);
    }

    private Explanation completed(Explanation e, Encoding encoding, int count, Runnable beforeEachPass) {
        List<Neighbour> nearest = count == 0
                ? null
                : neighbours.orElseThrow().nearest(
                        classifier.clsVectors(List.of(encoding), beforeEachPass).get(0), count);
        return new Explanation(e.label(), e.logit(), e.method(), e.words(), e.sentences(),
                e.passes() + (nearest == null ? 0 : 1), e.error(), e.tokens(), warnings.get(e.method()), nearest);
    }

    /** The label that a text is given; the most probable one where it is given none. */
    static String given(Decision decision) {
        return decision.chosen().isEmpty()
                ? decision.probabilities().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey()
                : decision.chosen().get(0);
    }

    /**
     * The logit of a label.
     *
     * @param output of the network, from 0 to C − 1
     * @param sign −1 for the negative label of a binary network, else 1
     */
    private record Target(int output, int sign) {
        static Target of(String label, DecisionRule rule) {
            int place = rule.labels().indexOf(label);
            if (place < 0) {
                throw new IllegalArgumentException(
                        Text.format("there is no label \"%s\", the labels are %s", label, rule.labels()));
            }
            return rule.outputs() < rule.labels().size() ? new Target(0, place == 1 ? 1 : -1) : new Target(place, 1);
        }

        double of(float[] logits) {
            return sign * (double) logits[output];
        }
    }

    /** One text that is being explained. */
    private record Subject(String text, TokenizedText tokens, Target target, Runnable beforeEach) {}

    /** Sentences first, then the words of the sentences that move the logit most, as far as the budget goes. */
    private Explanation withoutEach(Subject subject, String label, double logit, Method method) {
        List<TextPart> sentences = TextParts.sentences(subject.text, subject.tokens);
        List<Part> sentenceParts = falls(subject, sentences, logit, method);
        List<TextPart> words = decisive(TextParts.words(subject.text, subject.tokens), sentenceParts, MAX_WORDS);
        List<Part> wordParts = falls(subject, words, logit, method);
        int passes = 1 + sentences.size() + words.size();
        return new Explanation(
                label, logit, method, wordParts, sentenceParts, passes, null, Tokens.of(subject.tokens.encoding()));
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

    private List<Part> falls(Subject subject, List<TextPart> parts, double logit, Method method) {
        Encoding whole = subject.tokens.encoding();
        List<Encoding> without = parts.stream()
                .map(part -> method == Method.OCCLUSION ? masked(whole, part.tokens()) : without(whole, part.tokens()))
                .toList();
        List<float[]> logits = classifier.logits(without, subject.beforeEach);
        return IntStream.range(0, parts.size())
                .mapToObj(i -> new Part(
                        parts.get(i).start(), parts.get(i).end(), logit - subject.target.of(logits.get(i))))
                .toList();
    }

    private Encoding masked(Encoding whole, List<Integer> tokens) {
        int[] ids = whole.inputIds().clone();
        tokens.forEach(token -> ids[token] = classifier.tokenizer().maskId());
        return new Encoding(ids, whole.total());
    }

    private static Encoding without(Encoding whole, List<Integer> tokens) {
        int[] ids = IntStream.range(0, whole.used())
                .filter(token -> !tokens.contains(token))
                .map(token -> whole.inputIds()[token])
                .toArray();
        return new Encoding(ids, ids.length);
    }

    private Explanation integratedGradients(Subject subject, String label, double logit) {
        int passes = 1;
        Attribution attribution = null;
        for (int steps : STEPS) {
            attribution = classifier.integratedGradients(
                    subject.tokens.encoding(), subject.target.output, steps, subject.beforeEach);
            passes += steps;
            if (attribution.completenessError() <= MAX_ERROR) {
                break;
            }
        }
        float[] contributions = attribution.contributions();
        return new Explanation(label, logit, Method.INTEGRATED_GRADIENTS,
                summed(TextParts.words(subject.text, subject.tokens), contributions, subject.target.sign),
                summed(TextParts.sentences(subject.text, subject.tokens), contributions, subject.target.sign),
                passes, attribution.completenessError(), Tokens.of(subject.tokens.encoding()));
    }

    private static List<Part> summed(List<TextPart> parts, float[] contributions, int sign) {
        return parts.stream()
                .map(part -> new Part(part.start(), part.end(),
                        sign * part.tokens().stream().mapToDouble(token -> contributions[token]).sum()))
                .toList();
    }
}
