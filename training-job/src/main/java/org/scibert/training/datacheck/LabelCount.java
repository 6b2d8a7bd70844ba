package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.scibert.training.rows.Split;

/**
 * How often a label stands in each split.
 *
 * @param rows by split, in the order of {@link Split}
 * @param posWeight negatives / positives of the training rows, what a positive must count for both to weigh the same in
 *     the loss; null for labels that have none: the negative of two, and those of multi-class
 */
public record LabelCount(
        String label, Map<Split, Integer> rows, @JsonInclude(JsonInclude.Include.NON_NULL) Float posWeight) {
    public LabelCount {
        rows = Collections.unmodifiableMap(new EnumMap<>(rows));
    }
}
