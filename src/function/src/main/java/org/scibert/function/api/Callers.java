package org.scibert.function.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.keys.Keys;
import org.scibert.function.serving.UnavailableException;
import org.scibert.function.serving.UnavailableException.Reason;
import org.scibert.function.settings.Setting;
import org.scibert.function.settings.StartFailure;
import org.scibert.function.telemetry.Meters;
import org.scibert.io.Text;

/**
 * Who may ask, and for how much: where {@code API_KEYS} is set, a request shows a key as a bearer token (RFC 6750), or
 * in {@code X-API-Key} where AWS's signature or a gateway's token takes the header {@code Authorization}, and its texts
 * come off the budget of the key's holder. Where it is not, anybody may ask.
 */
@Singleton
public final class Callers {
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String REALM = "Bearer realm=\"classifier\"";
    /** A scheme is in any case, RFC 9110; a token is a {@code b64token}. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer)(?: +([A-Za-z0-9._~+/-]+=*))?");
    private static final Pattern OTHER_SCHEME = Pattern.compile("(?!(?i:bearer)\\b)[A-Za-z0-9!#$%&'*+.^_`|~-]+( .*)?");

    private final Keys keys;
    private final boolean asks;
    private final Meters meters;
    private final Set<Part> wanting;

    /** What may be protected beside the endpoints that read texts or describe the model, which always are. */
    enum Part {
        PAGE,
        OPENAPI,
        HEALTH,
        METRICS;

        private boolean holds(String path) {
            return switch (this) {
                case PAGE -> path.equals("/") || path.startsWith("/page/");
                case OPENAPI -> path.equals(Endpoint.OPENAPI.path());
                case HEALTH -> path.startsWith("/q/health");
                case METRICS -> path.startsWith("/q/metrics");
            };
        }
    }

    @Inject
    Callers(Config config, Keys keys, Meters meters, ResponseHeaders headers) {
        this(keys, meters, parts(Setting.of(config, "api.keys.protect"), keys));
        if (keys.areAsked() && headers.allowsAny()) {
            throw StartFailure.of("CORS_ORIGINS is \"*\" and API_KEYS is set: every page could use a key that somebody"
                    + " types into it; name the origins that may");
        }
    }

    /** @param wanting a key too */
    Callers(Keys keys, Meters meters, Set<Part> wanting) {
        this.keys = keys;
        this.asks = keys.areAsked();
        this.meters = meters;
        this.wanting = wanting;
    }

    private static Set<Part> parts(Setting setting, Keys keys) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : setting.text().map(text -> text.split(",")).orElse(new String[0])) {
            parts.add(Arrays.stream(Part.values())
                    .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> StartFailure.of(Text.format(
                            "API_KEYS_PROTECT must be some of page, openapi, health, metrics, with commas between"
                                    + " them; it holds \"%s\"", name.strip()))));
        }
        if (!parts.isEmpty() && !keys.areAsked()) {
            throw StartFailure.of("API_KEYS_PROTECT asks for keys, and there are none; set API_KEYS, or unset it");
        }
        return parts;
    }

    /** Reads the keys again if that is due, where no timer runs between requests: on Lambda. */
    public void lookIfDue() {
        if (asks) {
            keys.lookIfDue();
        }
    }

    /**
     * Lets a request in.
     *
     * @return the name of the key's holder; empty where no key is asked for
     * @throws Refusal if the request shows no key, or one that is not taken
     */
    public Optional<String> admit(Request request) {
        if (!asks || request.method().equals("OPTIONS") || !wantsKey(request.path())) {
            return Optional.empty();
        }
        String key = request.header("x-api-key");
        String shown = key == null ? request.header("authorization") : "Bearer " + key.strip();
        if (shown == null || OTHER_SCHEME.matcher(shown.strip()).matches()) {
            throw new Refusal(Problem.UNAUTHORIZED, "this function wants a key; send it as Authorization: Bearer KEY,"
                    + " or as X-API-Key: KEY",
                    Map.of(CHALLENGE, REALM));
        }
        Matcher bearer = BEARER.matcher(shown.strip());
        Optional<String> name =
                bearer.matches() && bearer.group(1) != null ? keys.nameOf(bearer.group(1)) : Optional.empty();
        if (name.isEmpty()) {
            throw new Refusal(Problem.INVALID_TOKEN, "this key is not taken: it is mistyped, or was revoked",
                    Map.of(CHALLENGE, REALM + ", error=\"invalid_token\", error_description=\"the key is not taken\""));
        }
        return name;
    }

    private boolean wantsKey(String path) {
        Optional<Endpoint> endpoint = Endpoint.at(path);
        return endpoint.isPresent() && endpoint.get() != Endpoint.OPENAPI
                || wanting.stream().anyMatch(part -> part.holds(path));
    }

    /**
     * Does work on texts at the expense of a key's holder. Texts that are refused are given back; those of a caller who
     * hung up or whose time passed are not, since they were worked on.
     *
     * @param key from {@link #admit}
     * @throws Refusal if the holder has used up the texts
     */
    <T> T spend(Optional<String> key, int texts, Supplier<T> work) {
        if (key.isEmpty()) {
            return work.get();
        }
        String name = key.get();
        Duration wait = keys.take(name, texts);
        if (!wait.isZero()) {
            meters.countKey(name, "budget_exceeded", 0);
            long seconds = (wait.toMillis() + 999) / 1000;
            throw new Refusal(Problem.BUDGET_EXCEEDED,
                    Text.format("the key of %s has used up its texts; ask again in %s", name,
                            Text.count(seconds, "second")),
                    Map.of("Retry-After", Long.toString(seconds)));
        }
        try {
            T answer = work.get();
            meters.countKey(name, "answered", texts);
            return answer;
        } catch (RuntimeException e) {
            if (!isWorkedOnInVain(e)) {
                keys.giveBack(name, texts);
            }
            meters.countKey(name, "failed", 0);
            throw e;
        }
    }

    private static boolean isWorkedOnInVain(RuntimeException failure) {
        return failure instanceof UnavailableException unavailable
                && (unavailable.reason() == Reason.DEADLINE_EXCEEDED || unavailable.reason() == Reason.ABANDONED);
    }
}
