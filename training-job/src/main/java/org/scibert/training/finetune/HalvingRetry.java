package org.scibert.training.finetune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
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

    /** Cuts each batch into parts of at most so many rows; the order stays. */
    static List<int[]> parts(List<int[]> batches, int rowsAtOnce) {
        List<int[]> parts = new ArrayList<>();
        for (int[] batch : batches) {
            for (int start = 0; start < batch.length; start += rowsAtOnce) {
                parts.add(Arrays.copyOfRange(batch, start, Math.min(start + rowsAtOnce, batch.length)));
            }
        }
        return parts;
    }
}
