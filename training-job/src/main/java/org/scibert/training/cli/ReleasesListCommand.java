package org.scibert.training.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.scibert.decision.Task;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.release.Candidate;
import org.scibert.release.Manifest;
import org.scibert.release.Pointer;
import org.scibert.release.ReleaseException;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.store.Tagged;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.rows.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows the published versions, oldest first; * is in service, - was before it and is where"
                + " rollback goes, ? is on trial.")
final class ReleasesListCommand implements Callable<Integer> {
    private static final int SHOWN_DIGITS = 16;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Override
    public Integer call() throws Exception {
        try (StoreOptions.Opened opened = store.open()) {
            Optional<Pointer> pointer = opened.releases().current().map(Tagged::value);
            Optional<Candidate> candidate = opened.releases().trial().current();
            List<Row> rows = new ArrayList<>();
            for (Version version : opened.releases().versions()) {
                rows.add(Row.of(opened.releases(), version));
            }
            PrintWriter out = spec.commandLine().getOut();
            out.printf(Locale.ROOT, "  %-24s  %-20s  %9s  %-20s  %s%n", "version", "published", "MB", "score",
                    "signed by");
            rows.forEach(row -> out.println(mark(row.version(), pointer, candidate) + " " + line(row)));
            ObjectNode json = JsonLine.empty().put("name", opened.name());
            pointer.ifPresent(p -> {
                json.put("current", p.version().toString());
                json.set("previous", Json.MAPPER.valueToTree(p.previous()));
            });
            candidate.ifPresent(c -> json.set("candidate", JsonLine.of(c)));
            json.set("versions", Json.MAPPER.valueToTree(rows));
            out.println(json);
        }
        return 0;
    }

    private static String mark(Version version, Optional<Pointer> pointer, Optional<Candidate> candidate) {
        if (pointer.isPresent() && version.equals(pointer.get().version())) {
            return "*";
        }
        if (candidate.isPresent() && version.equals(candidate.get().version())) {
            return "?";
        }
        return pointer.isPresent() && version.equals(pointer.get().previous()) ? "-" : " ";
    }

    private static String line(Row row) {
        String key = row.signer() == null ? "nobody" : row.signer().substring(0, SHOWN_DIGITS);
        return row.refused() != null
                ? Text.format("%-24s  %-20s  refused: %s", row.version(), row.publishedAt(), row.refused())
                : Text.format("%-24s  %-20s  %9.1f  %-20s  %s",
                        row.version(), row.publishedAt(), row.bytes() / 1e6, score(row), key);
    }

    private static String score(Row row) {
        return row.score() == null
                ? "none"
                : Text.format("%s %s %.4f", row.split(), row.measure(), row.score());
    }

    /**
     * A version as the list shows it.
     *
     * @param bytes of all files; null for one that is refused
     * @param split that was scored, test or dev; null if none was
     * @param measure the selection score's key; null likewise
     * @param score null likewise
     * @param signer the key's SHA-256; null for an unsigned version
     * @param refused why it would not be opened; null if nothing is known against it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Row(
            Version version, String publishedAt, Long bytes, String split, String measure, Double score, String signer,
            String refused) {
        private static final String METRICS = "metrics.json";

        static Row of(Releases releases, Version version) throws IOException {
            String published = version.publishedAt().toString();
            try {
                Manifest manifest = releases.manifest(version);
                String measure = measure(manifest);
                JsonNode metrics = manifest.files().containsKey(METRICS)
                        ? Json.MAPPER.readTree(releases.read(manifest, METRICS))
                        : Json.MAPPER.createObjectNode();
                Split split = Stream.of(Split.TEST, Split.DEV).filter(known -> metrics.has(known.title()))
                        .findFirst().orElse(Split.OUT_OF_FOLD);
                JsonNode score = metrics.path(split.title()).path(measure);
                boolean scored = score.isNumber();
                return new Row(version, published, manifest.totalBytes(), scored ? split.title() : null,
                        scored ? measure : null, scored ? score.asDouble() : null,
                        releases.signer(version).orElse(null), null);
            } catch (ReleaseException e) {
                return new Row(version, published, null, null, null, null, null, e.getMessage());
            }
        }

        private static String measure(Manifest manifest) {
            String task = manifest.provenance().configuration().path("task").asText();
            return Metrics.selectionMeasure(task.equals(Task.BINARY.title()) ? Task.BINARY : Task.MULTI_CLASS);
        }
    }
}
