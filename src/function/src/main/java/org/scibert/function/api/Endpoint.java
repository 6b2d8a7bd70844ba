package org.scibert.function.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scibert.io.Text;

/** The endpoints, by path and method. */
public enum Endpoint {
    /** Texts to labels. */
    CLASSIFY("/classify", "POST"),
    /** Texts to what the network reads of them. */
    TOKENIZE("/tokenize", "POST"),
    /** Texts to what their words and sentences contribute to a label. */
    EXPLAIN("/explain", "POST"),
    /** The model that answers. */
    MODEL("/model", "GET"),
    /** The description of all this. */
    OPENAPI("/openapi.yaml", "GET");

    private final String path;
    private final String method;

    Endpoint(String path, String method) {
        this.path = path;
        this.method = method;
    }

    /** The path, compared as it arrives: no decoding, no trailing slash. */
    public String path() {
        return path;
    }

    /** The method that does the endpoint's work. */
    public String method() {
        return method;
    }

    /** The methods that the path takes, as the header Allow names them; HEAD is a GET without the body. */
    String allowed() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }

    private boolean takes(String asked) {
        return method.equals(asked) || method.equals("GET") && asked.equals("HEAD");
    }

    /** The endpoint's name in the metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a request carries a body. */
    public boolean takesBody() {
        return method.equals("POST");
    }

    /**
     * A function by its name, which is its path without the slash.
     *
     * @throws Refusal if there is none of that name
     */
    public static Endpoint function(String name) {
        for (Endpoint e : List.of(CLASSIFY, TOKENIZE, EXPLAIN, MODEL)) {
            if (e.path.substring(1).equals(name)) {
                return e;
            }
        }
        throw new Refusal(Problem.UNKNOWN_VALUE, "function must be one of classify, tokenize, explain, model");
    }

    /** Returns the endpoint of a path, whatever the method; empty if there is none. */
    static Optional<Endpoint> at(String path) {
        for (Endpoint e : values()) {
            if (e.path.equals(path)) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    /** @throws Refusal if there is no such path, or another method is wanted */
    static Endpoint of(String method, String path) {
        Endpoint e = at(path).orElseThrow(() -> new Refusal(Problem.NOT_FOUND,
                "there is nothing here; the paths are /, /classify, /tokenize, /explain, /model and /openapi.yaml"));
        if (!e.takes(method)) {
            throw new Refusal(Problem.METHOD_NOT_ALLOWED, Text.format("%s takes %s only", path, e.method),
                    Map.of("Allow", e.allowed()));
        }
        return e;
    }
}
