package org.scibert.function.room;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Reads {@code "text"} or {@code "texts"} strictly: what isn't documented is refused, nothing is converted. */
final class TextFields {
    static final String NOT_AN_OBJECT = "the body must be an object like {\"text\": \"…\"}, is ";

    private static final int NAME_SHOWN = 40;

    private TextFields() {}

    /**
     * The texts of a request.
     *
     * @param others fields that may stand beside {@code text} and {@code texts}
     */
    static List<String> read(JsonNode json, Set<String> others) {
        if (!json.isObject()) {
            throw new Refusal(Problem.WRONG_TYPE, NOT_AN_OBJECT + type(json));
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("text") && !name.equals("texts") && !others.contains(name)) {
                throw new Refusal(Problem.UNKNOWN_FIELD,
                        "there is no field \"%s\"; the fields are %s".formatted(shown(name), known(others)));
            }
        }
        JsonNode text = json.get("text");
        JsonNode texts = json.get("texts");
        if (text != null && texts != null) {
            throw new Refusal(Problem.TEXT_AND_TEXTS, "give \"text\" or \"texts\", not both");
        }
        if (text != null) {
            return List.of(string("\"text\"", text));
        }
        if (texts == null) {
            throw new Refusal(Problem.NO_TEXT, "give \"text\", or \"texts\" for several");
        }
        if (!texts.isArray()) {
            throw new Refusal(Problem.WRONG_TYPE, "\"texts\" must be an array of strings, is " + type(texts));
        }
        List<String> strings = new ArrayList<>(texts.size());
        for (JsonNode t : texts) {
            strings.add(string("\"texts\"[%d]".formatted(strings.size()), t));
        }
        return List.copyOf(strings);
    }

    private static String string(String where, JsonNode json) {
        if (!json.isTextual()) {
            throw new Refusal(Problem.WRONG_TYPE, "%s must be a string, is %s".formatted(where, type(json)));
        }
        return json.textValue();
    }

    /** What a value is, as JSON's grammar calls it; never the value. */
    static String type(JsonNode json) {
        return switch (json.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            default -> "a string";
        };
    }

    private static String shown(String name) {
        return name.codePointCount(0, name.length()) <= NAME_SHOWN
                ? name
                : name.substring(0, name.offsetByCodePoints(0, NAME_SHOWN)) + "…";
    }

    private static String known(Set<String> others) {
        StringBuilder names = new StringBuilder("\"text\", \"texts\"");
        others.stream().sorted().forEach(o -> names.append(", \"").append(o).append('"'));
        return names.toString();
    }
}
