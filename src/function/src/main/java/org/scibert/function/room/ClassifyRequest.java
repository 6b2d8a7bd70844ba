package org.scibert.function.room;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * What {@code POST /classify} takes: {@code {"text": "…"}} or {@code {"texts": ["…", …]}}.
 *
 * @param texts as given, in order; counts and lengths are checked where the limits are known
 * @param onTooLong {@link OnTooLong#CUT} unless given
 */
public record ClassifyRequest(List<String> texts, OnTooLong onTooLong) {

    /** @throws Refusal if the JSON is anything else */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ClassifyRequest of(JsonNode json) {
        List<String> texts = TextFields.read(json, Set.of(OnTooLong.FIELD));
        JsonNode onTooLong = json.get(OnTooLong.FIELD);
        return new ClassifyRequest(texts, onTooLong == null ? OnTooLong.CUT : OnTooLong.of(onTooLong));
    }
}
