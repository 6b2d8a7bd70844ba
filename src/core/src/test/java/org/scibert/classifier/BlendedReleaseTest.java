package org.scibert.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Task;
import org.scibert.explain.Explainer;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explanation;
import org.scibert.explain.Explanation.Method;
import org.scibert.lexicon.Blend;
import org.scibert.lexicon.Lexicon;
import org.scibert.lexicon.TinyLexicon;
import org.scibert.network.Pooling;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.weights.WeightsException;

class BlendedReleaseTest {
    private static final List<String> TEXTS =
            List.of("We study the cell method.", "results", "cell ".repeat(40) + "study");
    private static final Blend BLEND = new Blend(List.of(0.5, 1., 0.), List.of(2., 0.5, 1.), List.of(0., -1., 0.25));

    @TempDir
    Path folder;

    private List<Classification> alone;

    @BeforeEach
    void write() throws Exception {
        TinyRelease.write(folder, Task.MULTI_LABEL, List.of("a", "b", "c"), 3);
        try (Classifier classifier = Classifier.open(folder)) {
            assertThat(classifier.lexicon()).isEmpty();
            alone = classifier.classify(TEXTS);
        }
    }

    private void blend(Blend blend) throws Exception {
        ModelConfig.read(folder).with(blend).write(folder);
        TinyLexicon.of(3).write(folder);
    }

    @Test
    void logitsAreTheSumOfBothWithAllWordsOfTheText() throws Exception {
        blend(BLEND);
        assertThat(ModelConfig.read(folder).blend()).contains(BLEND);
        try (Classifier classifier = Classifier.open(folder)) {
            List<Classification> found = classifier.classify(TEXTS);
            for (int i = 0; i < TEXTS.size(); i++) {
                float[] words = TinyLexicon.of(3).logits(TEXTS.get(i));
                assertThat(found.get(i).logits()).containsExactly(BLEND.apply(alone.get(i).logits(), words));
            }
            // The network's part is cut; the last word is read nevertheless.
            assertThat(found.get(2).truncated()).isTrue();
            assertThat(classifier.classify(List.of("cell ".repeat(40))).get(0).logits())
                    .isNotEqualTo(found.get(2).logits());
        }
    }

    @Test
    void whereWordsDecideAloneTheNetworkIsNotAsked() throws Exception {
        blend(new Blend(List.of(0., 0., 0.), List.of(1., 1., 1.), List.of(0., 0., 0.)));
        try (Classifier classifier = Classifier.open(folder)) {
            assertThat(classifier.logits(classifier.encode(TEXTS), () -> {
                throw new AssertionError("the network ran");
            })).hasSize(3).allSatisfy(row -> assertThat(row).containsExactly(0, 0, 0));
            assertThat(classifier.classify(TEXTS).get(1).logits()).containsExactly(TinyLexicon.of(3).logits("results"));
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void explanationsAreOfTheBlend(Method method) throws Exception {
        Explanation network;
        try (Classifier classifier = Classifier.open(folder)) {
            network = new Explainer(classifier).explain(TEXTS.get(0), about("a", method), () -> { });
        }
        blend(BLEND);
        try (Classifier classifier = Classifier.open(folder)) {
            Explanation found = new Explainer(classifier).explain(TEXTS.get(0), about("a", method), () -> { });
            assertThat(found.logit()).isEqualTo(classifier.classify(TEXTS).get(0).logits()[0], within(1e-6));
            List<Lexicon.Contribution> words = TinyLexicon.of(3).contributions(TEXTS.get(0), 0);
            assertThat(found.words()).hasSize(5);
            for (int w = 0; w < 5; w++) {
                assertThat(found.words().get(w).start()).isEqualTo(words.get(w).word().start());
                assertThat(found.words().get(w).contribution()).isEqualTo(
                        0.5 * network.words().get(w).contribution() + 2 * words.get(w).contribution(), within(1e-6));
            }
            assertThat(found.sentences().get(0).contribution()).isEqualTo(
                    0.5 * network.sentences().get(0).contribution()
                            + 2 * words.stream().mapToDouble(Lexicon.Contribution::contribution).sum(), within(1e-6));
        }
    }

    @Test
    void wordsBeyondTheNetworksTokensAreExplainedAsWell() throws Exception {
        blend(BLEND);
        try (Classifier classifier = Classifier.open(folder)) {
            Explanation found = new Explainer(classifier).explain(
                    "we . ".repeat(20) + "The end. In study.", about("a", Method.OCCLUSION), () -> { });
            Explanation.Part last = found.words().get(found.words().size() - 1);
            assertThat(last.start()).isEqualTo(20 * 5 + 12);
            assertThat(last.contribution()).isEqualTo(2. * 2, within(1e-6));
            assertThat(found.sentences().get(found.sentences().size() - 1).contribution()).isEqualTo(4., within(1e-6));
        }
    }

    @Test
    void theNegativeLabelsContributionsAreTheOppositeOnes() throws Exception {
        TinyRelease.write(folder, Task.BINARY, List.of("no", "yes"), 3);
        ModelConfig.read(folder).with(new Blend(List.of(0.5), List.of(2.), List.of(1.))).write(folder);
        TinyLexicon.of(1).write(folder);
        try (Classifier classifier = Classifier.open(folder)) {
            Explainer explainer = new Explainer(classifier);
            Explanation yes = explainer.explain(TEXTS.get(0), about("yes", Method.OCCLUSION), () -> { });
            Explanation no = explainer.explain(TEXTS.get(0), about("no", Method.OCCLUSION), () -> { });
            assertThat(no.logit()).isEqualTo(-yes.logit(), within(1e-6));
            for (int w = 0; w < 5; w++) {
                assertThat(no.words().get(w).contribution())
                        .isEqualTo(-yes.words().get(w).contribution(), within(1e-6));
            }
        }
    }

    private static Question about(String label, Method method) {
        return new Question(Optional.of(label), method);
    }

    @Test
    void programsThatWouldAnswerWithoutTheBlendRefuseTheManifest(@TempDir Path stored) throws Exception {
        ModelConfig plain = ModelConfig.read(folder);
        assertThat(publishedFormat(stored.resolve("plain"))).isEqualTo(Manifest.FORMAT);

        plain.with(plain.network().with(Pooling.MEAN)).write(folder);
        assertThat(publishedFormat(stored.resolve("mean"))).isEqualTo(Manifest.LATEST_FORMAT);
        plain.write(folder);
        blend(BLEND);
        assertThat(publishedFormat(stored.resolve("blended"))).isEqualTo(Manifest.LATEST_FORMAT);
    }

    private int publishedFormat(Path stored) throws Exception {
        Provenance provenance = new Provenance(Map.of(), "tiny", "0".repeat(64), 1,
                JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        try (ObjectStore store = ObjectStores.open("file:" + stored, Map.of())) {
            return new Releases(store, "tiny", Clock.systemUTC()).publish(folder, provenance).formatVersion();
        }
    }

    @Test
    void aReleaseThatLacksItsLexiconIsRefused() throws Exception {
        blend(BLEND);
        TinyLexicon.of(2).write(folder);
        assertThatThrownBy(() -> Classifier.open(folder)).isInstanceOf(WeightsException.class)
                .hasMessageContaining("has 2 logits");
        Files.delete(folder.resolve(Lexicon.VOCABULARY));
        assertThatThrownBy(() -> Classifier.open(folder)).isInstanceOf(java.io.IOException.class)
                .hasMessageContaining(Lexicon.VOCABULARY);
    }
}
