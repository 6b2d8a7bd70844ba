package org.scibert.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer for one text.
 *
 * @param chosen the labels given: exactly one for binary and multi-class, any number for multi-label
 * @param probabilities of all labels in [0, 1], in the model's order; they sum to 1 except for multi-label
 */
public record Decision(List<String> chosen, Map<String, Double> probabilities) {
    public Decision {
        chosen = List.copyOf(chosen);
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
}
