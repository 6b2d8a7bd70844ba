package org.scibert.training.finetune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.scibert.network.OutOfDeviceMemoryException;

/** The rows that go through the network at once: half as many each time that the device lacks memory for them. */
final class MicroBatch {
    private final TrainingListener listener;
    private int rows;

    /** @param rows to begin with, at least 1 */
    MicroBatch(int rows, TrainingListener listener) {
        this.rows = rows;
        this.listener = listener;
    }

    /**
     * Does some work, again from its beginning when memory runs out.
     *
     * @param work by the rows that it may take at once; what it did before memory ran out must not count
     * @throws OutOfDeviceMemoryException if there isn't enough for a single row
     */
    <T> T fit(IntFunction<T> work) {
        while (true) {
            try {
                return work.apply(rows);
            } catch (OutOfDeviceMemoryException e) {
                if (rows == 1) {
                    listener.noted("the device lacks memory for a single row; lower max-tokens or take another one");
                    throw e;
                }
                int half = (rows + 1) / 2;
                listener.noted(("the device lacks memory for %d rows at once; it gets %d from now on, a step stays the"
                        + " same").formatted(rows, half));
                rows = half;
            }
        }
    }

    /** The batches, in order, each cut into parts of at most so many rows. */
    static List<int[]> cut(List<int[]> batches, int rows) {
        List<int[]> parts = new ArrayList<>();
        for (int[] batch : batches) {
            for (int start = 0; start < batch.length; start += rows) {
                parts.add(Arrays.copyOfRange(batch, start, Math.min(start + rows, batch.length)));
            }
        }
        return parts;
    }
}
