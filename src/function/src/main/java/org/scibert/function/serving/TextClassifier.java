package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.scibert.classifier.Windows;
import org.scibert.decision.Decision;
import org.scibert.drift.TextFacts;
import org.scibert.function.telemetry.Drift;
import org.scibert.text.Encoding;

/** Classifies encoded texts, and counts what drift is seen by. */
@Singleton
public final class TextClassifier {
    private final Drift drift;

    @Inject
    public TextClassifier(Drift drift) {
        this.drift = drift;
    }

    /**
     * A classified text.
     *
     * @param text as the network read it
     * @param windows that it was read in; null if it was cut
     */
    public record Classified(Encoding text, Integer windows, Decision decision) {}

    /**
     * Decides for each text, in order.
     *
     * @param encodings of the texts: whole ones to be read in windows, else no longer than {@link Model#maxTokens()}
     * @param inWindows whether longer texts are read in windows
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     */
    public List<Classified> classify(
            Model model, List<String> texts, List<Encoding> encodings, boolean inWindows, Runnable beforeBatch) {
        List<Classified> classified = decide(model, texts, encodings, inWindows, beforeBatch);
        drift.count(model.id().version(), classified.stream()
                .map(c -> TextFacts.of(model.rule(), c.decision(), c.text(), model.unknownId()))
                .toList());
        return classified;
    }

    private static List<Classified> decide(
            Model model, List<String> texts, List<Encoding> encodings, boolean inWindows, Runnable beforeBatch) {
        Windows windows = inWindows ? Windows.of(encodings, model.maxTokens()) : null;
        List<float[]> network = inWindows
                ? windows.join(model.logits(windows.all(), beforeBatch), model.rule().task())
                : model.logits(encodings, beforeBatch);
        List<float[]> logits = model.blended(texts, network);
        List<Classified> classified = new ArrayList<>(encodings.size());
        for (int i = 0; i < encodings.size(); i++) {
            classified.add(new Classified(
                    encodings.get(i), inWindows ? windows.count(i) : null, model.rule().decide(logits.get(i))));
        }
        return classified;
    }
}
