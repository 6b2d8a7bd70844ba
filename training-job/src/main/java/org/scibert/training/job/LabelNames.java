package org.scibert.training.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.io.UsageException;

/**
 * Names to show for labels that rows write as codes.
 *
 * @param names by the label as rows write it; a label without a name shows as it is
 */
public record LabelNames(Map<String, String> names) {
    public static final LabelNames NONE = new LabelNames(Map.of());

    /** @param pairs {@code 0=other,1=objective}; blank for none */
    public static LabelNames parse(String pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String pair : pairs.isBlank() ? new String[0] : pairs.split(",")) {
            int at = pair.indexOf('=');
            if (at < 0 || pair.substring(at + 1).isBlank()) {
                throw new UsageException(
                        "label names are pairs LABEL=NAME with commas between them, such as 0=other,1=objective; got"
                                + Text.format(" \"%s\"", pair));
            }
            names.put(pair.substring(0, at).strip(), pair.substring(at + 1).strip());
        }
        return new LabelNames(names);
    }

    /**
     * Returns a name for each label, in the labels' order.
     *
     * @throws UsageException if a name is given for a label that is not among them
     */
    public List<String> of(List<String> labels) {
        for (String label : names.keySet()) {
            if (!labels.contains(label)) {
                throw new UsageException(Text.format("a name is given for the label \"%s\", and the labels are %s",
                        label, labels));
            }
        }
        return labels.stream().map(label -> names.getOrDefault(label, label)).toList();
    }
}
