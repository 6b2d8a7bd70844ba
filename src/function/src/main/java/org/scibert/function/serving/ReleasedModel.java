package org.scibert.function.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.ModelConfig;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.decision.DecisionRule;
import org.scibert.drift.DriftReference;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explainer;
import org.scibert.explain.Explanation;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.network.Precision;
import org.scibert.network.Threads;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.TokenizedText;

/**
 * A classifier and the release that it was opened from.
 *
 * @param metrics the release's metrics.json without the curves' points
 * @param driftReference empty for a release of before drift.json
 * @param examples the release's examples.json
 * @param open read by whoever has the network read texts, written to close it: a pass may go on after its callers have
 *     given up
 */
record ReleasedModel(
        Id id, Manifest manifest, DecisionRule rule, int maxTokens, JsonNode metrics,
        Optional<DriftReference> driftReference, Optional<JsonNode> examples, Classifier classifier,
        Explainer explainer, ReadWriteLock open)
        implements Model {
    private static final String METRICS = "metrics.json";
    private static final String CURVES = "curves";
    private static final String EXAMPLES = "examples.json";

    /** @param release verified; its files must stay in place while the model is open */
    static ReleasedModel open(LocalRelease release, PrecisionChoice choice) throws IOException {
        return open(release, choice, new LoadTimes());
    }

    /** @param times gets the steps */
    static ReleasedModel open(LocalRelease release, PrecisionChoice choice, LoadTimes times) throws IOException {
        Threads.use(1); // a team of this thread would be in the way of the one that serves
        times.end(LoadTimes.Step.LIBTORCH);
        Manifest manifest = release.manifest();
        Id id = new Id(manifest.name(), manifest.version().toString());
        JsonNode metrics;
        try {
            metrics = Json.MAPPER.readTree(Files.readAllBytes(release.file(METRICS)));
        } catch (JsonProcessingException e) {
            throw new IOException(Text.format("%s of %s %s is not JSON; publish the release again",
                    METRICS, id.name(), id.version()), e);
        }
        metrics.forEach(split -> {
            if (split instanceof ObjectNode measured) {
                // The points are for plots, and many times larger than all the rest.
                measured.remove(CURVES);
            }
        });
        Optional<DriftReference> reference = reference(release, id);
        Optional<JsonNode> examples = examples(release);
        Classifier classifier = Classifier.open(release, choice);
        ModelConfig config = classifier.config();
        Explainer explainer = explainer(release, metrics, classifier);
        times.end(LoadTimes.Step.WEIGHTS);
        return new ReleasedModel(id, manifest, config.rule(), config.maxTokens(), metrics, reference, examples,
                classifier, explainer, new ReentrantReadWriteLock());
    }

    private static Explainer explainer(LocalRelease release, JsonNode metrics, Classifier classifier)
            throws IOException {
        try {
            return Explainer.open(release, metrics, classifier);
        } catch (IOException | RuntimeException e) {
            classifier.close();
            throw e;
        }
    }

    private static Optional<JsonNode> examples(LocalRelease release) throws IOException {
        return release.manifest().files().containsKey(EXAMPLES)
                ? Optional.of(Json.MAPPER.readTree(Files.readAllBytes(release.file(EXAMPLES))))
                : Optional.empty();
    }

    private static Optional<DriftReference> reference(LocalRelease release, Id id) throws IOException {
        if (!release.manifest().files().containsKey(DriftReference.FILE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(DriftReference.read(Files.readAllBytes(release.file(DriftReference.FILE))));
        } catch (JsonProcessingException e) {
            throw new IOException(Text.format("%s of %s %s is not a reference (%s); publish the release again",
                    DriftReference.FILE, id.name(), id.version(), Json.explain(e)), e);
        }
    }

    @Override
    public boolean inWindows() {
        return classifier.config().inWindows();
    }

    @Override
    public int tokensRead() {
        return classifier.config().tokensRead();
    }

    @Override
    public int unknownId() {
        return classifier.tokenizer().unknownId();
    }

    @Override
    public Precision precision() {
        return classifier.precision();
    }

    @Override
    public String precisionReason() {
        return classifier.precisionReason();
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
    public List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
        open.readLock().lock();
        try {
            return classifier.logits(encodings, beforeBatch);
        } finally {
            open.readLock().unlock();
        }
    }

    @Override
    public boolean rowsAreIndependent() {
        return classifier.rowsAreIndependent();
    }

    @Override
    public List<float[]> blended(List<String> texts, List<float[]> network) {
        return classifier.blended(texts, network);
    }

    @Override
    public Optional<Words> words() {
        return classifier.config().blend().map(blend -> new Words(
                classifier.lexicon().orElseThrow().tfIdf().size(), blend.network(), blend.words()));
    }

    @Override
    public Batch batch(List<Encoding> encodings) {
        return Batch.of(encodings, classifier.tokenizer().padId());
    }

    @Override
    public int neighbours() {
        return explainer.neighbours();
    }

    @Override
    public Explanation explain(String text, TokenizedText tokens, Question question, Runnable beforeEachPass) {
        open.readLock().lock();
        Threads.use(1); // of the threads that classify one core is taken, not all
        try {
            return explainer.explain(text, tokens, question, beforeEachPass);
        } finally {
            open.readLock().unlock();
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            classifier.close();
        } finally {
            open.writeLock().unlock();
        }
    }
}
