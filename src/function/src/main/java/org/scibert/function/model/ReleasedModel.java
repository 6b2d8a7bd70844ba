package org.scibert.function.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.decision.Decision;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.function.room.Model;
import org.scibert.function.room.ModelAnswer;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.TokenizedText;

/** A classifier and the release it comes from. */
final class ReleasedModel implements Model {
    private static final String METRICS = "metrics.json";
    private static final String CURVES = "curves";

    private final Classifier classifier;
    private final ModelAnswer about;

    private ReleasedModel(Classifier classifier, ModelAnswer about) {
        this.classifier = classifier;
        this.about = about;
    }

    /** @param release verified; its files must stay in place while the model is open */
    static ReleasedModel open(LocalRelease release, PrecisionChoice choice) throws IOException {
        JsonNode metrics = figures(new ObjectMapper().readTree(Files.readAllBytes(release.file(METRICS))));
        Classifier classifier = Classifier.open(release, choice);
        return new ReleasedModel(classifier, about(release.manifest(), classifier, metrics));
    }

    /** Without the curves' points, which are for plots and many times larger than the rest. */
    private static JsonNode figures(JsonNode metrics) {
        metrics.forEach(split -> {
            if (split instanceof ObjectNode measured) {
                measured.remove(CURVES);
            }
        });
        return metrics;
    }

    private static ModelAnswer about(Manifest manifest, Classifier classifier, JsonNode metrics) {
        DecisionRule rule = classifier.config().rule();
        return new ModelAnswer(
                manifest.name(),
                manifest.version().toString(),
                manifest.createdAt(),
                rule.task().title(),
                rule.labels(),
                rule.thresholds(),
                classifier.config().maxTokens(),
                manifest.provenance().encoder(),
                classifier.precision().title(),
                metrics,
                manifest.files().entrySet().stream()
                        .map(f -> new ModelAnswer.File(f.getKey(), f.getValue().size(), f.getValue().sha256()))
                        .toList());
    }

    @Override
    public ModelAnswer about() {
        return about;
    }

    @Override
    public Task task() {
        return classifier.config().rule().task();
    }

    @Override
    public List<Encoding> encode(List<String> texts, int maxTokens) {
        return classifier.tokenizer().encode(texts, maxTokens);
    }

    @Override
    public List<TokenizedText> tokenize(List<String> texts, int maxTokens) {
        return classifier.tokenizer().tokenize(texts, maxTokens);
    }

    @Override
    public List<Classification> classify(List<Encoding> encodings) {
        return classifier.classifyEncoded(encodings);
    }

    @Override
    public Decision decide(float[] logits) {
        return classifier.config().rule().decide(logits);
    }

    @Override
    public Batch batch(List<Encoding> encodings) {
        return Batch.of(encodings, classifier.tokenizer().padId());
    }

    @Override
    public void close() {
        classifier.close();
    }
}
