package org.scibert.training.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.training.datacheck.RelatedRows;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Rows;

/**
 * The folds of a cross-validation. Related rows ({@link RelatedRows}) stand in one fold, and the works of each label
 * are dealt to the folds in the order of a keyed hash, so that no two folds differ by more than one work of a label. N
 * rows.
 */
public final class Folds {
    /** The name of this rule, for provenance. */
    public static final String RULE = "grouped-folds-1";

    public static final int MOST = 20;

    private final int count;
    private final int[] folds; // (N)
    private final int works;

    private Folds(int count, int[] folds, int works) {
        this.count = count;
        this.folds = folds;
        this.works = works;
    }

    /**
     * Assigns rows to folds.
     *
     * @param count 2 to {@value #MOST}
     * @throws DataException if a label of two has fewer works than there are folds, or all labels together have
     */
    public static Folds of(Rows rows, int count) throws DataException {
        requireCount(count);
        Map<String, List<List<Integer>>> works = works(rows);
        requireEnough(rows, count, works);
        return dealt(rows, count, works);
    }

    /**
     * Assigns rows to folds as {@link #of} does, of which some may get no row of a label, or none at all, where works
     * are few: for choices between regressions, which are no evidence for people.
     */
    public static Folds ofFew(Rows rows, int count) {
        requireCount(count);
        return dealt(rows, count, works(rows));
    }

    /** The numbers of each work's rows, by label. */
    private static Map<String, List<List<Integer>>> works(Rows rows) {
        Strata strata = Strata.of(rows.rows());
        Map<String, List<List<Integer>>> works = new LinkedHashMap<>();
        new RelatedRows(rows.rows()).components().forEach(work ->
                works.computeIfAbsent(strata.of(work), label -> new ArrayList<>()).add(work));
        return works;
    }

    private static Folds dealt(Rows rows, int count, Map<String, List<List<Integer>>> works) {
        int[] folds = new int[rows.size()];
        int next = 0;
        for (List<List<Integer>> ofLabel : works.values()) {
            ofLabel.sort(Comparator.comparingDouble(work -> KeyedHash.place(rows.rows().get(work.get(0)))));
            for (List<Integer> work : ofLabel) {
                int fold = next++ % count;
                work.forEach(row -> folds[row] = fold);
            }
        }
        return new Folds(count, folds, next);
    }

    /** @throws IllegalArgumentException if the number of folds is not 2 to {@value #MOST} */
    public static void requireCount(int count) {
        if (count < 2 || count > MOST) {
            throw new IllegalArgumentException(Text.format("folds must be 2 to %s, are %s; 5 is usual", MOST, count));
        }
    }

    /** Without a row of each of two labels in every fold, some fold has nothing to tell apart. */
    private static void requireEnough(Rows rows, int count, Map<String, List<List<Integer>>> works)
            throws DataException {
        for (Map.Entry<String, List<List<Integer>>> label : works.entrySet()) {
            if (works.size() <= 2 && label.getValue().size() < count) {
                throw new DataException(rows.file(), Text.format(
                        "%s with the label \"%s\" can't be in each of %s folds; label more, or give fewer --folds",
                        Text.count(label.getValue().size(), "record"),
                        rows.rows().get(label.getValue().get(0).get(0)).labels()
                                .stream().findFirst().orElse(""), count));
            }
        }
        if (rows.size() < count) {
            throw new DataException(rows.file(), Text.format(
                    "%s can't be divided into %s folds; label more", Text.count(rows.size(), "labelled record"),
                    count));
        }
    }

    public int count() {
        return count;
    }

    /** The number of works that the rows are about. */
    int works() {
        return works;
    }

    /** The number of rows, N. */
    public int rows() {
        return folds.length;
    }

    /** The fold of a row, from 0. */
    public int of(int row) {
        return folds[row];
    }

    /** What belongs to the rows of a fold, in the rows' order. */
    public <T> List<T> heldOut(int fold, List<T> ofRows) {
        return select(fold, ofRows, true);
    }

    /** What belongs to the rows of all other folds, in the rows' order. */
    public <T> List<T> training(int fold, List<T> ofRows) {
        return select(fold, ofRows, false);
    }

    private <T> List<T> select(int fold, List<T> ofRows, boolean heldOut) {
        if (ofRows.size() != folds.length) {
            throw new IllegalArgumentException(Text.format(
                    "the folds are of %s rows, given is something of %s", folds.length, ofRows.size()));
        }
        List<T> selected = new ArrayList<>();
        for (int i = 0; i < folds.length; i++) {
            if (folds[i] == fold == heldOut) {
                selected.add(ofRows.get(i));
            }
        }
        return selected;
    }

    /**
     * The answers of the folds' models, each to the rows that it was not trained on, as the answers to all rows.
     *
     * @param ofFolds logits of each fold's {@link #heldOut} rows, (rows of the fold, C), row-major
     * @param outputs C
     * @return (N, C), row-major, in the rows' order
     */
    public float[] gather(List<float[]> ofFolds, int outputs) {
        float[] all = new float[folds.length * outputs]; // (N, C)
        int[] next = new int[count];
        for (int i = 0; i < folds.length; i++) {
            int fold = folds[i];
            System.arraycopy(ofFolds.get(fold), outputs * next[fold]++, all, outputs * i, outputs);
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Folds that && count == that.count && Arrays.equals(folds, that.folds);
    }

    @Override
    public int hashCode() {
        return 31 * count + Arrays.hashCode(folds);
    }

    @Override
    public String toString() {
        return count + " folds of " + folds.length + " rows";
    }
}
