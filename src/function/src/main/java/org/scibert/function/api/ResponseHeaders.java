package org.scibert.function.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.settings.Setting;
import org.scibert.function.settings.StartFailure;
import org.scibert.io.Text;

/**
 * The headers of every answer, over HTTP and on Lambda, errors too: what a browser must not do with it, and which pages
 * elsewhere may read it ({@code CORS_ORIGINS}). An answer's own headers win over these.
 *
 * <p>Strict-Transport-Security is not among them: it binds every port of a host name, so it is for whoever ends TLS.
 */
@Singleton
public final class ResponseHeaders {
    /** Every page. */
    private static final String ANY = "*";
    /** What browsers send as Origin: no path, no slash at the end. */
    private static final Pattern ORIGIN = Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");

    private static final String POLICY = "Content-Security-Policy";
    /** For what is no page: it loads nothing, and stands in nobody's frame. */
    private static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, String> always = new LinkedHashMap<>();
    private final List<String> origins;

    @Inject
    ResponseHeaders(Config config) {
        this(origins(Setting.of(config, "cors.origins")));
    }

    /** @param origins of pages elsewhere, or {@code *} alone */
    ResponseHeaders(List<String> origins) {
        this.origins = origins;
        always.put("Cache-Control", "no-store");
        always.put(POLICY, NOTHING);
        always.put("Cross-Origin-Resource-Policy", "same-origin");
        always.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        always.put("Referrer-Policy", "no-referrer");
        always.put("X-Content-Type-Options", "nosniff");
        if (!origins.isEmpty() && !allowsAny()) {
            always.put("Vary", "Origin");
        }
    }

    private static List<String> origins(Setting setting) {
        List<String> origins = setting.text().map(text -> Arrays.stream(text.split(",")).map(String::strip).toList())
                .orElse(List.of());
        for (int i = 0; i < origins.size(); i++) {
            String origin = origins.get(i);
            if (!ORIGIN.matcher(origin).matches() && !(origin.equals(ANY) && origins.size() == 1)) {
                throw StartFailure.of(Text.format("CORS_ORIGINS, entry %d is \"%s\"; an origin is written like"
                        + " https://example.org or http://localhost:3000, in lower case and without a path, and \"*\","
                        + " for every page, stands alone", i + 1, origin));
            }
        }
        return origins;
    }

    /** Whether every page may read the answers. */
    boolean allowsAny() {
        return origins.contains(ANY);
    }

    /**
     * The headers of an answer, in order.
     *
     * @param origin of the page that asks, from the request's header; null if it names none
     */
    public Map<String, String> of(String origin) {
        if (!allows(origin)) {
            return always;
        }
        Map<String, String> headers = new LinkedHashMap<>(always);
        headers.put("Access-Control-Allow-Origin", allowsAny() ? ANY : origin);
        headers.put("Access-Control-Expose-Headers", "Model-Version, Retry-After, Server-Timing, WWW-Authenticate");
        return headers;
    }

    /** Answers a browser that asks whether a page elsewhere may send a request; empty for every other request. */
    Optional<Response> preflight(Request request) {
        if (!request.method().equals("OPTIONS") || !allows(request.header("origin"))
                || request.header("access-control-request-method") == null) {
            return Optional.empty();
        }
        return Endpoint.at(request.path()).map(endpoint -> {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Access-Control-Allow-Methods", endpoint.allowed());
            headers.put("Access-Control-Allow-Headers", "Authorization, Content-Encoding, Content-Type, X-API-Key");
            headers.put("Access-Control-Max-Age", "7200"); // the longest that Chromium keeps it
            return new Response(204, headers, new byte[0]);
        });
    }

    private boolean allows(String origin) {
        return origin != null && (allowsAny() || origins.contains(origin));
    }
}
