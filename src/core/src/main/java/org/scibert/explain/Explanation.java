package org.scibert.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scibert.text.Encoding;

/**
 * What the parts of one text contribute to the logit of a label. Its components, in their order, are the keys of its
 * JSON, wherever it is answered; what is null is left out.
 *
 * @param label whose logit is explained. A binary network has one logit, the positive label's; the negative one's is
 *     its opposite
 * @param logit of the whole text, before calibration, in the precision that is served
 * @param method how the contributions were worked out
 * @param words in the text's order, where the method looked at them
 * @param sentences in the text's order
 * @param passes texts that went through the network: the whole one, those without a part, points of a gradient's path
 * @param error of integrated gradients: the share of the difference to a text of padding that the contributions do not
 *     add up to, 0 being complete; null for the other methods, whose contributions need not add up
 * @param tokens how much of the text was read
 * @param warning why not to trust it; null if nothing is known against it
 * @param neighbours labelled rows of the release that are nearest to the text; null if none were asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
        String label,
        double logit,
        Method method,
        List<Part> words,
        List<Part> sentences,
        int passes,
        Double error,
        Tokens tokens,
        String warning,
        List<Neighbour> neighbours) {
    public Explanation {
        words = List.copyOf(words);
        sentences = List.copyOf(sentences);
        neighbours = neighbours == null ? null : List.copyOf(neighbours);
    }

    /** An explanation without a warning or neighbours. */
    public Explanation(
            String label, double logit, Method method, List<Part> words, List<Part> sentences, int passes, Double error,
            Tokens tokens) {
        this(label, logit, method, words, sentences, passes, error, tokens, null, null);
    }

    /** How contributions are worked out. */
    public enum Method {
        /** A part's contribution is the fall of the logit when the part is taken out (Li et al. 2016). */
        LEAVE_ONE_OUT,
        /** A part's contribution is the fall of the logit when [MASK] stands for its tokens. */
        OCCLUSION,
        /** Integrated gradients on the word embeddings, from [PAD] (Sundararajan et al. 2017). */
        INTEGRATED_GRADIENTS;

        /** The method unless another one is asked for; BENCHMARKS.md of the training job says how they are compared. */
        public static final Method DEFAULT = LEAVE_ONE_OUT;

        /** The name in requests, answers and options, such as {@code integrated-gradients}. */
        @JsonValue
        public String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The titles of all methods, with commas between them. */
        public static String titles() {
            return Arrays.stream(values()).map(Method::title).collect(Collectors.joining(", "));
        }

        /** The method of a title; empty if none has it. */
        public static Optional<Method> ofTitle(String title) {
            return Arrays.stream(values()).filter(method -> method.title().equals(title)).findFirst();
        }
    }

    /**
     * A part of the text.
     *
     * @param start first UTF-16 unit
     * @param end after the last one
     * @param contribution to the logit of the label; positive ones raise it
     */
    public record Part(int start, int end, double contribution) {}

    /**
     * A labelled row that the model learned from.
     *
     * @param id of the row
     * @param label its label; null for a multi-label row
     * @param labels of a multi-label row, perhaps none; else null
     * @param similarity cosine of the two texts' [CLS] vectors, in [−1, 1]
     * @param text the beginning of the row's text; null where the release holds ids alone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Neighbour(String id, String label, List<String> labels, double similarity, String text) {}

    /**
     * How much of a text was read, in tokens, [CLS] and [SEP] included.
     *
     * @param used that the network read
     * @param total that the text has
     * @param truncated whether the end was left out
     */
    public record Tokens(int used, int total, boolean truncated) {
        static Tokens of(Encoding encoding) {
            return new Tokens(encoding.used(), encoding.total(), encoding.truncated());
        }
    }
}
