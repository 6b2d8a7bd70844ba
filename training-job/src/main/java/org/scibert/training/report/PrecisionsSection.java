package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scibert.training.rows.Split;

/** What fewer bits cost and save. */
final class PrecisionsSection {
    private PrecisionsSection() {}

    static Section of(PrecisionSummary precisions) {
        List<List<String>> rows = new ArrayList<>();
        for (PrecisionSummary.Row row : precisions.rows()) {
            rows.add(List.of(
                    row.precision() + (row.precision().equals(precisions.served()) ? " (served)" : ""),
                    String.format(Locale.ROOT, "%.1f", row.bytes() / 1e6),
                    String.format(Locale.ROOT, "%.2f", row.millisPerText()),
                    loss(row, Split.DEV),
                    loss(row, Split.TEST)));
        }
        return Section.of("precisions", "Precisions",
                "Served is the fastest whose selection score on dev is at most %s below fp32's. Milliseconds are the"
                        .formatted(Format.compact(precisions.tolerance()))
                        + " median of one text at a time, on the machine that trained.",
                List.of(
                        Table.numbers("Size, latency, and the selection score lost against fp32",
                                List.of("Precision", "MB", "ms a text", "Lost on dev", "Lost on test"), rows),
                        Table.texts("Notes", List.of("What is not carried"),
                                precisions.notes().stream().map(List::of).toList())));
    }

    private static String loss(PrecisionSummary.Row row, Split split) {
        Double loss = row.scoreLoss().get(split);
        return loss == null ? Format.NONE : String.format(Locale.ROOT, "%+.4f", loss);
    }
}
