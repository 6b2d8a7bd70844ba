package org.scibert.training.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.scibert.decision.Decision;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.decision.Verdict;
import org.scibert.io.Text;
import org.scibert.training.cli.RecordClassifier.Classified;
import org.scibert.training.records.RecordSpool;
import org.scibert.training.records.RecordWriter;
import org.scibert.training.records.RecordWriter.Annotated;
import org.scibert.training.records.SourceRecord;

/**
 * Classified records that are written again once all are known: a record's rank depends on those after it. They wait in
 * a file; in memory, each has its probability and its place, with the sorting some 50 bytes.
 */
final class ClassifiedRecords implements Closeable {
    /** What each record gets. */
    static final List<String> NAMES = List.of(
            "SciBERT_label", "SciBERT_probability", "SciBERT_rank", "SciBERT_version", "SciBERT_error");
    private static final int RANK = NAMES.indexOf("SciBERT_rank");

    private final RecordSpool spool;
    private final DecisionRule rule;
    private final String version;
    private final boolean asreview;
    private final boolean withFields;
    private final Set<String> fields = new LinkedHashSet<>();
    private double[] probabilities = new double[1024];
    private boolean unreadable;
    private int asreviewKept;

    /**
     * @param file that is created, and that the caller deletes
     * @param target that messages name where the disk is full
     * @param asreview whether references get ASReview's notes too
     * @param withFields whether the writer needs the records' fields, and not their text alone
     */
    ClassifiedRecords(
            Path file, Path target, DecisionRule rule, String version, boolean asreview, boolean withFields)
            throws IOException {
        this.spool = new RecordSpool(file, target);
        this.rule = rule;
        this.version = version;
        this.asreview = asreview;
        this.withFields = withFields;
    }

    /** Appends a record. */
    void add(Classified classified) throws IOException {
        int index = spool.size();
        if (index == probabilities.length) {
            probabilities = Arrays.copyOf(probabilities, 2 * index);
        }
        Optional<Decision> decision = classified.found().map(found -> found.decision());
        probabilities[index] = decision.flatMap(this::probability).orElse(-1.);
        unreadable |= !classified.readable();
        SourceRecord record = classified.record();
        if (withFields) {
            fields.addAll(record.fields().keySet());
        }
        spool.add(new Annotated(
                withFields ? record : new SourceRecord(record.line(), record.raw(), Map.of()),
                classified.readable(), values(classified), notes(classified, decision)));
    }

    private List<String> values(Classified classified) {
        if (classified.found().isEmpty()) {
            String error = Text.format("line %s: %s", classified.record().line(), classified.error());
            return List.of("", "", "", version, error);
        }
        Decision decision = classified.found().get().decision();
        return List.of(
                String.join(";", decision.chosen()),
                probability(decision).map(found -> Text.format("%.6f", found)).orElse(""),
                "",
                version,
                "");
    }

    /** The probability of the positive label, or of the class that was predicted; none for several labels. */
    private Optional<Double> probability(Decision decision) {
        return Optional.ofNullable(switch (rule.task()) {
            case BINARY -> decision.probabilities().get(rule.labels().get(1));
            case MULTI_CLASS -> decision.probabilities().get(decision.chosen().get(0));
            case MULTI_LABEL -> null;
        });
    }

    /**
     * ASReview's note of a decision, as versions 1 and 2 of it write and read notes (N1) of RIS. A record that has one
     * keeps it and gets none: ASReview refuses a record that has two.
     */
    private List<String> notes(Classified classified, Optional<Decision> decision) {
        if (!asreview) {
            return List.of();
        }
        if (hasNote(classified.record())) {
            asreviewKept++;
            return List.of();
        }
        if (decision.isEmpty() || decision.get().verdict().equals(Optional.of(Verdict.ASK))) {
            return List.of("ASReview_not_seen");
        }
        boolean positive = decision.get().chosen().get(0).equals(rule.labels().get(1));
        return List.of(positive ? "ASReview_relevant" : "ASReview_irrelevant");
    }

    private static boolean hasNote(SourceRecord record) {
        return record.fields().values().stream()
                .flatMap(field -> field.texts().stream())
                .anyMatch(text -> text.matches("(?s).*\\bASReview_(relevant|irrelevant|not_seen)\\b.*"));
    }

    /** The fields of all records. */
    Set<String> fields() {
        return fields;
    }

    /** Whether some can't be read. */
    boolean unreadable() {
        return unreadable;
    }

    /** The number of records that kept the note that ASReview gave them. */
    int asreviewKept() {
        return asreviewKept;
    }

    /**
     * Writes the records.
     *
     * @param ranked whether the most probable comes first, and those without an answer last; else they come in the
     *     order in which they were added
     */
    void write(RecordWriter writer, boolean ranked) throws IOException {
        int[] order = IntStream.range(0, spool.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank + 1;
        }
        for (int i = 0; i < order.length; i++) {
            int at = ranked ? order[i] : i;
            Annotated record = spool.get(at);
            if (rule.task() == Task.BINARY && probabilities[at] >= 0) {
                record = record.with(RANK, Integer.toString(ranks[at]));
            }
            writer.write(record);
        }
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
