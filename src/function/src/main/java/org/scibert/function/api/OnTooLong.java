package org.scibert.function.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.scibert.io.Text;

/** What becomes of a text with more tokens than the model reads. */
enum OnTooLong {
    /** Its end is not read, and the answer says so. */
    CUT,
    /** The request is refused. */
    REJECT,
    /** It is read in windows that overlap, and their answers are joined. */
    WINDOW;

    static final String FIELD = "onTooLong";

    /** @throws Refusal if the JSON is not the name of one, in lower case */
    static OnTooLong of(JsonNode json) {
        if (!json.isTextual()) {
            throw new Refusal(Problem.WRONG_TYPE,
                    Text.format("\"%s\" must be a string, is %s", FIELD, TextRequest.type(json)));
        }
        return Arrays.stream(values())
                .filter(v -> v.title().equals(json.textValue()))
                .findFirst()
                .orElseThrow(() -> new Refusal(Problem.UNKNOWN_VALUE, Text.format("\"%s\" must be one of %s",
                        FIELD, Arrays.stream(values()).map(OnTooLong::title).collect(Collectors.joining(", ")))));
    }

    private String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
