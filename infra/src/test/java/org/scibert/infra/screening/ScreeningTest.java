package org.scibert.infra.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.infra.TestTemplates;

class ScreeningTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS = 10_000;

    private final JsonNode machine = TestTemplates.stateMachine();
    private final Cloud cloud = new Cloud();

    @Test
    void everyRowIsInTheResultOnceThoughMuchFailsAndTheRunIsStoppedTwice() throws IOException {
        input(IntStream.range(0, ROWS).mapToObj(ScreeningTest::text).toList());
        cloud.faults = 10;
        cloud.life = 400;
        assertThatThrownBy(this::run).isInstanceOf(Cloud.Stopped.class);
        cloud.life = 700;
        assertThatThrownBy(this::run).isInstanceOf(Cloud.Stopped.class);
        cloud.life = Integer.MAX_VALUE;
        StateMachine third = incomplete();
        assertThat(third.failures()).isNotEmpty().containsOnly("Unavailable");
        cloud.faults = 0;
        int before = cloud.asked.size();
        int missing = ROWS - results("rows").size() - results("failed").size();
        StateMachine last = run();

        assertThat(last.failures()).isEmpty();
        List<JsonNode> rows = results("rows");
        List<JsonNode> failed = results("failed");
        List<Integer> all = new ArrayList<>();
        rows.forEach(row -> all.add(row.get("row").asInt()));
        failed.forEach(row -> all.add(row.get("row").asInt()));
        assertThat(all).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row ->
                assertThat(row.get("label").asText()).isEqualTo(Cloud.label(text(row.get("row").asInt()))));
        assertThat(failed).hasSize(ROWS / 1000).allSatisfy(row -> {
            assertThat(row.get("row").asInt() % 1000).isEqualTo(999);
            assertThat(row.at("/error/code").asText()).isEqualTo("blank_text");
        });
        assertThat(missing).isPositive();
        assertThat(cloud.asked.size() - before).isLessThanOrEqualTo(missing);
    }

    @Test
    void aFinishedRunAsksNothingMore() throws IOException {
        input(List.of("one", "two", "three"));
        run();
        Map<String, String> first = new HashMap<>(cloud.bucket);
        int asked = cloud.asked.size();

        run();

        assertThat(cloud.asked).hasSize(asked);
        assertThat(cloud.bucket).isEqualTo(first);
    }

    @Test
    void theSameTextInTwoRowsIsTwoRows() throws IOException {
        input(List.of("same", "same"));
        run();

        assertThat(results("rows")).extracting(row -> row.get("row").asInt()).containsExactly(0, 1);
        assertThat(results("rows")).extracting(row -> row.get("digest").asText()).containsOnly(
                "0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5");
    }

    @Test
    void oneRowAloneAndOneWithoutATextAreRows() throws IOException {
        cloud.bucket.put("screening/run/input.jsonl", "{\"id\":7}\n");
        run();

        assertThat(results("rows")).isEmpty();
        assertThat(results("failed")).singleElement().satisfies(row -> assertThat(row.get("row").asInt()).isZero());
    }

    @Test
    void anotherModelInServiceIsNotMixedIn() throws IOException {
        input(List.of("one", "two"));
        cloud.version = "20261130T000000Z-99999999";
        StateMachine run = incomplete();

        assertThat(run.failures()).containsExactly("ModelChanged");
        assertThat(results("rows")).isEmpty();
    }

    @Test
    void waitingBetweenRefusalsHasAnEnd() {
        input(List.of("one"));
        Cloud never = cloud;
        StateMachine run = new StateMachine(definition(), (resource, arguments) -> resource.endsWith("lambda:invoke")
                ? Map.of("Payload", Map.of("statusCode", 503, "body", "{\"error\":{\"code\":\"not_ready\"}}"))
                : never.call(resource, arguments));
        assertThatThrownBy(() -> run.run(start())).hasMessageContaining("Incomplete");

        assertThat(run.failures()).containsExactly("Unavailable");
        assertThat(run.waitedSeconds()).isEqualTo(1 + 2 + 4 + 8 + 16);
    }

    @Test
    void batchesAtATimeAreBoundedAndFitTheFunction() throws IOException {
        JsonNode screen = JSON.readTree(definition()).at("/States/Screen");

        assertThat(screen.get("MaxConcurrency").asInt()).isEqualTo(5);
        assertThat(screen.at("/ItemBatcher/MaxItemsPerBatch").asInt()).isEqualTo(32);
        assertThat(screen.at("/ResultWriter/Arguments/Bucket").asText())
                .isEqualTo("scibert-data-111122223333-eu-west-1");
        assertThat(screen.findValuesAsText("FunctionName"))
                .containsOnly("arn:aws:lambda:eu-west-1:111122223333:function:scibert-classify:live");
    }

    @Test
    void aTextThatIsNoStringIsABadRowAndNoText() throws IOException {
        cloud.bucket.put("screening/run/input.jsonl",
                "{\"text\":null}\n{\"text\":7}\n{\"text\":[\"a\"]}\n{\"text\":\"good\"}\n");
        run();

        assertThat(cloud.asked).containsOnly("good");
        assertThat(results("rows")).extracting(row -> row.get("row").asInt()).containsExactly(3);
        assertThat(results("failed")).extracting(row -> row.get("row").asInt()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Service Unavailable</html>", "", "{\"half\":", "null", "{not json}"})
    void anAnswerThatIsNoJsonIsAskedForAgain(String body) throws IOException {
        input(List.of("one", " ", "three"));
        int[] bad = {2};
        StateMachine run = new StateMachine(definition(), (resource, arguments) ->
                resource.endsWith("lambda:invoke") && bad[0]-- > 0
                        ? Map.of("Payload", Map.of("statusCode", 200, "body", body)) : cloud.call(resource, arguments));
        run.run(start());

        assertThat(run.failures()).isEmpty();
        assertThat(results("rows")).hasSize(2);
        assertThat(results("failed")).hasSize(1);
    }

    @Test
    void anAnswerWithoutAnEnvelopeIsAskedForAgain() throws IOException {
        input(List.of("one"));
        int[] bad = {1};
        StateMachine run = new StateMachine(definition(), (resource, arguments) ->
                resource.endsWith("lambda:invoke") && bad[0]-- > 0
                        ? Map.of("Payload", Map.of("errorMessage", "Runtime exited"))
                        : cloud.call(resource, arguments));
        run.run(start());

        assertThat(results("rows")).hasSize(1);
    }

    @Test
    void whereAllBatchesFailTheRunFailsAndSomebodyIsTold() {
        input(IntStream.range(0, 100).mapToObj(ScreeningTest::text).toList());
        StateMachine run = new StateMachine(definition(), (resource, arguments) -> {
            if (resource.endsWith("lambda:invoke")) {
                throw new StateFailure("Lambda.Unknown", "gone");
            }
            return cloud.call(resource, arguments);
        });

        assertThatThrownBy(() -> run.run(start())).hasMessage("Incomplete: 4 of 4 batches were not classified; "
                + "start the run again, and only they are asked");
        JsonNode rule = TestTemplates.screeningNotice();
        assertThat(rule.at("/EventPattern/detail/status").toString())
                .isEqualTo("[\"FAILED\",\"TIMED_OUT\",\"ABORTED\"]");
        assertThat(rule.at("/Targets/0/Arn").asText()).isEqualTo("arn:aws:sns:eu-west-1:111122223333:scibert-alerts");
    }

    @Test
    void failuresAreLoggedWithoutTexts() {
        JsonNode logging = machine.get("LoggingConfiguration");

        assertThat(logging.get("Level").asText()).isEqualTo("ERROR");
        assertThat(logging.get("IncludeExecutionData").asBoolean()).isFalse();
        assertThat(logging.at("/Destinations/0/CloudWatchLogsLogGroup/LogGroupArn").asText())
                .contains("/scibert/screening");
    }

    private StateMachine incomplete() {
        StateMachine run = new StateMachine(definition(), cloud::call);
        assertThatThrownBy(() -> run.run(start())).hasMessageContaining("Incomplete: ");
        return run;
    }

    private StateMachine run() {
        StateMachine run = new StateMachine(definition(), cloud::call);
        run.run(start());
        return run;
    }

    private static Map<String, Object> start() {
        return Map.of("key", "screening/run/input.jsonl", "prefix", "screening/run/results",
                "version", "20261122T145400Z-1a2b3c4d");
    }

    private String definition() {
        String definition = machine.get("DefinitionString").asText();
        for (Map.Entry<String, JsonNode> substitution : machine.get("DefinitionSubstitutions").properties()) {
            definition = definition.replace("${" + substitution.getKey() + "}", substitution.getValue().asText());
        }
        assertThat(definition).doesNotContain("${");
        return definition;
    }

    private void input(List<String> texts) {
        cloud.bucket.put("screening/run/input.jsonl", texts.stream()
                .map(text -> JSON.createObjectNode().put("text", text).put("other", 1).toString())
                .collect(Collectors.joining("\n", "", "\n")));
    }

    private static String text(int row) {
        return row % 1000 == 999 ? " " : "Abstract \"%d\" reports Größe, 数 and \\ signs.".formatted(row % 7000);
    }

    private List<JsonNode> results(String kind) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (Map.Entry<String, String> object : cloud.bucket.entrySet()) {
            if (object.getKey().startsWith("screening/run/results/20261122T145400Z-1a2b3c4d/")) {
                JSON.readTree(object.getValue()).get(kind).forEach(all::add);
            }
        }
        return all;
    }
}
