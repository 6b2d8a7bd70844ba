package org.scibert.training.datacheck;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.Rows;

/** The rows of each split; labels not compared yet. */
public record SplitRows(Rows train, Rows dev, Optional<Rows> test) {

    /**
     * Reads labelled rows.
     *
     * @param maxRows most rows read of each file
     * @throws org.scibert.training.rows.DataException if a file has no rows, or one that is not a labelled text
     */
    public static SplitRows read(Path train, Path dev, Optional<Path> test, int maxRows) throws IOException {
        Rows trainRows = RowReader.read(train, maxRows);
        Rows devRows = RowReader.read(dev, maxRows);
        Optional<Rows> testRows = Optional.empty();
        if (test.isPresent()) {
            testRows = Optional.of(RowReader.read(test.get(), maxRows));
        }
        return new SplitRows(trainRows, devRows, testRows);
    }

    /** In the order of {@link Split}; without test if there is none. */
    public Map<Split, Rows> bySplit() {
        Map<Split, Rows> splits = new EnumMap<>(Split.class);
        splits.put(Split.TRAIN, train);
        splits.put(Split.DEV, dev);
        test.ifPresent(rows -> splits.put(Split.TEST, rows));
        return splits;
    }
}
