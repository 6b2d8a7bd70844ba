package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import org.scibert.release.Provenance;

/** The report's section on settings and provenance: all that it takes to train the same weights again. */
final class ProvenanceSection {
    private ProvenanceSection() {}

    static Section of(Provenance provenance) {
        List<List<String>> settings = new ArrayList<>();
        settings.add(List.of("seed", Long.toString(provenance.seed())));
        FlatJson.of(provenance.configuration()).forEach((key, value) ->
                settings.add(List.of(key, value.isValueNode() ? value.asText() : value.toString())));
        List<List<String>> origin = new ArrayList<>();
        origin.add(List.of("encoder", provenance.encoder()));
        origin.add(List.of("encoder's SHA-256", provenance.encoderSha256()));
        provenance.data().forEach((split, sha256) -> origin.add(List.of("SHA-256 of " + split, sha256)));
        provenance.software().forEach((name, version) -> origin.add(List.of(name, version)));
        origin.add(List.of("code revision", provenance.revision()));
        return Section.of("provenance", "Settings and provenance",
                "As in the release's manifest.",
                List.of(
                        Table.texts("Settings", List.of("Setting", "Value"), settings),
                        Table.texts("Provenance", List.of("What", "Which"), origin)));
    }
}
