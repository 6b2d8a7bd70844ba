package org.scibert.function;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request to send over HTTP or as a Lambda event. */
record Exchange(String name, String method, String path, Map<String, String> headers, byte[] body) {
    static Exchange post(String name, String path, String body) {
        return post(name, path, body.getBytes(StandardCharsets.UTF_8));
    }

    static Exchange post(String name, String path, byte[] body) {
        return new Exchange(name, "POST", path, Map.of("Content-Type", "application/json"), body);
    }

    static Exchange of(String method, String path) {
        return new Exchange(method + " " + path, method, path, Map.of(), new byte[0]);
    }

    Exchange with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Exchange(name + ", " + header + ": " + value, method, path, all, body);
    }

    @Override
    public String toString() {
        return name;
    }
}
