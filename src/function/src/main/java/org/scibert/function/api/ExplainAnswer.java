package org.scibert.function.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.scibert.explain.Explanation;
import org.scibert.function.serving.Model;
import org.scibert.text.Encoding;

/**
 * The answer to {@code POST /explain}.
 *
 * @param results one for each text, in order
 * @param model that was asked
 */
public record ExplainAnswer(List<Result> results, Model.Id model) {

    /**
     * What the parts of one text contribute.
     *
     * @param label whose logit is explained
     * @param logit of the label, before calibration
     * @param method occlusion or integrated-gradients
     * @param words in the text's order, those that the method looked at
     * @param sentences in the text's order
     * @param passes rows that went through the network
     * @param error share that the contributions do not add up to; null for occlusion
     * @param tokens how much of the text was read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            String label,
            double logit,
            String method,
            List<Part> words,
            List<Part> sentences,
            int passes,
            Double error,
            Tokens tokens) {

        static Result of(String label, int sign, Explanation explanation, Encoding encoding) {
            return new Result(
                    label,
                    sign * (double) explanation.logit(),
                    ExplainRequest.title(explanation.method()),
                    explanation.words().stream().map(part -> Part.of(part, sign)).toList(),
                    explanation.sentences().stream().map(part -> Part.of(part, sign)).toList(),
                    explanation.passes(),
                    Double.isNaN(explanation.error()) ? null : explanation.error(),
                    new Tokens(encoding.used(), encoding.total(), encoding.truncated()));
        }
    }

    /**
     * A word or a sentence.
     *
     * @param start first UTF-16 unit in the text
     * @param end after the last one
     * @param contribution to the logit of the label
     */
    public record Part(int start, int end, double contribution) {
        static Part of(Explanation.Part part, int sign) {
            return new Part(part.start(), part.end(), sign * part.contribution());
        }
    }

    /**
     * How much of a text was read, [CLS] and [SEP] included.
     *
     * @param used tokens that the network got
     * @param total tokens of the whole text
     */
    public record Tokens(int used, int total, boolean truncated) {}
}
