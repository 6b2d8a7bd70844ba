package org.scibert.training.job;

import java.util.Optional;
import org.scibert.training.datacheck.SplitRows;
import org.scibert.training.promotion.PromotionGate;
import org.scibert.training.rows.DataException;
import org.scibert.training.rows.LabelInference;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * The rows of a job, all read and their labels compared before anything is computed.
 *
 * @param train rows to learn from
 * @param dev rows to choose by
 * @param test rows to measure on
 * @param labels as the training rows have them; dev and test have no others
 */
public record Splits(Rows train, Rows dev, Optional<Rows> test, LabelSet labels) {

    /** @throws DataException if labels don't fit, or there is nothing to learn or to choose by */
    static Splits of(SplitRows rows, JobConfig.Labels given) throws DataException {
        LabelSet labels = LabelInference.infer(
                rows.train(), given.task().orElse(null), given.positive().orElse(null));
        labels.checkForSelection(rows.dev());
        if (rows.test().isPresent()) {
            labels.check(rows.test().get());
        }
        return new Splits(rows.train(), rows.dev(), rows.test(), labels);
    }

    /** What versions are compared on: test, or dev without it. */
    PromotionGate.Sample forGate() {
        return test.map(rows -> new PromotionGate.Sample("test", rows, labels))
                .orElseGet(() -> new PromotionGate.Sample("dev", dev, labels));
    }
}
