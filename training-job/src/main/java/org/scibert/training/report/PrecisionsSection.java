package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.scibert.io.Text;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.assessment.Precisions.Measured;
import org.scibert.training.rows.Split;

/** The section on precisions, of the report and the model card: the cost and the loss of fewer bits. */
final class PrecisionsSection {
    private PrecisionsSection() {}

    static Section of(Precisions precisions) {
        List<List<String>> rows = new ArrayList<>();
        boolean crossValidated = precisions.measured().values().stream()
                .anyMatch(measured -> measured.scoreLoss().containsKey(Split.OUT_OF_FOLD));
        precisions.measured().forEach((title, measured) -> rows.add(List.of(
                title + (title.equals(precisions.served()) ? " (served)" : ""),
                Text.format("%.1f", measured.bytes() / 1e6),
                Text.format("%.2f", measured.millisPerText()),
                loss(measured, crossValidated ? Split.OUT_OF_FOLD : Split.DEV),
                loss(measured, Split.TEST))));
        return Section.of("precisions", "Precisions",
                Text.format(
                        "Served is the fastest that the processor has kernels for, of those whose selection score %s"
                                + " is at most %s below fp32's (%s); marked is the one on a processor that has all."
                                + " Milliseconds are the median of one text at a time, on the machine that trained.%s",
                        crossValidated ? "out of fold" : "on dev",
                        Format.compact(precisions.tolerance()), String.join(", ", precisions.within()),
                        half(precisions)),
                List.of(
                        Table.numbers("Size, latency, and the selection score lost against fp32",
                                List.of("Precision", "MB", "ms a text",
                                        crossValidated ? "Lost out of fold" : "Lost on dev", "Lost on test"), rows),
                        Table.texts("Notes", List.of("What is not carried"),
                                precisions.notes().stream().map(List::of).toList())));
    }

    /** What int8 leaves in 16 bits. */
    private static String half(Precisions precisions) {
        Set<String> half = new TreeSet<>();
        precisions.measured().values().forEach(measured -> half.addAll(measured.layersIn16Bits()));
        return half.isEmpty() ? "" : Text.format(
                " In int8 these linear layers are in 16 bits, since they lose most: %s.", String.join(", ", half));
    }

    private static String loss(Measured measured, Split split) {
        Double loss = measured.scoreLoss().get(split);
        return loss == null ? Format.NONE : Text.format("%+.4f", loss);
    }
}
