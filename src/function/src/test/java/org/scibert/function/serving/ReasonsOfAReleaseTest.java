package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.function.TinyStore;
import org.scibert.function.api.Apis;

/** What a release holds for explanations, from its files to the answers. */
class ReasonsOfAReleaseTest {
    @TempDir
    private Path folder;

    @Test
    void aReleaseMadeWithThemAnswersThem() throws Exception {
        Path files = TinyRelease.write(folder.resolve("files"), Task.BINARY, List.of("other", "objective"), 1);
        TinyStore.writeRowsAndExamples(files);
        Files.writeString(files.resolve("metrics.json"),
                "{\"explanations\":{\"method\":\"leave-one-out\",\"rows\":40,\"betterThanRandom\":false}}");
        try (Model model = ReleasedModels.publishAndOpen(files, folder)) {
            JsonNode described = Apis.ask(model, "GET", "/model", "");
            assertThat(described.at("/neighbours").asInt()).isEqualTo(2);
            assertThat(described.at("/examples").toString())
                    .isEqualTo("[{\"text\":\"we study\",\"label\":\"objective\"}]");

            JsonNode result = Apis.ask(model, "POST", "/explain", "{\"text\": \"we study\", \"neighbours\": 1}")
                    .at("/results/0");
            assertThat(result.at("/warning").asText()).startsWith("on 40 texts of dev, words in random order ");
            assertThat(result.at("/neighbours")).hasSize(1);
            assertThat(result.at("/neighbours/0").fieldNames()).toIterable()
                    .containsExactly("id", "label", "similarity", "text");
            assertThat(result.at("/neighbours/0/id").asText()).isEqualTo("r2");
            assertThat(result.at("/neighbours/0/similarity").asDouble()).isBetween(0.999, 1.);
            assertThat(result.fieldNames()).toIterable().containsExactly(
                    "label", "logit", "method", "words", "sentences", "passes", "tokens", "warning", "neighbours");
            assertThat(Apis.ask(model, "POST", "/explain", "{\"text\": \"we study\"}").at("/results/0")
                    .has("neighbours"))
                    .isFalse();
        }
    }

    @Test
    void aReleaseMadeWithoutThemClaimsNothing() throws Exception {
        Path files = TinyRelease.write(folder.resolve("files"), Task.BINARY, List.of("other", "objective"), 1);
        try (Model model = ReleasedModels.publishAndOpen(files, folder)) {
            JsonNode described = Apis.ask(model, "GET", "/model", "");
            assertThat(described.has("neighbours") || described.has("examples")).isFalse();
            assertThat(Apis.ask(model, "POST", "/explain", "{\"text\": \"we study\", \"neighbours\": 0}")
                    .at("/results/0").has("warning")).isFalse();
            assertThat(Apis.ask(model, "POST", "/explain", "{\"text\": \"we study\", \"neighbours\": 1}")
                    .at("/error/message").asText())
                    .isEqualTo("\"neighbours\" must be 0 or left out: this release holds no labelled rows");
        }
    }
}
