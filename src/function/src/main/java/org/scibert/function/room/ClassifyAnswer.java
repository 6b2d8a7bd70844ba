package org.scibert.function.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What {@code POST /classify} gives.
 *
 * @param results one for each text, in order
 * @param model the model that all of them come from
 */
public record ClassifyAnswer(List<Result> results, ModelVersion model) {

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

        public Result {
            probabilities.forEach((name, p) -> {
                if (!(p >= 0 && p <= 1)) {
                    throw new IllegalArgumentException(
                            "the model gives label %s the probability %s".formatted(name, p));
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
