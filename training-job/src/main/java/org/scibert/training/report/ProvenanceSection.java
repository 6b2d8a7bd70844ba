package org.scibert.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scibert.release.Provenance;

/** What it takes to train the same weights again. */
final class ProvenanceSection {
    private ProvenanceSection() {}

    static Section of(Provenance provenance) {
        List<List<String>> settings = new ArrayList<>();
        settings.add(List.of("seed", Long.toString(provenance.seed())));
        flatten("", provenance.configuration(), settings);
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

    /** A line for each value, by its path of keys; lists stay on one line. */
    private static void flatten(String path, JsonNode json, List<List<String>> lines) {
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(key, value, lines);
            } else {
                lines.add(List.of(key, value.isValueNode() ? value.asText() : value.toString()));
            }
        }
    }
}
