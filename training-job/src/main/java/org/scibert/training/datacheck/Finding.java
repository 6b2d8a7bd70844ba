package org.scibert.training.datacheck;

import java.util.List;
import org.scibert.training.rows.Split;

/**
 * One thing that was found.
 *
 * @param splits whose rows it is about, in the order of {@link Split}
 * @param count rows it is about, at least 1; labels for {@link FindingKind#RARE_LABEL}, texts for
 *     {@link FindingKind#CONFLICT}
 * @param what a sentence with the numbers
 * @param next what to do about it
 * @param examples the first cases, at most {@value #MAX_EXAMPLES}
 */
public record Finding(
        FindingKind kind,
        Severity severity,
        List<Split> splits,
        int count,
        String what,
        String next,
        List<Example> examples) {
    /** Cases that a finding shows. */
    public static final int MAX_EXAMPLES = 5;

    public Finding {
        splits = List.copyOf(splits);
        examples = List.copyOf(examples.subList(0, Math.min(examples.size(), MAX_EXAMPLES)));
        if (count < 1) {
            throw new IllegalArgumentException("a finding is about 1 row or more, this one about " + count);
        }
    }
}
