package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * Two splits that must have no text in common.
 *
 * @param earlier what is learned from or chosen by
 * @param later what is chosen by or measured on
 */
record SplitPair(Split earlier, Split later) {

    /** All pairs, those with train first. */
    static List<SplitPair> of(Splits<Rows> rows) {
        List<Split> splits = List.copyOf(rows.bySplit().keySet());
        List<SplitPair> pairs = new ArrayList<>();
        for (int i = 0; i < splits.size(); i++) {
            for (int j = i + 1; j < splits.size(); j++) {
                pairs.add(new SplitPair(splits.get(i), splits.get(j)));
            }
        }
        return pairs;
    }

    List<Split> splits() {
        return List.of(earlier, later);
    }
}
