package org.scibert.training.report;

import java.util.List;

/**
 * A part of the report: charts, then confusion matrices, then tables.
 *
 * @param id its anchor: letters and hyphens
 * @param intro a sentence or two
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
}
