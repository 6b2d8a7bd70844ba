package org.scibert.function.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.Windows;
import org.scibert.decision.Decision;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.decision.Verdict;
import org.scibert.function.serving.Model;
import org.scibert.io.Text;
import org.scibert.text.Encoding;

/**
 * The answer to {@code POST /classify}.
 *
 * @param results one for each text, in order
 * @param model that gave all of them
 */
public record ClassifyAnswer(List<Result> results, Model.Id model) {

    /**
     * Turns logits into answers.
     *
     * @param texts as the network read them
     * @param logits one a text, (C)
     * @param windows that the texts were read in; null if they were cut
     */
    static ClassifyAnswer of(List<Encoding> texts, List<float[]> logits, Model model, Windows windows) {
        DecisionRule rule = model.rule();
        List<Result> results = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Encoding text = texts.get(i);
            Tokens tokens = windows == null
                    ? new Tokens(text.used(), text.total(), text.truncated(), null)
                    : new Tokens(text.total(), text.total(), false, windows.count(i));
            results.add(Result.of(rule.decide(logits.get(i)), rule.task(), tokens));
        }
        return new ClassifyAnswer(results, model.id());
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
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            String label,
            Double probability,
            List<String> labels,
            String decision,
            Map<String, Double> probabilities,
            Tokens tokens) {

        static Result of(Decision decision, Task task, Tokens tokens) {
            if (task == Task.MULTI_LABEL) {
                return new Result(null, null, decision.chosen(), null, decision.probabilities(), tokens);
            }
            String label = decision.chosen().get(0);
            String verdict = decision.verdict().map(Verdict::title).orElse(null);
            return new Result(
                    label, decision.probabilities().get(label), null, verdict, decision.probabilities(), tokens);
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
