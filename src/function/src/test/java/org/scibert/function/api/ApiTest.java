package org.scibert.function.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.function.serving.Admission;
import org.scibert.function.serving.FakeModel;
import org.scibert.function.serving.ServingLimits;
import org.scibert.text.Encoding;

class ApiTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    @Test
    void aBinaryTaskGivesOneLabelWithItsProbability() throws Exception {
        JsonNode answer = classify(Task.BINARY, "{\"text\": \"a b\"}");

        // Words of one letter: logit 1, probability of the second label 1 / (1 + e^-1).
        assertThat(answer.at("/results/0/label").asText()).isEqualTo("yes");
        assertThat(answer.at("/results/0/probability").asDouble()).isEqualTo(0.7310585786300049, EXACT);
        assertThat(answer.at("/results/0/probabilities/no").asDouble()).isEqualTo(0.2689414213699951, EXACT);
        assertThat(answer.at("/results/0").has("labels")).isFalse();
        assertThat(answer.at("/results/0/tokens").toString()).isEqualTo("{\"used\":4,\"total\":4,\"truncated\":false}");
        assertThat(answer.at("/model").toString())
                .isEqualTo("{\"name\":\"fake\",\"version\":\"20261122T145400Z-00000000\"}");
    }

    @Test
    void aMultiLabelTaskGivesAListOfLabels() throws Exception {
        JsonNode result = classify(Task.MULTI_LABEL, "{\"text\": \"a b\"}").at("/results/0");

        assertThat(result.at("/labels").toString()).isEqualTo("[\"no\"]");
        assertThat(result.has("label")).isFalse();
        assertThat(result.has("probability")).isFalse();
    }

    @Test
    void aTextTooLongIsCutAndTheAnswerSaysSo() throws Exception {
        JsonNode tokens = classify(Task.BINARY, "{\"text\": \"a b c d e\"}").at("/results/0/tokens");

        assertThat(tokens.toString()).isEqualTo("{\"used\":6,\"total\":7,\"truncated\":true}");
    }

    @Test
    void aTextTooLongIsRefusedWhereThatIsWanted() throws Exception {
        String body = "{\"texts\": [\"a\", \"a b c d e\"], \"onTooLong\": \"reject\"}";

        JsonNode error = classify(Task.BINARY, body).at("/error");

        assertThat(error.at("/code").asText()).isEqualTo("text_too_long");
        assertThat(error.at("/message").asText())
                .isEqualTo("text 1 has 7 tokens, more than the 6 that the model reads");
    }

    @Test
    void aTextTooLongIsReadInWindowsWhereThatIsWanted() throws Exception {
        String body = "{\"texts\": [\"a a a a bbbb\", \"cc\"], \"onTooLong\": \"window\"}";

        // Four words a window: a a a a has logit 1, a a a bbbb has 7/4. Two windows, the text's last words in one.
        JsonNode binary = classify(Task.BINARY, body);
        assertThat(binary.at("/results/0/tokens").toString())
                .isEqualTo("{\"used\":7,\"total\":7,\"truncated\":false,\"windows\":2}");
        assertThat(binary.at("/results/0/probability").asDouble()).isEqualTo(1 / (1 + Math.exp(-1.75)), EXACT);
        assertThat(binary.at("/results/1/tokens/windows").asInt()).isEqualTo(1);
        assertThat(binary.at("/results/1/probability").asDouble()).isEqualTo(1 / (1 + Math.exp(-2)), EXACT);

        // Softmax of the means (1.375, -1.375).
        JsonNode multiClass = classify(Task.MULTI_CLASS, body);
        assertThat(multiClass.at("/results/0/probability").asDouble()).isEqualTo(1 / (1 + Math.exp(-2.75)), EXACT);
    }

    @Test
    void aReleaseThatWasTrainedOnWindowsReadsInThemUnlessARequestSaysOtherwise() throws Exception {
        Api api = Apis.with(new FakeModel(Task.BINARY, List.of("no", "yes")) {
            @Override
            public boolean inWindows() {
                return true;
            }
        }, Apis.USUAL);
        String text = "{\"text\": \"a a a a bbbb\"";

        JsonNode whole = Apis.json(Apis.handle(api, Apis.post("/classify", text + "}")));
        assertThat(whole.at("/results/0/tokens").toString())
                .isEqualTo("{\"used\":7,\"total\":7,\"truncated\":false,\"windows\":2}");
        JsonNode cut = Apis.json(Apis.handle(api, Apis.post("/classify", text + ", \"onTooLong\": \"cut\"}")));
        assertThat(cut.at("/results/0/tokens").toString()).isEqualTo("{\"used\":6,\"total\":7,\"truncated\":true}");
        assertThat(Apis.json(Apis.handle(api, Apis.get("/model"))).path("onTooLong").asText()).isEqualTo("window");
    }

    @Test
    void rowsOfABatchArePaddedToTheLongest() throws Exception {
        Api api = Apis.with(new FakeModel(Task.BINARY, List.of("no", "yes")), Apis.USUAL);

        JsonNode answer = Apis.json(Apis.handle(api, Apis.post("/tokenize", "{\"texts\": [\"aa\", \"b ccc\"]}")));

        assertThat(answer.at("/rows").asInt()).isEqualTo(2);
        assertThat(answer.at("/columns").asInt()).isEqualTo(4);
        assertThat(answer.at("/results/0").toString()).isEqualTo("{\"tokens\":[\"[CLS]\",\"aa\",\"[SEP]\",\"[PAD]\"],"
                + "\"inputIds\":[101,2,102,0],\"attentionMask\":[1,1,1,0],\"spans\":[null,[0,2],null,null],"
                + "\"total\":3,\"truncated\":false}");
        assertThat(answer.at("/results/1/spans").toString()).isEqualTo("[null,[0,1],[2,5],null]");
    }

    @Test
    void aFailureIsRefusedWithoutItsMessage() {
        Api api = Apis.with(failing(), Apis.USUAL);

        Response response = Apis.handle(api, Apis.post("/classify", "{\"text\": \"a\"}"));

        assertThat(response.status()).isEqualTo(500);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(
                "{\"error\":{\"code\":\"internal\",\"message\":\"the function failed; the cause is in its log\"}}");
    }

    @Test
    void aLogitThatIsNoNumberIsAnError() {
        Api api = Apis.with(new FakeModel(Task.BINARY, List.of("no", "yes")) {
            @Override
            public List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
                return encodings.stream().map(e -> new float[] {Float.NaN}).toList();
            }
        }, Apis.USUAL);

        assertThat(Apis.handle(api, Apis.post("/classify", "{\"text\": \"a\"}")).status()).isEqualTo(500);
    }

    @Test
    void aDeadlineThatPassesIsRefusedWithWhenToRetry() {
        ServingLimits none = Apis.serving(4, Duration.ZERO);
        Api api = Apis.with(new FakeModel(Task.BINARY, List.of("no", "yes")), none);

        Response response = Apis.handle(api, Apis.post("/classify", "{\"text\": \"a\"}"));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void aRequestThatPassesItsDeadlineIsCountedOnceAndItsWorkEnds() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Semaphore refused = new Semaphore(0);
        AtomicInteger passes = new AtomicInteger();
        FakeModel slow = new FakeModel(Task.BINARY, List.of("no", "yes")) {
            @Override
            public List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
                passes.incrementAndGet();
                refused.acquireUninterruptibly();
                return super.logits(encodings, beforeBatch);
            }
        };
        ServingLimits limits = Apis.serving(1, Duration.ofMillis(300));
        Admission admission = Apis.admission(limits);
        Api api = Apis.with(slow, limits, admission, meters);

        // The first request keeps both cores from the second.
        for (String way : List.of("cut", "window")) {
            Response response = Apis.handle(api, Apis.post(
                    "/classify", "{\"texts\": [\"a\", \"b\", \"c\"], \"onTooLong\": \"%s\"}".formatted(way)));
            assertThat(response.status()).isEqualTo(503);
            assertThat(admission.working()).isZero();
        }
        refused.release(3);
        assertThat(Apis.handle(api, Apis.post("/classify", "{\"text\": \"d\"}")).status()).isEqualTo(200);

        assertThat(passes).as("two of the first request, none of the second, one of the third").hasValue(3);
        assertThat(meters.find("classifier.requests").counters())
                .extracting(c -> c.getId().getTag("status"), Counter::count)
                .containsExactlyInAnyOrder(tuple("503", 2.0), tuple("200", 1.0));
        assertThat(meters.find("classifier.texts").counter().count()).isEqualTo(1);
    }

    @Test
    void anAnswerSaysHowLongItTookAndWhoGaveIt() {
        Api api = Apis.with(new FakeModel(Task.BINARY, List.of("no", "yes")), Apis.USUAL);

        Response classified = Apis.handle(api, Apis.post("/classify", "{\"text\": \"a\"}"));
        Response tokenized = Apis.handle(api, Apis.post("/tokenize", "{\"text\": \"a\"}"));

        assertThat(classified.headers()).containsEntry("Model-Version", FakeModel.VERSION);
        assertThat(classified.headers().get("Server-Timing"))
                .matches("tokenize;dur=\\d+\\.\\d\\d, infer;dur=\\d+\\.\\d\\d");
        assertThat(tokenized.headers().get("Server-Timing")).matches("tokenize;dur=\\d+\\.\\d\\d");
    }

    /** The window has two texts: of the first only the second and the third are in it. */
    @Test
    void theModelTellsHowTheLastTextsLook() throws Exception {
        Api api = Apis.with(new FakeModel(Task.BINARY, List.of("no", "yes")), Apis.USUAL);

        assertThat(Apis.json(Apis.handle(api, Apis.get("/model"))).at("/drift").toString())
                .isEqualTo("{\"window\":2,\"texts\":0}");
        Apis.handle(api, Apis.post("/classify", "{\"texts\": [\"a b\", \"unknown a a a a\", \"a a\"]}"));

        // Of the four and two tokens read, one is unknown; each text's label is yes.
        assertThat(Apis.json(Apis.handle(api, Apis.get("/model"))).at("/drift").toString()).isEqualTo(
                "{\"window\":2,\"texts\":2,\"labels\":{\"no\":0.0,\"yes\":1.0},\"truncated\":0.5,"
                        + "\"unknownTokens\":0.16666666666666666}");
    }

    @Test
    void aCandidatesResultNamesItAndTheModelShowsTheTrial() throws Exception {
        Api api = Apis.withCandidate();
        String texts = "[\"a\", \"b\", \"c\", \"d\"]";

        JsonNode answer = Apis.json(Apis.handle(api, Apis.post("/classify", "{\"texts\": " + texts + "}")));
        assertThat(answer.at("/model/version").asText()).isEqualTo(FakeModel.VERSION);
        assertThat(answer.at("/results").findValuesAsText("candidate")).isNotEmpty().hasSizeLessThan(4)
                .containsOnly("20261125T000000Z-11111111");
        assertThat(answer.at("/results")).allSatisfy(result -> assertThat(result.path("label").asText())
                .isEqualTo(result.has("candidate") ? "no" : "yes"));

        JsonNode without = Apis.json(Apis.handle(api, Apis.post(
                "/classify", "{\"texts\": " + texts + ", \"candidate\": false}")));
        assertThat(without.at("/results").findValuesAsText("candidate")).isEmpty();

        JsonNode candidate = Apis.json(Apis.handle(api, Apis.get("/model"))).at("/candidate");
        assertThat(candidate.fieldNames()).toIterable().containsExactly("version", "state", "share", "texts", "errors",
                "skipped", "compared", "agreement", "difference", "differences");
        assertThat(candidate.path("state").asText()).isEqualTo("on trial");
        assertThat(candidate.path("agreement").asDouble()).isZero();
    }

    private static FakeModel failing() {
        return new FakeModel(Task.BINARY, List.of("no", "yes")) {
            @Override
            public List<Encoding> encode(List<String> texts, int maxTokens) {
                throw new IllegalStateException("about " + texts);
            }
        };
    }

    private static JsonNode classify(Task task, String body) throws Exception {
        Api api = Apis.with(new FakeModel(task, List.of("no", "yes")), Apis.USUAL);
        return Apis.json(Apis.handle(api, Apis.post("/classify", body)));
    }
}
