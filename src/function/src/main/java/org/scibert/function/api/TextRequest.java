package org.scibert.function.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scibert.io.Text;

/**
 * The body of {@code POST /classify} and {@code POST /tokenize}: {@code {"text": "…"}} or {@code {"texts": ["…", …]}}.
 * It is read strictly: a field that isn't documented is refused, no value is converted.
 *
 * @param texts in the order given
 * @param onTooLong empty for what the release was trained with
 * @param candidate whether a candidate on trial may answer its share of the texts; true unless given
 */
record TextRequest(List<String> texts, Optional<OnTooLong> onTooLong, boolean candidate) {
    private static final String CANDIDATE = "candidate";
    private static final int NAME_SHOWN = 40;

    /** @throws Refusal if the JSON is anything but texts, {@code onTooLong} and {@code candidate} */
    static TextRequest toClassify(JsonNode json) {
        List<String> texts = texts(json, Set.of(OnTooLong.FIELD, CANDIDATE));
        JsonNode onTooLong = json.get(OnTooLong.FIELD);
        JsonNode candidate = json.get(CANDIDATE);
        if (candidate != null && !candidate.isBoolean()) {
            throw new Refusal(Problem.WRONG_TYPE,
                    Text.format("\"%s\" must be a boolean, is %s", CANDIDATE, type(candidate)));
        }
        return new TextRequest(texts, Optional.ofNullable(onTooLong).map(OnTooLong::of),
                candidate == null || candidate.booleanValue());
    }

    /** @throws Refusal if the JSON is anything but texts */
    static TextRequest toTokenize(JsonNode json) {
        return new TextRequest(texts(json, Set.of()), Optional.empty(), false);
    }

    /**
     * Reads texts beside other fields, which are the caller's to read.
     *
     * @throws Refusal if the JSON is anything but texts and these fields
     */
    static TextRequest with(JsonNode json, Set<String> others) {
        return new TextRequest(texts(json, others), Optional.empty(), false);
    }

    /** @throws Refusal that names the first text, counted from 0, that is not within the limits */
    TextRequest require(int maxTexts, int maxLength) {
        if (texts.isEmpty()) {
            throw new Refusal(Problem.NO_TEXT, "\"texts\" is empty; give at least one");
        }
        if (texts.size() > maxTexts) {
            throw new Refusal(Problem.TOO_MANY_TEXTS,
                    Text.format("%d texts are more than the %d of one request", texts.size(), maxTexts));
        }
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            int length = text.codePointCount(0, text.length());
            if (length > maxLength) {
                throw new Refusal(Problem.TEXT_TOO_LONG, Text.format(
                        "text %d has %d characters (code points), more than the %d of one text",
                        i, length, maxLength));
            }
        }
        return this;
    }

    /** @param others fields that may stand beside {@code text} and {@code texts} */
    private static List<String> texts(JsonNode json, Set<String> others) {
        if (json == null || !json.isObject()) {
            throw new Refusal(Problem.WRONG_TYPE,
                    "the body must be an object like {\"text\": \"…\"}, is " + (json == null ? "null" : type(json)));
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("text") && !name.equals("texts") && !others.contains(name)) {
                throw new Refusal(Problem.UNKNOWN_FIELD,
                        Text.format("there is no field \"%s\"; the fields are %s", shown(name), known(others)));
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
            strings.add(string(Text.format("\"texts\"[%d]", strings.size()), t));
        }
        return List.copyOf(strings);
    }

    private static String string(String where, JsonNode json) {
        if (!json.isTextual()) {
            throw new Refusal(Problem.WRONG_TYPE, Text.format("%s must be a string, is %s", where, type(json)));
        }
        return json.textValue();
    }

    /** The type of a value in the words of JSON's grammar; never the value. */
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
