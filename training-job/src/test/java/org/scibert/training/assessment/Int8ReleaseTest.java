package org.scibert.training.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;
import org.scibert.weights.ElementType;
import org.scibert.weights.Safetensors;

class Int8ReleaseTest {
    private static final List<String> LABELS = List.of("exclude", "include");
    private static final double TOLERANCE = 0.002;

    @TempDir
    private Path release;

    @Test
    void aReleaseThatLosesNothingHasAllLayersIn8Bits() throws IOException {
        assertThat(write(0)).isEmpty();
        assertThat(layersIn16Bits()).isEmpty();
    }

    /** Two groups of layers, of which one may be query, key and value. */
    @Test
    void asFewLayersAreLeftIn16BitsAsBringTheLossWithinTheTolerance() throws IOException {
        Set<String> one = write(0.01, 0.001);
        assertThat(one).isNotEmpty();
        assertThat(layersIn16Bits()).isEqualTo(one);

        Set<String> two = write(0.01, 0.003, 0.002);
        assertThat(two).containsAll(one).hasSizeGreaterThan(one.size());
        assertThat(layersIn16Bits()).isEqualTo(two);
    }

    /** The tiny encoder has two layers: at most two of its eight groups are left in 16 bits. */
    @Test
    void aReleaseThatLosesTooMuchAllTheSameHasAllLayersIn8Bits() throws IOException {
        assertThat(write(0.01, 0.01, 0.01)).isEmpty();
        assertThat(layersIn16Bits()).isEmpty();
    }

    /** @param losses found one after the other; a further measurement is an error */
    private Set<String> write(double... losses) throws IOException {
        TinyRelease.write(release, Task.BINARY, LABELS, 7);
        Rows rows = rows();
        List<Double> left = new ArrayList<>();
        for (double loss : losses) {
            left.add(loss);
        }
        Set<String> half = new Int8Release(release, () -> { })
                .write(new Splits<>(rows, rows), folder -> left.remove(0), TOLERANCE);
        assertThat(left).isEmpty();
        return half;
    }

    private Set<String> layersIn16Bits() throws IOException {
        Set<String> half = new TreeSet<>();
        Safetensors.map(release.resolve("model.int8.safetensors")).forEach((name, tensor) -> {
            if (tensor.type() == ElementType.F16) {
                half.add(name.substring(0, name.length() - ".weight".length()));
            }
        });
        return half;
    }

    private static Rows rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            rows.add(new Row(i + 1, "id", "we study the cell " + (char) ('a' + i % 26), List.of(LABELS.get(i % 2))));
        }
        return new Rows(Path.of("rows.jsonl"), "0", false, rows);
    }
}
