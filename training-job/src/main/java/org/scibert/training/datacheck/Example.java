package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Stream;

/**
 * One case of a finding: a row, or rows that belong together.
 *
 * @param rows the first of them
 * @param more how many follow those named
 * @param similarity Jaccard similarity of two nearly equal texts, in (0, 1); null where it is not the question
 */
public record Example(List<Place> rows, int more, @JsonInclude(JsonInclude.Include.NON_NULL) Double similarity) {
    /** Rows that an example names. */
    public static final int MAX_ROWS = 5;

    public Example {
        rows = List.copyOf(rows);
        if (rows.isEmpty() || rows.size() > MAX_ROWS || more < 0) {
            throw new IllegalArgumentException("an example names 1 to %d rows and leaves none or more out; got %d and %d"
                    .formatted(MAX_ROWS, rows.size(), more));
        }
    }

    /** The first rows of a group. */
    static Example of(List<Place> group) {
        int named = Math.min(group.size(), MAX_ROWS);
        return new Example(group.subList(0, named), group.size() - named, null);
    }

    /** The first rows of one group and of another that belongs to it: both are seen. */
    static Example of(List<Place> group, List<Place> other) {
        int ofGroup = Math.min(group.size(), MAX_ROWS - Math.min(other.size(), MAX_ROWS / 2));
        int ofOther = Math.min(other.size(), MAX_ROWS - ofGroup);
        List<Place> named = Stream.concat(group.stream().limit(ofGroup), other.stream().limit(ofOther)).toList();
        return new Example(named, group.size() + other.size() - named.size(), null);
    }

    static Example similar(Place one, Place other, double similarity) {
        return new Example(List.of(one, other), 0, similarity);
    }
}
