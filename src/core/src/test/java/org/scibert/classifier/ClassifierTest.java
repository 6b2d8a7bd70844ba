package org.scibert.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Task;
import org.scibert.network.Precision;

class ClassifierTest {
    private static final List<String> LABELS = List.of("other", "objective");

    @TempDir
    private Path folder;

    @Test
    void textsAreAnsweredInTheirOrderAndAsIfAlone() throws IOException {
        TinyRelease.write(folder, Task.BINARY, LABELS, 1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add("we study " + "the cell ".repeat(i * 7 % 11) + i);
        }
        try (Classifier classifier = Classifier.open(folder)) {
            List<Classification> together = classifier.classify(texts);
            for (int i = 0; i < texts.size(); i++) {
                Classification alone = classifier.classify(List.of(texts.get(i))).get(0);
                assertThat(together.get(i).logits()).containsExactly(alone.logits(), within(1e-5f));
                assertThat(together.get(i).tokensUsed()).isEqualTo(alone.tokensUsed());
            }
            assertThat(together.stream().map(c -> c.logits()[0]).distinct().count()).isGreaterThan(20);
        }
    }

    @Test
    void aLongTextIsCutAndSaysSo() throws IOException {
        TinyRelease.write(folder, Task.BINARY, LABELS, 1);
        try (Classifier classifier = Classifier.open(folder)) {
            Classification c = classifier.classify(List.of("cell ".repeat(50))).get(0);
            assertThat(c.tokensUsed()).isEqualTo(TinyRelease.MAX_TOKENS);
            assertThat(c.tokensTotal()).isEqualTo(52);
            assertThat(c.truncated()).isTrue();
            assertThat(classifier.classify(List.of("cell")).get(0).truncated()).isFalse();
        }
    }

    /** 46 tokens in windows of 24; the beginning and the end differ from the middle. */
    @ParameterizedTest
    @EnumSource
    void aReleaseThatReadsInWindowsJoinsTheirLogits(Task task) throws IOException {
        TinyRelease.write(folder, task, LABELS, 1);
        ModelConfig.read(folder).withWindows(true).write(folder);
        String text = "we study " + "cell ".repeat(40) + "the method";
        try (Classifier classifier = Classifier.open(folder)) {
            Classification whole = classifier.classify(List.of(text, "cell")).get(0);
            assertThat(whole.tokensUsed()).isEqualTo(whole.tokensTotal()).isGreaterThan(2 * TinyRelease.MAX_TOKENS - 4);
            Windows windows = Windows.of(classifier.encode(List.of(text)), TinyRelease.MAX_TOKENS);
            assertThat(windows.count(0)).isEqualTo(3);
            List<float[]> each = classifier.logits(windows.all(), () -> { });
            assertThat(whole.logits()).containsExactly(windows.join(each, task).get(0), within(1e-5f));
            assertThat(classifier.clsVectors(classifier.encode(List.of(text)), () -> { })).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"FP16,2e-3", "BF16,2e-2", "INT8,0.1"})
    void otherPrecisionsAnswerNearly(Precision precision, float tolerance) throws IOException {
        TinyRelease.write(folder, Task.BINARY, LABELS, 1);
        List<String> texts = List.of("we study the cell", "the method and the results");
        try (Classifier full = Classifier.open(folder);
                Classifier reduced = Classifier.open(folder, precision)) {
            for (int i = 0; i < texts.size(); i++) {
                float[] expected = full.classify(texts).get(i).logits();
                float[] found = reduced.classify(texts).get(i).logits();
                assertThat(found).containsExactly(expected, within(tolerance)).isNotEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP16", "BF16", "INT8"})
    void carriedWeightsAnswerAsThoseReducedOnOpeningBitForBit(Precision precision) throws IOException {
        TinyRelease.write(folder, Task.BINARY, LABELS, 1);
        List<String> texts = List.of("we study the cell", "the method and the results", "cell");
        List<float[]> reduced;
        try (Classifier classifier = Classifier.open(folder, precision)) {
            reduced = classifier.classify(texts).stream().map(Classification::logits).toList();
        }
        ReleaseWeights.reduce(folder, precision);
        // Who reads the carried weights needs no others.
        Files.delete(folder.resolve("model.safetensors"));
        try (Classifier classifier = Classifier.open(folder, precision)) {
            assertThat(classifier.precision()).isEqualTo(precision);
            List<Classification> carried = classifier.classify(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(carried.get(i).logits()).isEqualTo(reduced.get(i));
            }
        }
    }

    @Test
    void noTextsGiveNoAnswers() throws IOException {
        TinyRelease.write(folder, Task.MULTI_CLASS, List.of("a", "b", "c"), 1);
        try (Classifier classifier = Classifier.open(folder)) {
            assertThat(classifier.classify(List.of())).isEmpty();
        }
    }

    @Test
    void theConfigurationIsReadBackAsWritten() throws IOException {
        TinyRelease.write(folder, Task.MULTI_LABEL, List.of("a", "b"), 1);
        ModelConfig config = ModelConfig.read(folder);
        Path other = Files.createDirectory(folder.resolve("again"));
        config.write(other);
        assertThat(ModelConfig.read(other)).isEqualTo(config);
        assertThat(config.rule().labels()).containsExactly("a", "b");
        assertThat(config.maxTokens()).isEqualTo(TinyRelease.MAX_TOKENS);
    }

    @Test
    void aConfigurationThatCannotBeIsRefusedWithItsFile() throws IOException {
        TinyRelease.write(folder, Task.BINARY, LABELS, 1);
        Path file = folder.resolve("config.json");
        String json = Files.readString(file);
        Files.writeString(file, json.replace("\"max_tokens\" : 24", "\"max_tokens\" : 99"));
        assertThatThrownBy(() -> Classifier.open(folder))
                .hasMessageContaining("config.json")
                .hasMessageContaining("max_tokens must be from 3 to the encoder's 32 positions, is 99");
    }
}
