package org.scibert.infra.screening;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands between {@code {%} and {@code %}}: JSONata with the functions that Step Functions adds. */
final class Expressions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Jsonata> compiled = new HashMap<>();

    /**
     * A value with its expressions replaced by what they give.
     *
     * @param variables by name, {@code states} among them
     * @throws StateFailure if an expression gives nothing, as Step Functions does
     */
    Object evaluate(Object template, Map<String, Object> variables) {
        if (template instanceof Map<?, ?> map) {
            Map<String, Object> evaluated = new LinkedHashMap<>();
            map.forEach((key, value) -> evaluated.put((String) key, evaluate(value, variables)));
            return evaluated;
        }
        if (template instanceof List<?> list) {
            List<Object> evaluated = new ArrayList<>();
            list.forEach(value -> evaluated.add(evaluate(value, variables)));
            return evaluated;
        }
        if (template instanceof String text && text.startsWith("{%") && text.endsWith("%}")) {
            return expression(text.substring(2, text.length() - 2).strip(), variables);
        }
        return template;
    }

    private Object expression(String text, Map<String, Object> variables) {
        Jsonata expression = compiled.computeIfAbsent(text, Expressions::compile);
        Jsonata.Frame frame = expression.createFrame();
        variables.forEach(frame::bind);
        Object value;
        try {
            value = expression.evaluate(null, frame);
        } catch (JException | IllegalArgumentException e) {
            throw new StateFailure("States.QueryEvaluationError", text + ": " + e.getMessage());
        }
        if (value == null) {
            throw new StateFailure("States.QueryEvaluationError", "nothing comes of " + text);
        }
        return value;
    }

    private static Jsonata compile(String text) {
        Jsonata expression = Jsonata.jsonata(text);
        expression.registerFunction("hash", (String value, String algorithm) -> hash(value, algorithm));
        expression.registerFunction("parse", (String json) -> parse(json));
        return expression;
    }

    private static String hash(String value, String algorithm) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance(algorithm).digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Object parse(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
