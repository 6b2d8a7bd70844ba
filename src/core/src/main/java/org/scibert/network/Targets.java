package org.scibert.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** The labels of a batch's rows as numbers, in the form that the task's loss takes. */
public sealed interface Targets {
    /** The targets of these rows, in this order. */
    Targets rows(int[] rows);

    /** The targets as an array of {@code manager}. */
    NDArray array(NDManager manager);

    /** Multi-class targets: the class number of each row, (B). */
    record Classes(long[] classes) implements Targets {
        @Override
        public Targets rows(int[] rows) {
            return new Classes(Arrays.stream(rows).mapToLong(row -> classes[row]).toArray());
        }

        @Override
        public NDArray array(NDManager manager) {
            return manager.create(classes);
        }
    }

    /** Binary and multi-label targets: 0 or 1 for each row and logit, (B, C) row-major. */
    record Flags(float[] flags, int outputs) implements Targets {
        @Override
        public Targets rows(int[] rows) {
            float[] chosen = new float[rows.length * outputs]; // (B, C)
            for (int b = 0; b < rows.length; b++) {
                System.arraycopy(flags, rows[b] * outputs, chosen, b * outputs, outputs);
            }
            return new Flags(chosen, outputs);
        }

        @Override
        public NDArray array(NDManager manager) {
            return manager.create(flags, new Shape(flags.length / outputs, outputs));
        }
    }
}
