package org.scibert.training.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.release.Manifest;
import org.scibert.release.Pointer;
import org.scibert.release.Provenance;
import org.scibert.release.Version;
import org.scibert.store.Tagged;
import org.scibert.training.promotion.PromotionDecisions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Shows where a version comes from, its files, who signed it and why it was put in service or not.")
final class ReleasesShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions.WithVersion chosen;

    @Override
    public Integer call() throws Exception {
        try (StoreOptions.Opened opened = chosen.open()) {
            Version shown = chosen.chosen(opened);
            Manifest manifest = opened.releases().manifest(shown);
            Optional<String> signer = opened.releases().signer(shown);
            Optional<JsonNode> decision = new PromotionDecisions(opened.objects(), opened.name()).of(shown);
            boolean current = isCurrent(opened, shown);
            print(manifest, signer, decision, current);
            ObjectNode json = JsonLine.of(manifest)
                    .put("current", current)
                    .put("bytes", manifest.totalBytes());
            signer.ifPresent(key -> json.put("signer", key));
            json.set("provenance", Json.MAPPER.valueToTree(manifest.provenance()));
            json.set("files", Json.MAPPER.valueToTree(manifest.files()));
            decision.ifPresent(found -> json.set("decision", found));
            spec.commandLine().getOut().println(json);
        }
        return 0;
    }

    private static boolean isCurrent(StoreOptions.Opened opened, Version version) throws IOException {
        Optional<Pointer> pointer = opened.releases().current().map(Tagged::value);
        return pointer.map(Pointer::version).filter(version::equals).isPresent();
    }

    private void print(Manifest manifest, Optional<String> signer, Optional<JsonNode> decision, boolean current) {
        PrintWriter out = spec.commandLine().getOut();
        Provenance from = manifest.provenance();
        out.printf(Locale.ROOT, "%s %s, %s%n", manifest.name(), manifest.version(),
                current ? "in service" : "not in service");
        out.printf(Locale.ROOT, "published   %s%n", manifest.createdAt());
        out.printf(Locale.ROOT, "signed by   %s%n", signer.orElse("nobody"));
        out.printf(Locale.ROOT, "encoder     %s, seed %s, code %s%n", from.encoder(), from.seed(), from.revision());
        out.printf(Locale.ROOT, "software    %s%n", from.software());
        from.data().forEach((split, sha256) -> out.printf(Locale.ROOT, "%-11s %s%n", split, sha256));
        decision.ifPresent(found -> out.printf(Locale.ROOT, "decision    %s: %s%n",
                found.path("verdict").asText(), found.path("reason").asText()));
        manifest.files().forEach((path, file) -> out.print(
                Text.format("%12d  %s  %s%n", file.size(), file.sha256(), path)));
    }
}
