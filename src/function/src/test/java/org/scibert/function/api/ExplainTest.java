package org.scibert.function.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.decision.Task;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explanation;
import org.scibert.function.serving.FakeModel;
import org.scibert.function.serving.ServingLimits;
import org.scibert.text.TokenizedText;

class ExplainTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"a\"|wrong_type|\"neighbours\" must be a number, is a string",
        "null|wrong_type|\"neighbours\" must be a number, is null",
        "-1|unknown_value|\"neighbours\" must be a whole number from 0 to 20",
        "1.5|unknown_value|\"neighbours\" must be a whole number from 0 to 20",
        "21|unknown_value|\"neighbours\" must be a whole number from 0 to 20",
        "99999999999|unknown_value|\"neighbours\" must be a whole number from 0 to 20",
        "20|unknown_value|\"neighbours\" must be 0 or left out: this release holds no labelled rows",
    })
    void neighboursThatCannotBeNamedAreRefused(String neighbours, String code, String message) throws Exception {
        JsonNode error = Apis.ask(model(), "POST", "/explain", "{\"text\": \"a\", \"neighbours\": " + neighbours + "}")
                .at("/error");

        assertThat(error.at("/code").asText()).isEqualTo(code);
        assertThat(error.at("/message").asText()).isEqualTo(message);
    }

    @Test
    void anAnswerTellsMethodPassesErrorAndWhatWasRead() throws Exception {
        JsonNode result = Apis.ask(model(), "POST", "/explain",
                "{\"text\": \"a bb c d e\", \"method\": \"integrated-gradients\", \"label\": \"yes\"}").at(
                        "/results/0");

        assertThat(result.at("/label").asText()).isEqualTo("yes");
        assertThat(result.at("/method").asText()).isEqualTo("integrated-gradients");
        assertThat(result.at("/passes").asInt()).isEqualTo(1);
        assertThat(result.has("error")).as("of a method without one").isFalse();
        assertThat(result.at("/words/1").toString()).isEqualTo("{\"start\":2,\"end\":4,\"contribution\":2.0}");
        assertThat(result.at("/tokens").toString()).isEqualTo("{\"used\":6,\"total\":7,\"truncated\":true}");
    }

    @Test
    void whileOneIsWorkedOnAnotherIsTurnedAwayAndClassifyingGoesOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        FakeModel slow = new FakeModel(Task.BINARY, List.of("no", "yes")) {
            @Override
            public Explanation explain(String text, TokenizedText tokens, Question question, Runnable beforeEachPass) {
                begun.countDown();
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.explain(text, tokens, question, beforeEachPass);
            }
        };
        Api api = Apis.with(slow, Apis.serving(4, Duration.ofMinutes(1)));
        Request explain = Apis.post("/explain", "{\"text\": \"a\"}");
        CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> Apis.handle(api, explain));
        begun.await();
        try {
            Response second = Apis.handle(api, explain);
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.headers()).containsKey("Retry-After");
            assertThat(Apis.handle(api, Apis.post("/classify", "{\"text\": \"a\"}")).status()).isEqualTo(200);
        } finally {
            ended.countDown();
        }
        assertThat(first.get().status()).isEqualTo(200);
        assertThat(Apis.handle(api, explain).status()).as("the place is free again").isEqualTo(200);
    }

    @Test
    void itsDeadlineIsItsOwn() {
        ServingLimits none = new ServingLimits(4, Duration.ofMinutes(1), Duration.ZERO, 1);
        Api api = Apis.with(model(), none, Apis.admission(none), new SimpleMeterRegistry());

        assertThat(Apis.handle(api, Apis.post("/explain", "{\"text\": \"a\"}")).status()).isEqualTo(503);
        assertThat(Apis.handle(api, Apis.post("/classify", "{\"text\": \"a\"}")).status()).isEqualTo(200);
    }

    private static FakeModel model() {
        return new FakeModel(Task.BINARY, List.of("no", "yes"));
    }
}
