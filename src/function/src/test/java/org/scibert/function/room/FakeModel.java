package org.scibert.function.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers from a text's length alone. */
public class FakeModel implements Model {
    public static final int MAX_TOKENS = 16;

    @Override
    public ModelAnswer about() {
        return new ModelAnswer("fake", "1", Instant.parse("2026-01-02T03:04:05Z"), "binary",
                List.of("other", "objective"), MAX_TOKENS, JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode().put("f1", 0.5), List.of());
    }

    @Override
    public List<ClassifyAnswer.Result> classify(List<String> texts) {
        List<ClassifyAnswer.Result> results = new ArrayList<>();
        for (String text : texts) {
            double objective = 1 / (1.0 + text.length());
            Map<String, Double> probabilities = new LinkedHashMap<>();
            probabilities.put("other", 1 - objective);
            probabilities.put("objective", objective);
            int total = text.split("\\s+").length + 2;
            results.add(new ClassifyAnswer.Result("other", 1 - objective, null, probabilities,
                    new ClassifyAnswer.Tokens(Math.min(total, MAX_TOKENS), total, total > MAX_TOKENS)));
        }
        return results;
    }

    @Override
    public TokenizeAnswer tokenize(List<String> texts) {
        TokenizeAnswer.Row row = new TokenizeAnswer.Row(List.of("[CLS]", "[SEP]"), List.of(101L, 102L), List.of(1, 1),
                java.util.Arrays.asList(null, null), 2, false);
        return new TokenizeAnswer(texts.size(), 2, texts.stream().map(t -> row).toList(), about().id());
    }

    @Override
    public void close() {}
}
