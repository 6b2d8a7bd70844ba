package org.scibert.training.evaluation;

/** One label's column of what is given for all labels. N rows, C labels. */
final class Column {
    private Column() {}

    /**
     * @param classes (N)
     * @return (N), whether a row is of the wanted class
     */
    static boolean[] where(int[] classes, int wanted) {
        boolean[] is = new boolean[classes.length];
        for (int i = 0; i < is.length; i++) {
            is[i] = classes[i] == wanted;
        }
        return is;
    }

    /** @param flags (N, C) */
    static boolean[] of(boolean[] flags, int label, int labels) {
        boolean[] column = new boolean[flags.length / labels];
        for (int i = 0; i < column.length; i++) {
            column[i] = flags[i * labels + label];
        }
        return column;
    }

    /** @param logits (N, C) */
    static double[] of(double[] logits, int label, int labels) {
        double[] column = new double[logits.length / labels];
        for (int i = 0; i < column.length; i++) {
            column[i] = logits[i * labels + label];
        }
        return column;
    }
}
