package org.scibert.training.assessment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scibert.classifier.Classifier;
import org.scibert.decision.DecisionRule;
import org.scibert.drift.DriftReference;
import org.scibert.drift.TextFacts;
import org.scibert.network.Precision;
import org.scibert.text.Encoding;
import org.scibert.training.rows.Rows;

/** What a release finds in dev's texts, for the function to hold against those that it is asked about. */
public final class DevReference {
    private DevReference() {}

    /**
     * Reads dev once more, in the precision that is served: another's scores would look like a little drift.
     *
     * @param release with all that a classifier needs
     * @param outOfFold the answers to dev's rows in a cross-validation, whose release was trained on them, (N, C)
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     */
    public static DriftReference of(
            Path release, Precision served, Rows dev, Optional<float[]> outOfFold, Runnable beforeBatch)
            throws IOException {
        try (Classifier classifier = Classifier.openExact(release, served)) {
            List<Encoding> texts = classifier.encode(dev.texts());
            List<float[]> logits = outOfFold.isPresent()
                    ? rows(outOfFold.get(), texts.size())
                    : classifier.blended(dev.texts(), classifier.logits(texts, beforeBatch));
            DecisionRule rule = classifier.config().rule();
            List<TextFacts> facts = new ArrayList<>(texts.size());
            for (int i = 0; i < texts.size(); i++) {
                facts.add(TextFacts.of(
                        rule, rule.decide(logits.get(i)), texts.get(i), classifier.tokenizer().unknownId()));
            }
            return DriftReference.of(rule.labels(), facts);
        }
    }

    private static List<float[]> rows(float[] logits, int rows) {
        int outputs = logits.length / rows;
        return IntStream.range(0, rows)
                .mapToObj(i -> Arrays.copyOfRange(logits, i * outputs, (i + 1) * outputs))
                .toList();
    }
}
