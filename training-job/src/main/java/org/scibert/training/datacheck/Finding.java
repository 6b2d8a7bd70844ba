package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.scibert.io.Text;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Split;

/**
 * One problem that the data check found.
 *
 * @param splits whose rows the finding is about, in the order of {@link Split}
 * @param count rows that have the problem, at least 1; labels for {@link Kind#RARE_LABEL}, texts for
 *     {@link Kind#CONFLICT}
 * @param what a sentence with the numbers
 * @param next what to do about it
 * @param examples the first cases, at most {@value #MAX_EXAMPLES}
 */
public record Finding(
        Kind kind,
        Severity severity,
        List<Split> splits,
        int count,
        String what,
        String next,
        List<Example> examples) {
    /** The most cases that a finding shows. */
    public static final int MAX_EXAMPLES = 5;

    public Finding {
        splits = List.copyOf(splits);
        examples = List.copyOf(examples.subList(0, Math.min(examples.size(), MAX_EXAMPLES)));
        if (count < 1) {
            throw new IllegalArgumentException("a finding is about 1 row or more, this one about " + count);
        }
    }

    /** What can be found. */
    public enum Kind {
        /** The same text, after {@link Normalisation}, in two splits. */
        LEAK("leak"),
        /** Training rows that were left out because they were leaks. */
        DROPPED_LEAK("dropped leak"),
        /** Nearly the same text in two splits. */
        NEAR_DUPLICATE("near duplicate"),
        /** The same text twice in one split. */
        DUPLICATE("duplicate"),
        /** The same text with different labels. */
        CONFLICT("conflicting labels"),
        /** Names of columns in place of a text and its label. */
        HEADER_ROW("header row"),
        /** A label that no training row has. */
        UNKNOWN_LABEL("unknown label"),
        /** Records without a label, which were left out. */
        UNLABELLED("unlabelled"),
        /** Spellings of one label that were joined. */
        JOINED_LABELS("joined labels"),
        /** Different labels that look the same. */
        LOOK_ALIKE_LABELS("look-alike labels"),
        /** Labels that look like lists of labels. */
        LABEL_LISTS("label lists"),
        /** Nearly as many labels as rows. */
        TOO_MANY_LABELS("too many labels"),
        /** An id that several rows have. */
        REPEATED_ID("repeated id"),
        /** A text without content. */
        EMPTY_TEXT("empty text"),
        /** A label that too few rows have. */
        RARE_LABEL("rare label"),
        /** A text longer than the limit of tokens. */
        OVERLONG_TEXT("overlong text");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** The kind's name in reports. */
        @JsonValue
        public String title() {
            return title;
        }
    }

    /** How much a finding matters, the worst first. */
    public enum Severity {
        /** The scores would mean nothing, or the rows are not what they seem; a strict job ends. */
        ERROR("error"),
        /** The model or its scores suffer. */
        WARNING("warning"),
        /** Nothing need be done. */
        NOTE("note");

        private final String title;

        Severity(String title) {
            this.title = title;
        }

        /** The severity's name in reports. */
        @JsonValue
        public String title() {
            return title;
        }
    }

    /**
     * The position of a row, without its text.
     *
     * @param line of the split's file, counted from 1
     * @param id as in the file, or the line number
     * @param labels as in the file
     */
    public record Place(Split split, int line, String id, List<String> labels) {
        public Place {
            labels = List.copyOf(labels);
        }

        public static Place of(Split split, Row row) {
            return new Place(split, row.line(), row.id(), row.labels());
        }
    }

    /**
     * One case of a finding: a row, or rows that belong together.
     *
     * @param rows the first rows of the case
     * @param more how many follow those named
     * @param similarity Jaccard similarity of two nearly equal texts, in (0, 1); null for other kinds of finding
     */
    public record Example(List<Place> rows, int more, @JsonInclude(JsonInclude.Include.NON_NULL) Double similarity) {
        /** The most rows that an example names. */
        public static final int MAX_ROWS = 5;

        public Example {
            rows = List.copyOf(rows);
            if (rows.isEmpty() || rows.size() > MAX_ROWS || more < 0) {
                throw new IllegalArgumentException(
                        Text.format("an example names 1 to %s rows and leaves none or more out; got %s and %s",
                                MAX_ROWS, rows.size(), more));
            }
        }

        /** An example with the first rows of a group. */
        static Example of(List<Place> group) {
            int named = Math.min(group.size(), MAX_ROWS);
            return new Example(group.subList(0, named), group.size() - named, null);
        }

        /** An example with the first rows of two groups that belong together; both are seen. */
        static Example of(List<Place> group, List<Place> other) {
            int ofGroup = Math.min(group.size(), MAX_ROWS - Math.min(other.size(), MAX_ROWS / 2));
            int ofOther = Math.min(other.size(), MAX_ROWS - ofGroup);
            List<Place> named = Stream.concat(group.stream().limit(ofGroup), other.stream().limit(ofOther)).toList();
            return new Example(named, group.size() + other.size() - named.size(), null);
        }
    }
}
