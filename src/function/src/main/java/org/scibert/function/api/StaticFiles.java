package org.scibert.function.api;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page and openapi.yaml, which the jar and the executable carry: read once, served over HTTP and on Lambda. */
@Singleton
final class StaticFiles {
    /** Listed, because neither a jar nor a native executable can list a folder of its resources. */
    static final List<String> PAGE = List.of(
            "index.html", "icon.svg", "style.css", "main.js", "api.js", "dom.js", "model.js", "reads.js", "reasons.js",
            "service.js",
            "texts.js", "try.js", "records/csv.js", "records/fields.js", "records/json.js", "records/read.js",
            "records/signature.js",
            "records/tagged.js", "records/write.js", "screen/autosave.js", "screen/exports.js", "screen/list.js",
            "screen/progress.js", "screen/project.js", "screen/rank.js", "screen/record.js", "screen/settings.js",
            "screen/stopping.js", "screen/view.js");

    /** The page's policy in place of {@link ResponseHeaders}' own: nothing from another host, nothing inline. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "yaml", "application/yaml");

    private final Map<String, Response> byPath = new LinkedHashMap<>();

    StaticFiles() {
        byPath.put(Endpoint.OPENAPI.path(), read("META-INF/openapi.yaml"));
        PAGE.forEach(name -> byPath.put("/page/" + name, read("page/" + name)));
        byPath.put("/", byPath.remove("/page/index.html"));
    }

    /** Returns the file of a path; empty if there is none. */
    Optional<Response> get(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    private static Response read(String resource) {
        String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        // A new version of the function brings a new page: the browser asks each time.
        headers.put("Cache-Control", "no-cache");
        if (type.startsWith("text/html")) {
            headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        }
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return new Response(200, headers, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
