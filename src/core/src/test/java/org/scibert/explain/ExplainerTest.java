package org.scibert.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.ReleaseWeights;
import org.scibert.classifier.TinyRelease;
import org.scibert.classifier.Windows;
import org.scibert.decision.Task;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explanation.Method;
import org.scibert.explain.Explanation.Part;
import org.scibert.explain.TextParts.TextPart;
import org.scibert.network.Precision;
import org.scibert.text.Encoding;

class ExplainerTest {
    private static final String TEXT = "We study the cell. The method, 7 results.";
    private static final Runnable NOTHING = () -> {};

    @TempDir
    Path folder;

    private Path release;

    @BeforeEach
    void write() throws Exception {
        release = TinyRelease.write(folder.resolve("release"), Task.MULTI_CLASS, List.of("a", "b", "c"), 5);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void partsAreTheTextsWordsAndSentences(Method method) throws Exception {
        try (Classifier classifier = Classifier.open(release)) {
            Explanation explanation = new Explainer(classifier).explain(TEXT, about("b", method), NOTHING);

            assertThat(explanation.words()).extracting(part -> TEXT.substring(part.start(), part.end()))
                    .containsExactly("We", "study", "the", "cell", "The", "method", "7", "results");
            assertThat(explanation.sentences()).extracting(part -> TEXT.substring(part.start(), part.end()))
                    .containsExactly("We study the cell.", "The method, 7 results.");
            assertThat(explanation.logit()).isEqualTo((double) classifier.classify(List.of(TEXT)).get(0).logits()[1]);
        }
    }

    /** By hand: the logits of the texts without the word and without the sentence. */
    @Test
    void leaveOneOutIsTheFallOfTheLogitWithoutTheWord() throws Exception {
        try (Classifier classifier = Classifier.open(release)) {
            Explanation explanation =
                    new Explainer(classifier).explain(TEXT, about("c", Method.LEAVE_ONE_OUT), NOTHING);

            List<float[]> without = classifier.logits(
                    classifier.encode(List.of("We study the. The method, 7 results.", "The method, 7 results.")),
                    () -> { });
            assertThat(explanation.words().get(3).contribution())
                    .isCloseTo(explanation.logit() - without.get(0)[2], within(1e-5));
            assertThat(explanation.sentences().get(0).contribution())
                    .isCloseTo(explanation.logit() - without.get(1)[2], within(1e-5));
            assertThat(explanation.passes()).isEqualTo(1 + 2 + 8);
            assertThat(explanation.error()).isNull();
        }
    }

    /** Beyond what the model reads nothing moves up into the place of a word that is taken out. */
    @Test
    void whatWasCutStaysCutWithoutAWord() throws Exception {
        try (Classifier classifier = Classifier.open(release)) {
            String read = "the cell ".repeat((TinyRelease.MAX_TOKENS - 2) / 2).strip();
            Explanation alone = new Explainer(classifier).explain(read, about("a", Method.LEAVE_ONE_OUT), NOTHING);
            Explanation cut = new Explainer(classifier)
                    .explain(read + " We study the method", about("a", Method.LEAVE_ONE_OUT), NOTHING);

            assertThat(cut.tokens().truncated()).isTrue();
            assertThat(cut.words()).isEqualTo(alone.words());
        }
    }

    /** By hand: the logit of the ids with [MASK] in the word's place. */
    @Test
    void occlusionIsTheFallOfTheLogitWithoutTheWord() throws Exception {
        try (Classifier classifier = Classifier.open(release)) {
            Explanation explanation = new Explainer(classifier).explain(TEXT, about("c", Method.OCCLUSION), NOTHING);

            Encoding whole = classifier.encode(List.of(TEXT)).get(0);
            int[] ids = whole.inputIds().clone();
            ids[4] = 4; // "cell" → [MASK]
            float without = classifier.logits(List.of(new Encoding(ids, whole.total())), () -> { }).get(0)[2];
            assertThat(explanation.words().get(3).contribution())
                    .isCloseTo(explanation.logit() - without, within(1e-5));
            assertThat(explanation.passes()).isEqualTo(1 + 2 + 8);
            assertThat(explanation.error()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void integratedGradientsAddUpToTheDifferenceThatTheyExplain(Precision precision) throws Exception {
        if (precision != Precision.FP32) {
            ReleaseWeights.reduce(release, precision);
        }
        try (Classifier classifier = Classifier.open(release, precision)) {
            Encoding encoding = classifier.encode(List.of(TEXT)).get(0);

            var attribution = classifier.integratedGradients(encoding, 0, 200, NOTHING);

            double sum = 0;
            for (float contribution : attribution.contributions()) {
                sum += contribution;
            }
            assertThat(sum).isCloseTo(attribution.logit() - attribution.baseline(), within(1e-3));
            assertThat(attribution.logit())
                    .isCloseTo(classifier.logits(List.of(encoding), () -> { }).get(0)[0], within(0.05f));
            assertThat(attribution.contributions()[0]).isZero(); // [CLS] does not travel
        }
    }

    /** By hand from the windows, which begin at pieces 0, 17 and 20 of 42: each one's attribution at its own place. */
    @ParameterizedTest
    @EnumSource
    void gradientsOfALongTextAreThoseOfTheWindowsThatMakeItsLogit(Task task) throws Exception {
        TinyRelease.write(release, task, List.of("a", "b"), 5);
        ModelConfig.read(release).withWindows(true).write(release);
        String text = "we study " + "cell ".repeat(38) + "the method";
        try (Classifier classifier = Classifier.open(release)) {
            Encoding whole = classifier.encode(List.of(text)).get(0);
            List<Encoding> windows = Windows.of(List.of(whole), TinyRelease.MAX_TOKENS).of(0);
            List<float[]> logits = classifier.logits(windows, NOTHING);
            int last = task.outputs(2) - 1;
            int largest = IntStream.of(0, 1, 2)
                    .boxed().max(Comparator.comparingDouble(w -> logits.get(w)[last])).orElseThrow();
            int[] starts = {0, 17, 20};
            float[] expected = new float[44];
            for (int w = 0; w < 3; w++) {
                float share = task == Task.MULTI_CLASS ? 1 / 3f : w == largest ? 1 : 0;
                float[] own = classifier.integratedGradients(windows.get(w), last, 20, NOTHING).contributions();
                for (int t = 1; t < TinyRelease.MAX_TOKENS - 1; t++) {
                    expected[starts[w] + t] += share * own[t];
                }
            }

            var attribution = classifier.integratedGradients(whole, last, 20, NOTHING);
            Explanation explanation = new Explainer(classifier).explain(
                    text, about("b", Method.INTEGRATED_GRADIENTS), NOTHING);

            assertThat(attribution.contributions()).containsExactly(expected, within(1e-5f));
            assertThat(attribution.logit())
                    .isCloseTo(classifier.logits(List.of(whole), NOTHING).get(0)[last], within(1e-4f));
            assertThat(explanation.words()).hasSize(42);
            assertThat(explanation.error()).isLessThan(0.05);
            assertThat(explanation.tokens().truncated()).isFalse();
        }
    }

    @Test
    void aTextOfPaddingAloneIsExplainedByNothing() throws Exception {
        try (Classifier classifier = Classifier.open(release)) {
            var attribution = classifier.integratedGradients(new Encoding(new int[] {2, 0, 0, 3}, 4), 0, 5, NOTHING);

            assertThat(attribution.contributions()).containsOnly(0f);
            assertThat(attribution.logit()).isEqualTo(attribution.baseline());
        }
    }

    /** By hand: three sentences of two words; the budget is for three words. */
    @Test
    void wordsOfTheDecisiveSentencesComeFirstWhenTheBudgetEnds() {
        List<TextPart> words = Stream.of(0, 5, 10, 15, 20, 25)
                .map(start -> new TextPart(start, start + 4, List.of(start)))
                .toList();
        List<Part> sentences = List.of(new Part(0, 10, 0.5), new Part(10, 20, 0.1), new Part(20, 30, -2));

        assertThat(Explainer.decisive(words, sentences, 3)).extracting(TextPart::start).containsExactly(0, 20, 25);
        assertThat(Explainer.decisive(words, sentences, 9)).isEqualTo(words);
    }

    @Test
    void whatTheModelDoesNotReadHasNoPart() throws Exception {
        String text = "cell ".repeat(40);
        try (Classifier classifier = Classifier.open(release)) {
            Explanation explanation = new Explainer(classifier).explain(text, about("a", Method.OCCLUSION), NOTHING);

            assertThat(explanation.words()).hasSize(TinyRelease.MAX_TOKENS - 2);
            assertThat(explanation.sentences()).extracting(Part::end)
                    .containsExactly(5 * (TinyRelease.MAX_TOKENS - 2) - 1);
        }
    }

    @Test
    void itEndsWhenNobodyWaits() throws Exception {
        AtomicInteger passes = new AtomicInteger();
        try (Classifier classifier = Classifier.open(release)) {
            assertThatThrownBy(() -> new Explainer(classifier).explain(TEXT, about("a", Method.OCCLUSION), () -> {
                if (passes.incrementAndGet() == 2) {
                    throw new IllegalStateException("nobody waits");
                }
            })).hasMessage("nobody waits");
        }
        assertThat(passes).hasValue(2);
    }

    @Test
    void nothingToExplainIsRefused() throws Exception {
        try (Classifier classifier = Classifier.open(release)) {
            Explainer explainer = new Explainer(classifier);

            assertThatThrownBy(() -> explainer.explain("cell", about("d", Method.OCCLUSION), NOTHING))
                    .hasMessage("there is no label \"d\", the labels are [a, b, c]");
            assertThatThrownBy(() -> explainer.explain("\u200b", Question.DEFAULT, NOTHING))
                    .hasMessage("the tokenizer leaves nothing of the text");
        }
    }

    private static Question about(String label, Method method) {
        return new Question(Optional.of(label), method);
    }
}
