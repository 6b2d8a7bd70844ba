package org.scibert.training.report;

import java.util.List;

/**
 * A confusion matrix.
 *
 * @param caption what it shows
 * @param labels (C)
 * @param rows (C, C): rows of each label by what they are called
 */
public record Matrix(String caption, List<String> labels, List<List<Cell>> rows) {

    /**
     * One count.
     *
     * @param share of its row, in %, rounded
     * @param heat that share in tenths, 0 to 10
     */
    public record Cell(int count, String share, int heat) {}

    static Matrix of(String caption, List<String> labels, List<List<Integer>> counts) {
        return new Matrix(caption, labels, counts.stream().map(Matrix::row).toList());
    }

    private static List<Cell> row(List<Integer> counts) {
        int rows = counts.stream().mapToInt(n -> n).sum();
        return counts.stream().map(n -> cell(n, rows == 0 ? 0 : (double) n / rows)).toList();
    }

    private static Cell cell(int count, double share) {
        return new Cell(count, Math.round(100 * share) + " %", (int) Math.round(10 * share));
    }
}
