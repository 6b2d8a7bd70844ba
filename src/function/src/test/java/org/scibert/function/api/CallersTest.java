package org.scibert.function.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.decision.Task;
import org.scibert.function.keys.KeySettings;
import org.scibert.function.keys.Keys;
import org.scibert.function.serving.Admission;
import org.scibert.function.serving.Deadline;
import org.scibert.function.serving.FakeModel;
import org.scibert.function.serving.UnavailableException;
import org.scibert.function.telemetry.Meters;
import org.scibert.signing.ApiKey;

class CallersTest {
    private static final String KEY = ApiKey.PREFIX + "0".repeat(64);
    private static final Optional<String> ALICE = Optional.of("alice");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Callers callers = callers(EnumSet.noneOf(Callers.Part.class));
    private long millis;

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void aKeyLetsItsHolderIn(String scheme) {
        assertThat(callers.admit(request("POST", "/classify", scheme + KEY))).isEqualTo(ALICE);
        assertThat(callers.admit(request("GET", "/model", scheme + KEY + " "))).isEqualTo(ALICE);
    }

    /** AWS_IAM and a gateway with tokens take Authorization for themselves. */
    @Test
    void aKeyMayComeBesideASignatureOrAnotherToken() {
        String signature = "AWS4-HMAC-SHA256 Credential=x, Signature=y";

        for (String authorization : List.of(signature, "Bearer eyJhbGciOiJub25lIn0.e30.")) {
            assertThat(callers.admit(new Request("POST", "/classify",
                    Map.of("authorization", authorization, "x-api-key", KEY), new byte[0]))).isEqualTo(ALICE);
        }
        for (String wrong : List.of("", KEY + "0", "Bearer " + KEY)) {
            assertThat(refusal(new Request("POST", "/classify",
                    Map.of("authorization", "Bearer " + KEY, "x-api-key", wrong), new byte[0])).problem())
                    .isEqualTo(Problem.INVALID_TOKEN);
        }
    }

    /** RFC 6750, 3.1: no error code for a caller who did not know that a token is wanted. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic YTpi", "AWS4-HMAC-SHA256 Credential=x, Signature=y", "BearerX a", "Negotiate", "KEY"})
    void whoShowsNoKeyIsToldThatOneIsWanted(String authorization) {
        Refusal refusal = refusal(request("POST", "/classify", authorization.replace("KEY", KEY)));

        assertThat(refusal.problem()).isEqualTo(Problem.UNAUTHORIZED);
        assertThat(refusal.headers()).isEqualTo(Map.of("WWW-Authenticate", "Bearer realm=\"classifier\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "Bearer wrong", "Bearer KEY0", "Bearer KEY KEY", "Bearer KEY,Bearer KEY",
        "Bearer \u00E9", "Bearer\tKEY", "Bearer \"KEY\"", "Bearer =KEY", "Bearer: KEY"})
    void aKeyThatIsNotTakenIsAnInvalidToken(String authorization) {
        Refusal refusal = refusal(request("POST", "/classify", authorization.replace("KEY", KEY)));

        assertThat(refusal.problem()).isEqualTo(Problem.INVALID_TOKEN);
        assertThat(refusal.headers()).containsOnly(Map.entry("WWW-Authenticate", "Bearer realm=\"classifier\", "
                + "error=\"invalid_token\", error_description=\"the key is not taken\""));
        assertThat(refusal.getMessage()).doesNotContain(KEY);
    }

    @Test
    void whatNeedsAKeyIsChosenBesideTheFunctions() {
        List<String> always = List.of("/classify", "/tokenize", "/explain", "/model");
        List<String> open = List.of("/nowhere", "/classify/", "/q/other");
        Map<Callers.Part, List<String>> chosen = Map.of(
                Callers.Part.PAGE, List.of("/", "/page/main.js"),
                Callers.Part.OPENAPI, List.of("/openapi.yaml"),
                Callers.Part.HEALTH, List.of("/q/health", "/q/health/ready"),
                Callers.Part.METRICS, List.of("/q/metrics"));

        for (Callers.Part part : Callers.Part.values()) {
            Callers protecting = callers(EnumSet.of(part));
            always.forEach(path -> assertThat(wantsKey(protecting, path)).as(path).isTrue());
            open.forEach(path -> assertThat(wantsKey(protecting, path)).as(path).isFalse());
            chosen.forEach((other, paths) -> paths.forEach(path ->
                    assertThat(wantsKey(protecting, path)).as(path).isEqualTo(other == part)));
        }
        assertThat(callers.admit(request("OPTIONS", "/classify", ""))).as("a preflight carries no key").isEmpty();
        assertThat(Apis.callers("").admit(request("POST", "/classify", ""))).as("without keys").isEmpty();
    }

    @Test
    void textsComeOffTheBudgetUntilItIsUsedUp() {
        callers.spend(ALICE, 7, () -> "answered");

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> callers.spend(ALICE, 5, () -> "not answered"));
        assertThat(refusal.problem()).isEqualTo(Problem.BUDGET_EXCEEDED);
        assertThat(refusal).hasMessage("the key of alice has used up its texts; ask again in 12 seconds");
        assertThat(refusal.headers()).containsOnly(Map.entry("Retry-After", "12"));
        millis = 12_000;
        assertThat(callers.spend(ALICE, 5, () -> "answered")).isEqualTo("answered");
        assertThat(callers.spend(Optional.empty(), 1000, () -> "anybody")).isEqualTo("anybody");

        assertThat(count("classifier.key.requests", "result", "answered")).isEqualTo(2);
        assertThat(count("classifier.key.requests", "result", "budget_exceeded")).isEqualTo(1);
        assertThat(count("classifier.key.texts", "key", "alice")).isEqualTo(12);
    }

    @Test
    void textsThatWereNotWorkedOnAreGivenBack() {
        for (RuntimeException cheap : List.of(new Refusal(Problem.BLANK_TEXT, ""), Admission.overloaded(),
                new IllegalStateException())) {
            assertThatThrownBy(() -> callers.spend(ALICE, 10, () -> {
                throw cheap;
            })).isSameAs(cheap);
        }
        RuntimeException late = catchThrowableOfType(
                UnavailableException.class, () -> new Deadline(Duration.ZERO).check());
        assertThatThrownBy(() -> callers.spend(ALICE, 10, () -> {
            throw late;
        })).isSameAs(late);
        assertThatThrownBy(() -> callers.spend(ALICE, 1, () -> "")).isInstanceOf(Refusal.class);
        assertThat(count("classifier.key.requests", "result", "failed")).isEqualTo(4);
    }

    @Test
    void eachTextOfEachEndpointCosts() throws Exception {
        Api api = Apis.with(new FakeModel(Task.BINARY, List.of("no", "yes")), Apis.USUAL, Apis.admission(Apis.USUAL),
                new SimpleMeterRegistry(), callers);

        assertThat(ask(api, "/classify", "{\"texts\": [\"a\", \"b\", \"c\", \"d\"]}").status()).isEqualTo(200);
        assertThat(ask(api, "/tokenize", "{\"texts\": [\"a\", \"b\", \"c\", \"d\"]}").status()).isEqualTo(200);
        assertThat(ask(api, "/explain", "{\"text\": \"a\"}").status()).isEqualTo(200);
        assertThat(ask(api, "/classify", "{\"text\": \"\"}").status()).isEqualTo(422);
        Response spent = ask(api, "/explain", "{\"texts\": [\"a\", \"b\"]}");
        assertThat(spent.status()).isEqualTo(429);
        assertThat(spent.headers()).containsEntry("Retry-After", "6");
        assertThat(Apis.json(spent).at("/error/code").asText()).isEqualTo("budget_exceeded");
        assertThat(ask(api, "/classify", "{\"text\": \"a\"}").status()).isEqualTo(200);
    }

    @Test
    void settingsThatCanNotGoTogetherAreRefused() {
        Keys keys = new Keys(
                new KeySettings(Optional.of(ApiKey.of("alice", KEY).entry()), Optional.empty(), Duration.ofMinutes(1)));
        Keys none = new Keys(new KeySettings(Optional.empty(), Optional.empty(), Duration.ofMinutes(1)));

        assertThatThrownBy(
                () -> new Callers(config("cors.origins", "*"), keys, null, new ResponseHeaders(List.of("*"))))
                .hasMessageContaining("CORS_ORIGINS is \"*\" and API_KEYS is set");
        assertThatThrownBy(
                () -> new Callers(config("api.keys.protect", "page"), none, null, new ResponseHeaders(List.of())))
                .hasMessageContaining("API_KEYS_PROTECT asks for keys, and there are none");
        assertThatThrownBy(
                () -> new Callers(config("api.keys.protect", "page, all"), keys, null, new ResponseHeaders(List.of())))
                .hasMessageContaining("API_KEYS_PROTECT must be some of page, openapi, health, metrics")
                .hasMessageEndingWith("it holds \"all\"");
        Callers both =
                new Callers(config("api.keys.protect", "page, metrics"), keys, null, new ResponseHeaders(List.of()));
        assertThat(wantsKey(both, "/") && wantsKey(both, "/q/metrics") && !wantsKey(both, "/openapi.yaml")).isTrue();
    }

    private double count(String name, String tag, String value) {
        return meters.get(name).tag(tag, value).counter().count();
    }

    private static Response ask(Api api, String path, String body) {
        Request request = Apis.post(path, body);
        return Apis.handle(api, new Request("POST", path, Map.of("authorization", "Bearer " + KEY), request.body()));
    }

    private static boolean wantsKey(Callers callers, String path) {
        try {
            callers.admit(request("GET", path, ""));
            return false;
        } catch (Refusal refusal) {
            return true;
        }
    }

    private static Refusal refusal(Request request) {
        Callers callers = Apis.callers(ApiKey.of("alice", KEY).entry());
        return catchThrowableOfType(Refusal.class, () -> callers.admit(request));
    }

    /** @param authorization empty for none */
    private static Request request(String method, String path, String authorization) {
        return new Request(method, path,
                authorization.isEmpty() ? Map.of() : Map.of("authorization", authorization), new byte[0]);
    }

    /** Ten texts a minute for alice. */
    private Callers callers(Set<Callers.Part> parts) {
        KeySettings settings = new KeySettings(
                Optional.of(ApiKey.of("alice", KEY).entry()), Optional.of(10), Duration.ofMinutes(1));
        return new Callers(new Keys(settings, () -> Instant.ofEpochMilli(millis)), new Meters(meters), parts);
    }

    private static Config config(String property, String value) {
        return new SmallRyeConfigBuilder().withDefaultValue(property, value).build();
    }
}
