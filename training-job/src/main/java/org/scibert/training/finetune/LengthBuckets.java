package org.scibert.training.finetune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Batches of rows of similar length, in random order, so that little of a batch is padding.
 *
 * <p>The rows are shuffled and cut into pools of {@value #POOL_BATCHES} batches; each pool is sorted by length and cut
 * into batches; the batches are shuffled. Rows of a batch are alike in length and otherwise random.
 */
public final class LengthBuckets {
    private static final int POOL_BATCHES = 100;

    private LengthBuckets() {}

    /**
     * Makes the batches of an epoch.
     *
     * @param lengths tokens of each row
     * @return row numbers, each once; all batches but one hold {@code batchSize}
     */
    public static List<int[]> shuffled(int[] lengths, int batchSize, Random random) {
        List<Integer> order = rowNumbers(lengths.length);
        Collections.shuffle(order, random);
        List<int[]> batches = new ArrayList<>();
        int pool = batchSize * POOL_BATCHES;
        for (int start = 0; start < order.size(); start += pool) {
            List<Integer> rows = order.subList(start, Math.min(start + pool, order.size()));
            rows.sort(Comparator.comparingInt(row -> lengths[row]));
            batches.addAll(cut(rows, batchSize));
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    /** All rows from the shortest to the longest, for evaluation; of equal ones in their order. */
    public static List<int[]> sorted(int[] lengths, int batchSize) {
        List<Integer> order = rowNumbers(lengths.length);
        order.sort(Comparator.comparingInt(row -> lengths[row]));
        return cut(order, batchSize);
    }

    /** The share of a plan's cells that is padding, in [0, 1). */
    public static double paddingShare(int[] lengths, List<int[]> batches) {
        long cells = 0;
        for (int[] batch : batches) {
            cells += (long) batch.length * Arrays.stream(batch).map(row -> lengths[row]).max().orElse(0);
        }
        return 1 - (double) Arrays.stream(lengths).asLongStream().sum() / cells;
    }

    private static List<Integer> rowNumbers(int rows) {
        List<Integer> numbers = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static List<int[]> cut(List<Integer> rows, int batchSize) {
        List<int[]> batches = new ArrayList<>();
        for (int start = 0; start < rows.size(); start += batchSize) {
            batches.add(rows.subList(start, Math.min(start + batchSize, rows.size())).stream()
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
        return batches;
    }
}
