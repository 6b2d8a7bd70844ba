package org.scibert.training.split;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.io.Text;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * The rows of one file after its split.
 *
 * @param rows of each split
 * @param folds of the rows, where they are cross-validated
 * @param works that the rows are about; fewer than rows where some are related
 * @param leftOut rows that are related to works of two splits
 * @param kept rows whose split is that of an earlier release
 */
public record FileSplit(Splits<Rows> rows, Optional<Folds> folds, int works, List<Row> leftOut, int kept) {

    /** Rows that are dealt to folds. */
    public static FileSplit of(Rows rows, Folds folds) {
        return new FileSplit(Splits.crossValidated(rows), Optional.of(folds), folds.works(), List.of(), 0);
    }

    /** @param assigned the split of each row, null for one that is left out, (N) */
    static FileSplit of(Rows rows, Split[] assigned, int works, int kept) throws DataException {
        Map<Split, List<Row>> splits = new EnumMap<>(Split.class);
        List.of(Split.TRAIN, Split.DEV, Split.TEST).forEach(split -> splits.put(split, new ArrayList<>()));
        List<Row> leftOut = new ArrayList<>();
        for (int i = 0; i < assigned.length; i++) {
            (assigned[i] == null ? leftOut : splits.get(assigned[i])).add(rows.rows().get(i));
        }
        for (Map.Entry<Split, List<Row>> split : splits.entrySet()) {
            if (split.getValue().isEmpty()) {
                throw new DataException(rows.file(), Text.format(
                        "its %s are too few to split: none falls into %s; label some dozens more, or give --train,"
                                + " --dev",
                        Text.count(rows.size(), "labelled record"), split.getKey()) + " and --test");
            }
        }
        return new FileSplit(
                new Splits<>(
                        rows.with(splits.get(Split.TRAIN)),
                        new Rows(rows.file(), rows.sha256(), rows.labelLists(), splits.get(Split.DEV)),
                        new Rows(rows.file(), rows.sha256(), rows.labelLists(), splits.get(Split.TEST))),
                Optional.empty(),
                works,
                leftOut,
                kept);
    }

    /** The name of the rule that divided the rows, for provenance. */
    public String rule() {
        return folds.isPresent() ? Folds.RULE : GroupedSplit.RULE;
    }

    /** The split as a release records it. */
    public SplitRecord record() {
        return folds.map(found -> SplitRecord.of(rows.train().rows(), found)).orElseGet(() -> SplitRecord.of(this));
    }

    /** The split in words, a line for each thing that was done. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int records = rows.bySplit().values().stream().mapToInt(Rows::size).sum() + leftOut.size();
        if (works < records) {
            lines.add(Text.format(
                    "%s about %s: those with the same DOI, PMID or title and nearly equal texts are duplicates and stay"
                            + " together", Text.count(records, "labelled record"), Text.count(works, "work")));
        }
        if (folds.isPresent()) {
            lines.add(Text.format(
                    "%s dealt to %s folds by a hash of each record, those about one work together and each label"
                            + " evenly; scores are those of models that were not trained on the row, and the released"
                            + " one is trained on all",
                    Text.count(rows.train().size(), "row"), folds.get().count()));
            return lines;
        }
        lines.add(Text.format(
                "split by a hash of each record, those about one work together: %s to train, %s dev, %s test%s",
                Text.count(rows.train().size(), "row"), rows.dev().size(), rows.test().orElseThrow().size(),
                kept == 0 ? "" : Text.format("; %s as in the earlier release", kept)));
        if (!leftOut.isEmpty()) {
            lines.add(Text.format(
                    "%s left out, as they are about works of two splits; the first is %s in line %s",
                    Text.count(leftOut.size(), "record"), leftOut.get(0).id(), leftOut.get(0).line()));
        }
        return lines;
    }
}
