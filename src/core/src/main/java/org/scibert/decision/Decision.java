package org.scibert.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The labels decided for one text, with their probabilities.
 *
 * @param chosen the labels given: exactly one for binary and multi-class, any number for multi-label
 * @param probabilities calibrated, of all labels in [0, 1], in the model's order; they sum to 1 except for multi-label
 * @param verdict include, exclude or ask a person; empty if the model has no review band. An included text has the
 *     positive label, an excluded text the negative label
 */
public record Decision(List<String> chosen, Map<String, Double> probabilities, Optional<Verdict> verdict) {
    public Decision {
        chosen = List.copyOf(chosen);
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
}
