package org.scibert.training.assessment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     */
    public static DriftReference of(Path release, Precision served, Rows dev, Runnable beforeBatch)
            throws IOException {
        try (Classifier classifier = Classifier.open(release, served)) {
            List<Encoding> texts = classifier.encode(dev.texts());
            List<float[]> logits = classifier.blended(dev.texts(), classifier.logits(texts, beforeBatch));
            DecisionRule rule = classifier.config().rule();
            List<TextFacts> facts = new ArrayList<>(texts.size());
            for (int i = 0; i < texts.size(); i++) {
                facts.add(TextFacts.of(
                        rule, rule.decide(logits.get(i)), texts.get(i), classifier.tokenizer().unknownId()));
            }
            return DriftReference.of(rule.labels(), facts);
        }
    }
}
