package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.training.screening.Agreement;
import org.scibert.training.screening.KrippendorffAlpha;

/** The agreement of screeners for people and as JSON. */
final class AgreementPrinter {
    private AgreementPrinter() {}

    static List<String> lines(String first, String second, Optional<Agreement> found) {
        if (found.isEmpty()) {
            return List.of(Text.format("%s and %s: no work has a label in both", first, second));
        }
        Agreement agreement = found.get();
        List<String> lines = new ArrayList<>();
        lines.add(Text.format(
                "%s and %s: %s labelled in both", first, second, Text.count(agreement.records(), "work")));
        lines.add(agreement.kappa().isPresent()
                ? Text.format("Cohen's kappa %.3f (95 %% interval %.3f to %.3f)", agreement.kappa().getAsDouble(),
                        agreement.interval().get().low(), agreement.interval().get().high())
                : "Cohen's kappa is not defined: both gave one and the same label throughout");
        lines.add(Text.format("observed agreement %.1f %%, kappa adjusted for prevalence and bias (PABAK) %.3f",
                100 * agreement.observed(), agreement.adjusted()));
        for (int label = 0; label < agreement.labels().size(); label++) {
            lines.add(Text.format("prevalence of \"%s\": %.1f %% in %s, %.1f %% in %s", agreement.labels().get(label),
                    100 * agreement.first(label), first, 100 * agreement.second(label), second));
        }
        lines.addAll(table(first, second, agreement));
        return lines;
    }

    /** The counts, the first screener's labels down and the second's across. */
    private static List<String> table(String first, String second, Agreement agreement) {
        List<String> labels = agreement.labels();
        int head = labels.stream().mapToInt(String::length).max().orElse(0);
        int cell = Math.max(6, head) + 2;
        List<String> lines = new ArrayList<>();
        lines.add(Text.format("rows: %s, columns: %s", first, second));
        StringBuilder line = new StringBuilder(" ".repeat(2 + head));
        labels.forEach(label -> line.append(right(label, cell)));
        lines.add(line.toString());
        for (int i = 0; i < labels.size(); i++) {
            StringBuilder row = new StringBuilder("  ").append(labels.get(i))
                    .append(" ".repeat(head - labels.get(i).length()));
            agreement.counts().get(i).forEach(count -> row.append(right(Integer.toString(count), cell)));
            lines.add(row.toString());
        }
        return lines;
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    static String line(KrippendorffAlpha alpha, int screeners) {
        return alpha.value().isPresent()
                ? Text.format("all %d: Krippendorff's alpha %.3f (nominal), on %s with labels of two or more",
                        screeners, alpha.value().getAsDouble(), Text.count(alpha.works(), "work"))
                : Text.format("all %d: Krippendorff's alpha is not defined: %s", screeners,
                        alpha.works() == 0
                                ? "no work has labels of two"
                                : "all gave one and the same label throughout");
    }

    /** {@code {"works":…,"alpha":…}}; alpha is null where it is not defined. */
    static ObjectNode json(KrippendorffAlpha alpha) {
        return JsonLine.empty()
                .put("works", alpha.works())
                .put("alpha", alpha.value().isPresent() ? alpha.value().getAsDouble() : null);
    }

    /** {@code {"first":…,"second":…,"works":…,"kappa":…,"interval":[…,…],…}}; kappa is null where it is not defined. */
    static ObjectNode json(Path first, Path second, Optional<Agreement> found) {
        ObjectNode json = JsonLine.empty().put("first", first.toString()).put("second", second.toString());
        if (found.isEmpty()) {
            return json.put("works", 0);
        }
        Agreement agreement = found.get();
        json.put("works", agreement.records())
                .put("kappa", agreement.kappa().isPresent() ? agreement.kappa().getAsDouble() : null);
        agreement.interval().ifPresent(interval -> json.putArray("interval").add(interval.low()).add(interval.high()));
        json.put("observed", agreement.observed()).put("pabak", agreement.adjusted());
        json.set("labels", Json.MAPPER.valueToTree(agreement.labels()));
        json.set("counts", Json.MAPPER.valueToTree(agreement.counts()));
        return json;
    }
}
