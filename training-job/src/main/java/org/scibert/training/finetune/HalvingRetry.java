package org.scibert.training.finetune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.scibert.io.Text;
import org.scibert.network.OutOfDeviceMemoryException;

/**
 * Repeats work that runs out of device memory with half as many rows at once. The smaller number stays for all later
 * work: a device that lacks memory once lacks it again.
 */
final class HalvingRetry {
    private final Consumer<String> notes;
    private int rowsAtOnce;

    /**
     * @param rowsAtOnce to begin with, at least 1
     * @param notes hears of each halving, in a sentence
     */
    HalvingRetry(int rowsAtOnce, Consumer<String> notes) {
        this.rowsAtOnce = rowsAtOnce;
        this.notes = notes;
    }

    /**
     * Runs the work, again from its beginning whenever memory runs out.
     *
     * @param work takes the number of rows that it may take at once, and must be repeatable
     * @throws OutOfDeviceMemoryException if memory is too small for a single row
     */
    <T> T run(IntFunction<T> work) {
        while (true) {
            try {
                return work.apply(rowsAtOnce);
            } catch (OutOfDeviceMemoryException e) {
                if (rowsAtOnce == 1) {
                    notes.accept("the device lacks memory for a single row; lower max-tokens or take another one");
                    throw e;
                }
                int half = (rowsAtOnce + 1) / 2;
                notes.accept(Text.format(
                        "the device lacks memory for %s rows at once; it gets %s from now on, a step stays the"
                                + " same",
                        rowsAtOnce, half));
                rowsAtOnce = half;
            }
        }
    }

    /**
     * Cuts each batch into parts of at most so many windows; the order stays, and the windows of a row stay together: a
     * row with more is a part of its own.
     *
     * @param windows of a row
     */
    static List<int[]> parts(List<int[]> batches, int atOnce, IntUnaryOperator windows) {
        List<int[]> parts = new ArrayList<>();
        for (int[] batch : batches) {
            int start = 0;
            int sum = 0;
            for (int i = 0; i < batch.length; i++) {
                int own = windows.applyAsInt(batch[i]);
                if (i > start && sum + own > atOnce) {
                    parts.add(Arrays.copyOfRange(batch, start, i));
                    start = i;
                    sum = 0;
                }
                sum += own;
            }
            parts.add(Arrays.copyOfRange(batch, start, batch.length));
        }
        return parts;
    }

    /** The same for rows of one window each. */
    static List<int[]> parts(List<int[]> batches, int rowsAtOnce) {
        return parts(batches, rowsAtOnce, row -> 1);
    }
}
