package org.scibert.training.job;

import java.io.IOException;
import java.util.Optional;
import org.scibert.training.rows.DataException;
import org.scibert.training.rows.LabelInference;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.Rows;

/**
 * The rows of a job, all read and checked before anything is computed.
 *
 * @param train rows to learn from
 * @param dev rows to choose by
 * @param test rows to measure on
 * @param labels as the training rows have them; dev and test have no others
 */
public record Splits(Rows train, Rows dev, Optional<Rows> test, LabelSet labels) {

    /** @throws DataException if a row is bad, or there is nothing to learn or to choose by */
    static Splits read(JobConfig config) throws IOException {
        Rows train = RowReader.read(config.train(), config.maxRows());
        Rows dev = RowReader.read(config.dev(), config.maxRows());
        Optional<Rows> test = Optional.empty();
        if (config.test().isPresent()) {
            test = Optional.of(RowReader.read(config.test().get(), config.maxRows()));
        }
        LabelSet labels = LabelInference.infer(
                train, config.task().orElse(null), config.positiveLabel().orElse(null));
        labels.checkForSelection(dev);
        if (test.isPresent()) {
            labels.check(test.get());
        }
        return new Splits(train, dev, test, labels);
    }
}
