package org.scibert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is sent, the packaged function answers, and never that it failed. */
class FuzzIT {
    private static final TinyStore STORE = new TinyStore();
    private static FunctionProcess function;
    private static FunctionClient client;

    @BeforeContainer
    static void start() throws Exception {
        Map<String, String> environment = new HashMap<>();
        STORE.start().forEach((property, value) ->
                environment.put(property.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        function = FunctionProcess.start(environment);
        client = new FunctionClient(function.address(), URI.create("http://localhost"));
    }

    @AfterContainer
    static void stop() {
        function.close();
        STORE.stop();
    }

    @Property(tries = 2000, seed = "20261122", shrinking = ShrinkingMode.OFF)
    void nothingThatIsSentMakesItFail(@ForAll("paths") String path, @ForAll("bodies") byte[] body) throws Exception {
        Reply reply = client.overHttp(Exchange.post("fuzz", path, body));

        assertThat(reply.status()).as(reply.body()).isIn(200, 400, 413, 422);
        assertThat(new ObjectMapper().readTree(reply.body()).has(reply.status() == 200 ? "results" : "error")).isTrue();
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("/classify", "/tokenize");
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.oneOf(
                values(3).map(Object::toString).map(FuzzIT::utf8),
                fields().map(FuzzIT::utf8),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200),
                Arbitraries.strings().ofMaxLength(200).map(FuzzIT::utf8));
    }

    /** Requests that are right but for what is in them. */
    private static Arbitrary<String> fields() {
        Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(300).map(FuzzIT::quoted);
        return Arbitraries.oneOf(
                text.map("{\"text\": %s}"::formatted),
                text.list().ofMaxSize(40).map(texts -> "{\"texts\": %s}".formatted(texts)),
                text.map("{\"text\": %s, \"onTooLong\": \"window\"}"::formatted));
    }

    /** Any JSON, with the names that mean something among its own. */
    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.of(true, false, "null", "1e400", "-0", "\"\\u0000\"", "\"\\udc00\""),
                Arbitraries.bigIntegers().map(n -> (Object) n),
                Arbitraries.strings().all().ofMaxLength(20).map(s -> (Object) quoted(s)));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> name = Arbitraries.of("text", "texts", "onTooLong", "Text", "");
        Arbitrary<List<String>> members = name.flatMap(n -> values(depth - 1).map(v -> quoted(n) + ": " + v))
                .list().ofMaxSize(3);
        return Arbitraries.oneOf(
                scalar,
                values(depth - 1).list().ofMaxSize(4).map(list -> (Object) list.toString()),
                members.map(m -> (Object) ("{" + String.join(", ", m) + "}")));
    }

    private static String quoted(String text) {
        try {
            return new ObjectMapper().writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
