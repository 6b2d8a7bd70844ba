package org.scibert.function.room;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * What {@code POST /tokenize} takes: {@code {"text": "…"}} or {@code {"texts": ["…", …]}}.
 *
 * @param texts as given, in order; counts and lengths are checked where the limits are known
 */
public record TokenizeRequest(List<String> texts) {

    /** @throws Refusal if the JSON is anything else */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TokenizeRequest of(JsonNode json) {
        return new TokenizeRequest(TextFields.read(json, Set.of()));
    }
}
