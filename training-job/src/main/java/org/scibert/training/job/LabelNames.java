package org.scibert.training.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names to show for labels that rows write as codes: {@code 0=other,1=objective}. */
public final class LabelNames {
    private LabelNames() {}

    /**
     * @param labels as rows write them
     * @param given pairs {@code label=name} with commas between them, or empty for none
     * @return a name for each label, in their order; the label itself where none is given
     */
    public static List<String> of(List<String> labels, String given) {
        Map<String, String> names = new LinkedHashMap<>();
        labels.forEach(label -> names.put(label, label));
        for (String pair : given.isBlank() ? new String[0] : given.split(",")) {
            int at = pair.indexOf('=');
            String label = at < 0 ? pair.strip() : pair.substring(0, at).strip();
            if (at < 0 || at == pair.length() - 1 || !names.containsKey(label)) {
                throw new IllegalArgumentException(
                        "label names are pairs LABEL=NAME with commas between them and the labels are %s; got \"%s\""
                                .formatted(labels, pair));
            }
            names.put(label, pair.substring(at + 1).strip());
        }
        return new ArrayList<>(names.values());
    }
}
