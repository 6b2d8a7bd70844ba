package org.scibert.function.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.scibert.decision.Decision;
import org.scibert.decision.Task;
import org.scibert.decision.Verdict;
import org.scibert.function.serving.Model;
import org.scibert.function.serving.TextClassifier.Classified;
import org.scibert.io.Text;
import org.scibert.text.Encoding;

/**
 * The answer to {@code POST /classify}.
 *
 * @param results one for each text, in order
 * @param model in service, which gave all of them but a candidate's
 */
public record ClassifyAnswer(List<Result> results, Model.Id model) {

    /**
     * Puts decisions into the form of answers.
     *
     * @param texts as the network read them and the model decided
     */
    static ClassifyAnswer of(List<Classified> texts, Model model) {
        return new ClassifyAnswer(
                texts.stream().map(text -> Result.of(text, model.rule().task())).toList(), model.id());
    }

    /** Tokens that the network read, of all texts together. */
    int tokensUsed() {
        return results.stream().mapToInt(result -> result.tokens().used()).sum();
    }

    /**
     * One text's labels.
     *
     * @param label the label chosen; null if any number may be
     * @param probability of that label, in [0, 1]; null if any number may be
     * @param labels the labels chosen, perhaps none; null if it is always one
     * @param decision include, exclude or ask (a person); null where the model was not released with an error budget
     * @param probabilities of every label, in the model's order
     * @param tokens how much of the text was read
     * @param candidate version of the candidate that decided; null for the model in service
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            String label,
            Double probability,
            List<String> labels,
            String decision,
            Map<String, Double> probabilities,
            Tokens tokens,
            String candidate) {

        static Result of(Classified text, Task task) {
            Encoding read = text.text();
            Decision decision = text.decision();
            Tokens tokens = new Tokens(read.used(), read.total(), read.truncated(), text.windows());
            if (task == Task.MULTI_LABEL) {
                return new Result(null, null, decision.chosen(), null, decision.probabilities(), tokens,
                        text.candidate());
            }
            String label = decision.chosen().get(0);
            String verdict = decision.verdict().map(Verdict::title).orElse(null);
            return new Result(
                    label, decision.probabilities().get(label), null, verdict, decision.probabilities(), tokens,
                    text.candidate());
        }

        public Result {
            probabilities.forEach((name, p) -> {
                if (!(p >= 0 && p <= 1)) {
                    throw new IllegalArgumentException(
                            Text.format("the model gives label %s the probability %s", name, p));
                }
            });
        }
    }

    /**
     * How much of a text was read, in tokens, [CLS] and [SEP] included.
     *
     * @param used that the network read
     * @param total that the text has
     * @param truncated whether the end was left out
     * @param windows that the text was read in; null if windows were not asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tokens(int used, int total, boolean truncated, Integer windows) {}
}
