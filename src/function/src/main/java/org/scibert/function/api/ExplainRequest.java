package org.scibert.function.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.scibert.explain.Explanation.Method;
import org.scibert.io.Text;

/**
 * The body of {@code POST /explain}: {@code text} or {@code texts} as for {@code /classify}, {@code label} and
 * {@code method}. It is read as strictly.
 *
 * @param texts in the order given
 * @param label whose logit is explained; null for the label that each text is given
 * @param method {@link Method#OCCLUSION} unless given
 */
record ExplainRequest(List<String> texts, String label, Method method) {
    private static final String LABEL = "label";
    private static final String METHOD = "method";

    /** @throws Refusal if the JSON is anything but a request within the limits */
    static ExplainRequest of(JsonNode json, int maxTexts, int maxLength) {
        TextRequest texts = TextRequest.with(json, Set.of(LABEL, METHOD)).require(Integer.MAX_VALUE, maxLength);
        if (texts.texts().size() > maxTexts) {
            throw new Refusal(Problem.TOO_MANY_TEXTS, Text.format("%d texts are more than the %d that are explained in one request",
                    texts.texts().size(), maxTexts));
        }
        JsonNode label = json.get(LABEL);
        if (label != null && !label.isTextual()) {
            throw new Refusal(Problem.WRONG_TYPE, "\"label\" must be a string, is " + TextRequest.type(label));
        }
        return new ExplainRequest(texts.texts(), label == null ? null : label.textValue(), method(json.get(METHOD)));
    }

    /** The output of the network, and 1 or −1: a binary network has one logit, which is the positive label's. */
    record Target(int output, int sign) {
        /** @throws Refusal if the model has no such label */
        static Target of(String label, List<String> labels, int outputs) {
            int place = labels.indexOf(label);
            if (place < 0) {
                throw new Refusal(Problem.UNKNOWN_VALUE,
                        "\"label\" must be one of the model's labels; GET /model lists them");
            }
            return outputs == 1 ? new Target(0, place == 1 ? 1 : -1) : new Target(place, 1);
        }
    }

    static String title(Method method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Method method(JsonNode json) {
        if (json == null) {
            return Method.OCCLUSION;
        }
        if (!json.isTextual()) {
            throw new Refusal(Problem.WRONG_TYPE, "\"method\" must be a string, is " + TextRequest.type(json));
        }
        return Arrays.stream(Method.values())
                .filter(method -> title(method).equals(json.textValue()))
                .findFirst()
                .orElseThrow(() -> new Refusal(Problem.UNKNOWN_VALUE, "\"method\" must be one of "
                        + Arrays.stream(Method.values()).map(ExplainRequest::title).collect(Collectors.joining(", "))));
    }
}
