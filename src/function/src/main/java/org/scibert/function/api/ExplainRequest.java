package org.scibert.function.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scibert.decision.DecisionRule;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explanation.Method;
import org.scibert.function.serving.Model;
import org.scibert.io.Text;

/**
 * The body of {@code POST /explain}: {@code text} or {@code texts} as for {@code /classify}, {@code label},
 * {@code method} and {@code neighbours}. It is read as strictly.
 *
 * @param texts in the order given
 * @param question about each of them
 */
record ExplainRequest(List<String> texts, Question question) {
    private static final String LABEL = "label";
    private static final String METHOD = "method";
    private static final String NEIGHBOURS = "neighbours";

    /** @throws Refusal if the JSON is anything but a request within the limits */
    static ExplainRequest of(JsonNode json, int maxTexts, int maxLength) {
        TextRequest texts =
                TextRequest.with(json, Set.of(LABEL, METHOD, NEIGHBOURS)).require(Integer.MAX_VALUE, maxLength);
        if (texts.texts().size() > maxTexts) {
            throw new Refusal(Problem.TOO_MANY_TEXTS,
                    Text.format("%d texts are more than the %d that are explained in one request",
                    texts.texts().size(), maxTexts));
        }
        JsonNode label = json.get(LABEL);
        if (label != null && !label.isTextual()) {
            throw new Refusal(Problem.WRONG_TYPE, "\"label\" must be a string, is " + TextRequest.type(label));
        }
        return new ExplainRequest(texts.texts(), new Question(
                Optional.ofNullable(label).map(JsonNode::textValue), method(json.get(METHOD)),
                neighbours(json.get(NEIGHBOURS))));
    }

    /** @throws Refusal if the model has no such label, or its release no labelled rows to name */
    void check(Model model) {
        DecisionRule rule = model.rule();
        if (question.label().filter(label -> !rule.labels().contains(label)).isPresent()) {
            throw new Refusal(Problem.UNKNOWN_VALUE,
                    "\"label\" must be one of the model's labels; GET /model lists them");
        }
        if (question.neighbours() > 0 && model.neighbours() == 0) {
            throw new Refusal(Problem.UNKNOWN_VALUE,
                    "\"neighbours\" must be 0 or left out: this release holds no labelled rows");
        }
    }

    private static int neighbours(JsonNode json) {
        if (json == null) {
            return 0;
        }
        if (!json.isNumber()) {
            throw new Refusal(Problem.WRONG_TYPE, "\"neighbours\" must be a number, is " + TextRequest.type(json));
        }
        if (!json.isInt() || json.intValue() < 0 || json.intValue() > Question.MOST_NEIGHBOURS) {
            throw new Refusal(Problem.UNKNOWN_VALUE, Text.format(
                    "\"neighbours\" must be a whole number from 0 to %d", Question.MOST_NEIGHBOURS));
        }
        return json.intValue();
    }

    private static Method method(JsonNode json) {
        if (json == null) {
            return Method.DEFAULT;
        }
        if (!json.isTextual()) {
            throw new Refusal(Problem.WRONG_TYPE, "\"method\" must be a string, is " + TextRequest.type(json));
        }
        return Method.ofTitle(json.textValue())
                .orElseThrow(() -> new Refusal(Problem.UNKNOWN_VALUE, "\"method\" must be one of "
                        + Method.titles()));
    }
}
