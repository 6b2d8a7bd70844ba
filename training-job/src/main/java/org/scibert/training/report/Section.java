package org.scibert.training.report;

import java.util.List;

/**
 * A part of the report: charts, then confusion matrices, then tables.
 *
 * @param id its anchor: letters and hyphens
 * @param intro a sentence or two
 * @param tables those without rows are left out
 */
public record Section(
        String id, String title, String intro, List<Chart> charts, List<Matrix> matrices, List<Table> tables) {
    public Section {
        charts = List.copyOf(charts);
        matrices = List.copyOf(matrices);
        tables = tables.stream().filter(table -> !table.rows().isEmpty()).toList();
    }

    static Section of(String id, String title, String intro, List<Table> tables) {
        return new Section(id, title, intro, List.of(), List.of(), tables);
    }

    /**
     * A confusion matrix.
     *
     * @param caption what it shows
     * @param labels (C)
     * @param rows (C, C): rows of each label by predicted label
     */
    public record Matrix(String caption, List<String> labels, List<List<Cell>> rows) {

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

    /**
     * One count of a confusion matrix.
     *
     * @param share of its row, in %, rounded
     * @param heat that share in tenths, 0 to 10
     */
    public record Cell(int count, String share, int heat) {}
}
