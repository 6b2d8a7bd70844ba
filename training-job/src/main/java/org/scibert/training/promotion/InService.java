package org.scibert.training.promotion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.io.Text;
import org.scibert.training.rows.Row;
import org.scibert.training.split.OutOfFoldRecord;
import org.scibert.training.split.SplitRecord;

/**
 * The rows that the version in service can be compared on: those that it was not trained on, and those that it answered
 * out of fold.
 *
 * @param split that it was trained with; empty if its splits were files of their own
 * @param outOfFold its answers out of fold, if it was cross-validated
 */
record InService(Optional<SplitRecord> split, Optional<OutOfFoldRecord> outOfFold) {

    /** Reads the records of a release. */
    static InService read(Path release) throws IOException {
        Path split = release.resolve(SplitRecord.FILE);
        Path answers = release.resolve(OutOfFoldRecord.FILE);
        return new InService(
                Files.exists(split) ? Optional.of(SplitRecord.read(split)) : Optional.empty(),
                Files.exists(answers) ? Optional.of(OutOfFoldRecord.read(answers)) : Optional.empty());
    }

    /**
     * The rows of a comparison.
     *
     * @param numbers of the rows that both versions can be compared on
     * @param known the answer of the version in service to some of them, (C), by number
     */
    record Comparable(List<Integer> numbers, Map<Integer, List<Float>> known, int trainedOn) {

        /** What a reader of the numbers should know; empty if the rows are new to the version in service. */
        String remark() {
            String remark = known.isEmpty() ? "" : Text.format(
                    "; the one in service was trained on %s of these rows and is judged on them by its out-of-fold"
                            + " answers",
                    known.size());
            return trainedOn == 0 ? remark : remark + Text.format(
                    "; %s that it was trained on left out", Text.count(trainedOn, "row"));
        }
    }

    Comparable comparable(List<Row> rows) {
        List<Integer> numbers = new ArrayList<>();
        Map<Integer, List<Float>> known = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            Optional<List<Float>> answer = outOfFold.flatMap(record -> record.of(row));
            if (answer.isPresent()) {
                known.put(i, answer.get());
            } else if (split.filter(record -> record.wasTrainedOn(row)).isPresent()) {
                continue;
            }
            numbers.add(i);
        }
        return new Comparable(numbers, known, rows.size() - numbers.size());
    }
}
