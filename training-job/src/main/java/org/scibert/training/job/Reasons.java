package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Task;
import org.scibert.explain.Explanation.Method;
import org.scibert.explain.Neighbours;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.network.Precision;
import org.scibert.text.Encoding;
import org.scibert.training.assessment.Faithfulness;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/**
 * What a release holds for explanations: how faithful they are, labelled rows to name as neighbours, and texts to try.
 * Rows and texts are data of their own: a release holds none of them unless that is asked for.
 */
final class Reasons {
    /**
     * Bytes of the neighbours' vectors: 21,845 rows of MiniLM, 10,922 of a base model. The function keeps them at hand.
     */
    private static final int MOST_VECTOR_BYTES = 16 << 20;
    /** Code points of a text that the release holds. */
    private static final int MOST_TEXT = 500;
    private static final int LEAST_TEXT = 30;

    private final JobConfig.Reasons config;
    private final PreparedData prepared;
    private final Path folder;
    private final Runnable beforeBatch;

    /** @param folder of the release, with its weights and its config.json */
    Reasons(JobConfig.Reasons config, PreparedData prepared, Path folder, Runnable beforeBatch) {
        this.config = config;
        this.prepared = prepared;
        this.folder = folder;
        this.beforeBatch = beforeBatch;
    }

    /**
     * Measures and writes what is asked for, in the precision that is served.
     *
     * @return how faithful the explanations are; empty if that was not asked for
     */
    Optional<Faithfulness> write(JobListener listener) throws IOException {
        if (config.examples() > 0) {
            writeExamples(ModelConfig.read(folder));
        }
        if (config.explanations() == 0 && config.neighbours() == JobConfig.Neighbours.OFF) {
            return Optional.empty();
        }
        Precision precision = ModelConfig.read(folder).precision();
        try (Classifier classifier = Classifier.open(folder, precision)) {
            if (config.neighbours() != JobConfig.Neighbours.OFF) {
                writeNeighbours(classifier, listener);
            }
            Splits<Rows> splits = prepared.splits();
            Optional<Faithfulness> found = config.explanations() == 0
                    ? Optional.empty()
                    : Faithfulness.of(
                            classifier, splits.dev().texts(), config.explanations(), Method.DEFAULT, beforeBatch);
            found.ifPresent(measured -> listener.noted(line(measured)));
            return found;
        }
    }

    private static String line(Faithfulness found) {
        return Text.format("explanations by %s on %s of dev: comprehensiveness %.3f, random order %.3f"
                        + " (difference from %+.3f to %+.3f); %.1f s",
                found.method().title(), Text.count(found.rows(), "text"),
                found.comprehensiveness().aopc(), found.comprehensiveness().random(),
                found.comprehensiveness().difference().interval().low(),
                found.comprehensiveness().difference().interval().high(), found.seconds());
    }

    private void writeNeighbours(Classifier classifier, JobListener listener) throws IOException {
        List<Row> all = prepared.splits().train().rows();
        List<Encoding> encodings = prepared.encodings().train();
        int most = MOST_VECTOR_BYTES / Short.BYTES / classifier.config().network().encoder().hiddenSize();
        int[] chosen = evenly(all.size(), most);
        if (chosen.length < all.size()) {
            listener.noted(
                    Text.format("neighbours: every %.1fth training row, %d of %d, is kept; more are too large to serve",
                    (double) all.size() / chosen.length, chosen.length, all.size()));
        }
        boolean texts = config.neighbours() == JobConfig.Neighbours.TEXTS;
        List<Neighbours.Row> rows = IntStream.of(chosen).mapToObj(all::get)
                .map(row -> new Neighbours.Row(
                        row.id(), label(row, classifier.config()), labels(row, classifier.config()),
                        texts ? beginning(row.text()) : null))
                .toList();
        Neighbours.write(folder, rows, classifier.clsVectors(
                IntStream.of(chosen).mapToObj(encodings::get).toList(), beforeBatch));
    }

    /** At most so many of N numbers from 0, evenly spread. */
    static int[] evenly(int of, int most) {
        int count = Math.min(of, most);
        return IntStream.range(0, count).map(i -> (int) ((long) i * of / count)).toArray();
    }

    private void writeExamples(ModelConfig model) throws IOException {
        var json = Json.MAPPER.createArrayNode();
        for (Row row : examples(prepared.splits().dev().rows(), prepared.labels().labels(), config.examples())) {
            var one = json.addObject().put("text", beginning(row.text()));
            if (label(row, model) != null) {
                one.put("label", label(row, model));
            } else {
                labels(row, model).forEach(one.putArray("labels")::add);
            }
        }
        Files.write(folder.resolve("examples.json"), Json.write(json));
    }

    /** Rows of each label in turn, as far as there are such, in the rows' order; short ones first. */
    static List<Row> examples(List<Row> rows, List<String> labels, int most) {
        List<List<Row>> byLabel = labels.stream()
                .map(label -> rows.stream()
                        .filter(row -> row.labels().contains(label))
                        .sorted(Comparator.comparingInt(
                                row -> length(row) >= LEAST_TEXT && length(row) <= MOST_TEXT ? 0 : length(row)))
                        .toList())
                .toList();
        List<Row> chosen = new ArrayList<>();
        for (int i = 0; i < rows.size() && chosen.size() < most; i++) {
            for (List<Row> own : byLabel) {
                if (i < own.size() && chosen.size() < most && !chosen.contains(own.get(i))) {
                    chosen.add(own.get(i));
                }
            }
        }
        return chosen;
    }

    private static int length(Row row) {
        return row.text().codePointCount(0, row.text().length());
    }

    private static String beginning(String text) {
        return text.codePointCount(0, text.length()) <= MOST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_TEXT)) + "…";
    }

    private static String label(Row row, ModelConfig model) {
        return model.rule().task() == Task.MULTI_LABEL ? null : shown(row.labels().get(0), model);
    }

    private static List<String> labels(Row row, ModelConfig model) {
        return model.rule().task() == Task.MULTI_LABEL
                ? row.labels().stream().map(label -> shown(label, model)).toList()
                : null;
    }

    /** The name that the model shows for a label of the rows. */
    private static String shown(String label, ModelConfig model) {
        return model.rule().labels().get(model.dataLabels().indexOf(label));
    }
}
