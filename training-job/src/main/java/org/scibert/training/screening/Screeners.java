package org.scibert.training.screening;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.scibert.training.rows.LabelText;
import org.scibert.training.rows.ScreenedFile;
import org.scibert.training.rows.ScreenedRecord;
import org.scibert.training.screening.MatchedRecords.Work;

/**
 * What several screeners decided about the same works.
 *
 * <p>Labels that say the same, such as 1 and include, are one: in the spelling that the first file with such a label
 * has. Several records of one work in a file count once.
 *
 * <p>Shapes: F files.
 */
public final class Screeners {
    private final List<ScreenedFile> files;
    private final MatchedRecords matched;
    private final List<Reading> readings;
    private String positive;
    private String negative;

    /** What is to be looked at by people, and why. */
    public enum Reason {
        CONFLICT("conflict"),
        TWO_LABELS("two labels in one file"),
        AMBIGUOUS("same title, other DOI or PMID"),
        ONE_LABEL("not labelled in all files"),
        ONE_FILE("not in all files");

        private final String title;

        Reason(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** A work that people should look at. */
    public record Listed(Reason reason, Work work) {}

    /** The different labels of a work, (F) sets, none where a file has not labelled it. */
    private record Reading(Work work, List<Set<String>> labels) {
        /** The file's one label for the work. */
        Optional<String> label(int file) {
            return labels.get(file).size() == 1 ? labels.get(file).stream().findFirst() : Optional.empty();
        }

        Set<String> all() {
            Set<String> all = new LinkedHashSet<>();
            labels.forEach(all::addAll);
            return all;
        }
    }

    /**
     * @param files (F), at least two
     * @param byId whether records are matched by their ids and nothing else
     */
    public Screeners(List<ScreenedFile> files, boolean byId) {
        this.files = List.copyOf(files);
        for (ScreenedFile file : files) {
            for (ScreenedRecord record : file.records()) {
                String label = record.label().orElse("");
                positive = positive == null && LabelText.isPositive(label) ? label : positive;
                negative = negative == null && LabelText.isNegative(label) ? label : negative;
            }
        }
        this.matched = MatchedRecords.of(files.stream().map(ScreenedFile::records).toList(), byId);
        this.readings = matched.works().stream()
                .map(work -> new Reading(work, work.byFile().stream().map(this::labels).toList()))
                .toList();
    }

    private Set<String> labels(List<ScreenedRecord> records) {
        Set<String> labels = new LinkedHashSet<>();
        records.forEach(record -> record.label().map(this::spelled).ifPresent(labels::add));
        return labels;
    }

    private String spelled(String label) {
        return LabelText.isPositive(label) ? positive : LabelText.isNegative(label) ? negative : label;
    }

    public List<ScreenedFile> files() {
        return files;
    }

    /** The label that means relevant, in the files' spelling; 1 where they have none. */
    String positive() {
        return positive == null ? "1" : positive;
    }

    /** The label that means irrelevant, in the files' spelling; 0 where they have none. */
    String negative() {
        return negative == null ? "0" : negative;
    }

    /** Whether all labels say relevant or irrelevant. */
    public boolean areDecisions() {
        return labels().stream().allMatch(LabelText::isDecision);
    }

    /** All labels: the relevant one first, the irrelevant one next, others by their letters. */
    public List<String> labels() {
        Set<String> labels = new LinkedHashSet<>();
        readings.forEach(reading -> labels.addAll(reading.all()));
        return labels.stream()
                .sorted(Comparator.comparing((String label) -> !label.equals(positive))
                        .thenComparing(label -> !label.equals(negative))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Works that all files have. */
    public int inAll() {
        return (int) matched.works().stream().filter(work -> work.files() == files.size()).count();
    }

    /** Works that a file has and no other one. */
    public int onlyIn(int file) {
        return (int) matched.works().stream()
                .filter(work -> work.files() == 1 && !work.byFile().get(file).isEmpty())
                .count();
    }

    /** Records of a file beyond the first one about a work. */
    public int repeated(int file) {
        return matched.works().stream().mapToInt(work -> Math.max(0, work.byFile().get(file).size() - 1)).sum();
    }

    /** The agreement of two files on the works that each gives one label; empty if there are none. */
    public Optional<Agreement> agreement(int first, int second) {
        List<String> labels = labels();
        int[][] counts = new int[labels.size()][labels.size()];
        int records = 0;
        for (Reading reading : readings) {
            if (reading.label(first).isPresent() && reading.label(second).isPresent()) {
                counts[labels.indexOf(reading.label(first).get())][labels.indexOf(reading.label(second).get())]++;
                records++;
            }
        }
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : counts) {
            List<Integer> cells = new ArrayList<>();
            for (int count : row) {
                cells.add(count);
            }
            rows.add(cells);
        }
        return records == 0 ? Optional.empty() : Optional.of(new Agreement(labels, rows));
    }

    /** The agreement of all files on the works to which two or more give one label each. */
    public KrippendorffAlpha alpha() {
        List<String> labels = labels();
        return KrippendorffAlpha.of(readings.stream()
                .map(reading -> {
                    int[] counts = new int[labels.size()];
                    IntStream.range(0, files.size())
                            .mapToObj(reading::label)
                            .flatMap(Optional::stream)
                            .forEach(label -> counts[labels.indexOf(label)]++);
                    return counts;
                })
                .toList());
    }

    /** What people should look at, conflicts first; within a reason in the files' order. */
    public List<Listed> listed() {
        List<Listed> listed = new ArrayList<>();
        Set<ScreenedRecord> ambiguous = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Work work : matched.ambiguous()) {
            listed.add(new Listed(Reason.AMBIGUOUS, work));
            work.byFile().forEach(ambiguous::addAll);
        }
        for (Reading reading : readings) {
            reason(reading)
                    .filter(reason -> reason != Reason.ONE_FILE || !ambiguous.contains(reading.work().first()))
                    .ifPresent(reason -> listed.add(new Listed(reason, reading.work())));
        }
        listed.sort(Comparator.comparing(Listed::reason)); // stable
        return listed;
    }

    private Optional<Reason> reason(Reading reading) {
        long labelled = reading.labels().stream().filter(labels -> !labels.isEmpty()).count();
        if (reading.labels().stream().anyMatch(labels -> labels.size() > 1)) {
            return Optional.of(Reason.TWO_LABELS);
        }
        if (reading.all().size() > 1) {
            return Optional.of(Reason.CONFLICT);
        }
        if (reading.work().files() < files.size()) {
            return Optional.of(Reason.ONE_FILE);
        }
        return labelled > 0 && labelled < files.size() ? Optional.of(Reason.ONE_LABEL) : Optional.empty();
    }

    /**
     * The merged labels of the first file's records, of those that get one: the one label that all who labelled the
     * work gave.
     *
     * @param onConflict what a work with several labels gets; empty: none
     * @return by the record itself: equal ones are different records
     */
    Map<ScreenedRecord, String> merged(Optional<String> onConflict) {
        Map<ScreenedRecord, String> merged = new IdentityHashMap<>();
        for (Reading reading : readings) {
            Set<String> labels = reading.all();
            Optional<String> label = labels.size() < 2 ? labels.stream().findFirst() : onConflict;
            label.ifPresent(found -> reading.work().byFile().get(0).forEach(record -> merged.put(record, found)));
        }
        return merged;
    }
}
