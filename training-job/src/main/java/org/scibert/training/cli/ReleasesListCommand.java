package org.scibert.training.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.release.Pointer;
import org.scibert.release.Version;
import org.scibert.store.Tagged;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows the published versions, oldest first; * is in service, - was before it and is where rollback"
                + " goes.")
final class ReleasesListCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_DIGITS = 16;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Override
    public Integer call() throws Exception {
        try (OpenStore opened = store.open()) {
            Optional<Pointer> pointer = opened.releases().current().map(Tagged::value);
            List<ReleaseRow> rows = new ArrayList<>();
            for (Version version : opened.releases().versions()) {
                rows.add(ReleaseRow.of(opened.releases(), version));
            }
            PrintWriter out = spec.commandLine().getOut();
            out.printf("  %-24s  %-20s  %9s  %-20s  %s%n", "version", "published", "MB", "score", "signed by");
            rows.forEach(row -> out.println(mark(row.version(), pointer) + " " + line(row)));
            ObjectNode json = JSON.createObjectNode().put("name", opened.name());
            pointer.ifPresent(p -> {
                json.put("current", p.version().toString());
                json.set("previous", JSON.valueToTree(p.previous()));
            });
            json.set("versions", JSON.valueToTree(rows));
            out.println(json);
        }
        return 0;
    }

    private static String mark(Version version, Optional<Pointer> pointer) {
        if (pointer.isEmpty()) {
            return " ";
        }
        return version.equals(pointer.get().version()) ? "*" : version.equals(pointer.get().previous()) ? "-" : " ";
    }

    private static String line(ReleaseRow row) {
        String key = row.signer() == null ? "nobody" : row.signer().substring(0, SHOWN_DIGITS);
        return row.refused() != null
                ? "%-24s  %-20s  refused: %s".formatted(row.version(), row.publishedAt(), row.refused())
                : String.format(Locale.ROOT, "%-24s  %-20s  %9.1f  %-20s  %s",
                        row.version(), row.publishedAt(), row.bytes() / 1e6, score(row), key);
    }

    private static String score(ReleaseRow row) {
        return row.score() == null
                ? "none"
                : String.format(Locale.ROOT, "%s %s %.4f", row.split(), row.measure(), row.score());
    }
}
