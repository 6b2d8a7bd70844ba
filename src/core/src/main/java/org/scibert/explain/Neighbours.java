package org.scibert.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scibert.explain.Explanation.Neighbour;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.release.LocalRelease;
import org.scibert.weights.ElementType;
import org.scibert.weights.Half;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * Labelled rows that a release holds, to name those that are most similar to a text: by the cosine of the [CLS]
 * vectors, worked out for every row. They are two files of the release: the vectors, of length 1 in fp16, and the rows'
 * ids, labels and perhaps texts.
 */
public final class Neighbours {
    /** The file of the vectors: one tensor, (N, H). */
    public static final String VECTORS = "neighbours.safetensors";
    /** The file of the rows, in the vectors' order. */
    public static final String ROWS = "neighbours.json";

    private static final String TENSOR = "vectors";

    private final List<Row> rows;
    private final ByteBuffer vectors;
    private final int width;

    private Neighbours(List<Row> rows, Tensor vectors) {
        this.rows = rows;
        this.vectors = vectors.data();
        this.width = (int) vectors.shape()[1];
    }

    /**
     * A row that a release holds.
     *
     * @param label its label as the model shows it; null for a multi-label row
     * @param labels of a multi-label row; else null
     * @param text the beginning of its text; null if the release holds ids alone
     */
    public record Row(String id, String label, List<String> labels, String text) {}

    /**
     * Writes the files into a release's folder.
     *
     * @param rows at least one
     * @param vectors of the rows, (H) each, none of them zero
     */
    public static void write(Path folder, List<Row> rows, List<float[]> vectors) throws IOException {
        int width = vectors.get(0).length;
        ByteBuffer halves = ByteBuffer.allocateDirect(rows.size() * width * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : vectors) {
            for (float x : normalised(vector)) {
                halves.putShort(Half.of(x));
            }
        }
        Tensor tensor = new Tensor(TENSOR, ElementType.F16, new long[] {rows.size(), width}, halves.flip());
        Safetensors.write(folder.resolve(VECTORS), List.of(tensor), Map.of());
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (Row row : rows) {
            ObjectNode one = json.addObject().put("id", row.id());
            if (row.label() != null) {
                one.put("label", row.label());
            } else {
                row.labels().forEach(one.putArray("labels")::add);
            }
            if (row.text() != null) {
                one.put("text", row.text());
            }
        }
        Files.write(folder.resolve(ROWS), Json.write(json));
    }

    /** Opens the rows of a release; empty if it holds none. */
    static Optional<Neighbours> open(LocalRelease release) throws IOException {
        if (!release.manifest().files().containsKey(ROWS)) {
            return Optional.empty();
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : Json.MAPPER.readTree(Files.readAllBytes(release.file(ROWS)))) {
            List<String> labels = new ArrayList<>();
            row.path("labels").forEach(label -> labels.add(label.asText()));
            rows.add(new Row(
                    row.path("id").asText(),
                    row.path("label").textValue(),
                    row.has("label") ? null : List.copyOf(labels),
                    row.path("text").textValue()));
        }
        Tensor vectors = Safetensors.map(release.file(VECTORS)).get(TENSOR);
        if (vectors == null || vectors.type() != ElementType.F16 || vectors.shape().length != 2
                || vectors.shape()[0] != rows.size()) {
            throw new WeightsException(Text.format(
                    "%s must hold \"%s\" in F16, a vector for each of the %d rows of %s; publish the release again",
                    VECTORS, TENSOR, rows.size(), ROWS));
        }
        return Optional.of(new Neighbours(rows, vectors));
    }

    int size() {
        return rows.size();
    }

    /**
     * The rows that are most similar to a vector; of equal ones the first in the release's order.
     *
     * @param vector (H)
     * @param count most rows
     */
    List<Neighbour> nearest(float[] vector, int count) {
        if (vector.length != width) {
            throw new IllegalArgumentException(
                    Text.format("the rows have vectors of %d numbers, the text one of %d", width, vector.length));
        }
        float[] normal = normalised(vector);
        double[] similarities = IntStream.range(0, size()).mapToDouble(row -> similarity(normal, row)).toArray();
        return IntStream.range(0, size())
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -similarities[row]))
                .limit(count)
                .map(i -> new Neighbour(rows.get(i).id(), rows.get(i).label(), rows.get(i).labels(),
                        Math.max(-1, Math.min(1, similarities[i])), rows.get(i).text()))
                .toList();
    }

    private double similarity(float[] normal, int row) {
        double sum = 0;
        for (int h = 0, at = row * width * Short.BYTES; h < width; h++, at += Short.BYTES) {
            sum += normal[h] * Half.toFloat(vectors.getShort(at));
        }
        return sum;
    }

    private static float[] normalised(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        float[] normal = new float[vector.length];
        for (int h = 0; h < normal.length; h++) {
            normal[h] = (float) (vector[h] / Math.sqrt(squares));
        }
        return normal;
    }
}
