package org.scibert.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explanation.Method;
import org.scibert.explain.Explanation.Neighbour;
import org.scibert.explain.Neighbours.Row;
import org.scibert.io.FileDigest;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.release.ReleaseFixtures;
import org.scibert.release.Version;
import org.scibert.weights.WeightsException;

class NeighboursTest {
    private static final Runnable NOTHING = () -> {};
    private static final List<Row> ROWS = List.of(
            new Row("east", "a", null, "to the east"), new Row("north", "b", null, null),
            new Row("west", null, List.of("a", "b"), null), new Row("far east", null, List.of(), null));

    @TempDir
    private Path folder;

    /** By hand: the cosine of (3, 4) to (2, 0), (0, 5), (−1, 0) and (9, 0) is 0.6, 0.8, −0.6 and 0.6. */
    @Test
    void theMostSimilarComeFirstAndOfEqualOnesTheFirst() throws Exception {
        Neighbours.write(folder, ROWS, List.of(
                new float[] {2, 0}, new float[] {0, 5}, new float[] {-1, 0}, new float[] {9, 0}));

        List<Neighbour> nearest = Neighbours.open(release()).orElseThrow().nearest(new float[] {3, 4}, 9);

        assertThat(nearest).extracting(Neighbour::id).containsExactly("north", "east", "far east", "west");
        assertThat(nearest.get(0).similarity()).isCloseTo(0.8, within(1e-6));
        assertThat(nearest.get(3).similarity()).isCloseTo(-0.6, within(1e-6));
        assertThat(nearest.get(1).label()).isEqualTo("a");
        assertThat(nearest.get(1).text()).isEqualTo("to the east");
        assertThat(nearest.get(2).label()).isNull();
        assertThat(nearest.get(2).labels()).isEmpty();
        assertThat(nearest.get(3).labels()).containsExactly("a", "b");
    }

    @Test
    void aReleaseWithoutRowsHasNone() throws Exception {
        assertThat(Neighbours.open(release())).isEmpty();
    }

    @Test
    void rowsWithoutTheirVectorsAreRefused() throws Exception {
        Neighbours.write(folder, ROWS.subList(0, 2), List.of(new float[] {1, 0}, new float[] {0, 1}));
        Files.writeString(folder.resolve(Neighbours.ROWS), "[{\"id\":\"one\",\"label\":\"a\"}]");

        assertThatThrownBy(() -> Neighbours.open(release())).isInstanceOf(WeightsException.class).hasMessage(
                "neighbours.safetensors must hold \"vectors\" in F16, a vector for each of the 1 rows of"
                        + " neighbours.json; publish the release again");
    }

    @Test
    void anExplanationNamesThemAndWarnsWhereItsMethodIsNoBetterThanRandom() throws Exception {
        TinyRelease.write(folder, Task.MULTI_CLASS, List.of("a", "b", "c"), 5);
        JsonNode measured = new ObjectMapper().readTree(
                "{\"explanations\":{\"method\":\"occlusion\",\"rows\":40,\"betterThanRandom\":false}}");
        try (Classifier classifier = Classifier.open(folder)) {
            String text = "We study the cell.";
            Neighbours.write(folder, ROWS.subList(0, 2),
                    classifier.clsVectors(classifier.encode(List.of("the method", text)), NOTHING));
            Explainer explainer = Explainer.open(release(), measured, classifier);
            assertThat(explainer.neighbours()).isEqualTo(2);

            Explanation explanation =
                    explainer.explain(text, new Question(Optional.empty(), Method.OCCLUSION, 1), NOTHING);
            assertThat(explanation.neighbours()).extracting(Neighbour::id).containsExactly("north");
            assertThat(explanation.neighbours().get(0).similarity()).isCloseTo(1, within(1e-3));
            assertThat(explanation.passes()).isEqualTo(1 + 1 + 4 + 1);
            assertThat(explanation.warning()).isEqualTo("on 40 texts of dev, words in random order told as much of this"
                    + " model's probabilities as the words of its explanations: do not rely on them");

            Explanation other = explainer.explain(
                    text, new Question(Optional.empty(), Method.INTEGRATED_GRADIENTS), NOTHING);
            assertThat(other.warning()).as("of the method that was not measured").isNull();
            assertThat(other.neighbours()).isNull();
            assertThat(new Explainer(classifier).explain(text, Question.DEFAULT, NOTHING).warning()).isNull();
            assertThatThrownBy(() -> new Explainer(classifier)
                    .explain(text, new Question(Optional.empty(), Method.OCCLUSION, 1), NOTHING))
                    .hasMessage("the release holds no labelled rows");
        }
    }

    /** Of the files that stand in the folder. */
    private LocalRelease release() {
        TreeMap<String, FileDigest> files = new TreeMap<>(Map.of(Manifest.WEIGHTS, new FileDigest(1, "0".repeat(64))));
        for (String name : List.of(Neighbours.ROWS, Neighbours.VECTORS)) {
            if (Files.exists(folder.resolve(name))) {
                files.put(name, new FileDigest(1, "0".repeat(64)));
            }
        }
        return new LocalRelease(folder, new Manifest(
                Manifest.FORMAT, "tiny", Version.parse("20261122T145400Z-00000000"), Instant.EPOCH, files,
                ReleaseFixtures.provenance()));
    }
}
