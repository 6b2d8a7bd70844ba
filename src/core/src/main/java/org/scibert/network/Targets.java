package org.scibert.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** The labels of a batch's rows as numbers, in the form that the task's loss takes. */
public sealed interface Targets {
    /** Multi-class targets: the class number of each row, (B). */
    record Classes(long[] classes) implements Targets {}

    /** Binary and multi-label targets: 0 or 1 for each row and logit, (B, C) row-major. */
    record Flags(float[] flags, int outputs) implements Targets {}

    /** The targets of these rows, in this order. */
    default Targets rows(int[] rows) {
        if (this instanceof Classes c) {
            return new Classes(Arrays.stream(rows).mapToLong(row -> c.classes()[row]).toArray());
        }
        Flags f = (Flags) this;
        float[] chosen = new float[rows.length * f.outputs()]; // (B, C)
        for (int b = 0; b < rows.length; b++) {
            System.arraycopy(f.flags(), rows[b] * f.outputs(), chosen, b * f.outputs(), f.outputs());
        }
        return new Flags(chosen, f.outputs());
    }

    /** The targets as an array of {@code manager}. */
    default NDArray array(NDManager manager) {
        if (this instanceof Classes c) {
            return manager.create(c.classes());
        }
        Flags f = (Flags) this;
        return manager.create(f.flags(), new Shape(f.flags().length / f.outputs(), f.outputs()));
    }
}
