package org.scibert.function.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.drift.DriftReference;
import org.scibert.explain.Explainer.Question;
import org.scibert.explain.Explanation;
import org.scibert.io.FileDigest;
import org.scibert.network.Precision;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.Version;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.Span;
import org.scibert.text.TokenizedText;

/** A model of words: a token is a word, its id the word's length, and each logit the mean id of the text's words. */
public class FakeModel implements Model {
    public static final int MAX_TOKENS = 6;
    public static final String NAME = "fake";
    public static final String VERSION = "20261122T145400Z-00000000";
    private static final int CLS = 101;
    private static final int SEP = 102;

    private final DecisionRule rule;
    private boolean closed;

    public FakeModel(Task task, List<String> labels) {
        this.rule = new DecisionRule(task, labels, 0.5);
    }

    @Override
    public Manifest manifest() {
        String digest = "0".repeat(64);
        Provenance provenance = new Provenance(
                Map.of(), "none", digest, 1, JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        return new Manifest(Manifest.FORMAT, NAME, Version.parse(VERSION), Instant.EPOCH,
                new TreeMap<>(Map.of(Manifest.WEIGHTS, new FileDigest(1, digest))), provenance);
    }

    @Override
    public Id id() {
        return new Id(NAME, VERSION);
    }

    @Override
    public DecisionRule rule() {
        return rule;
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public Precision precision() {
        return Precision.FP32;
    }

    @Override
    public String precisionReason() {
        return "it is the only one";
    }

    @Override
    public JsonNode metrics() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Optional<DriftReference> driftReference() {
        return Optional.empty();
    }

    /** Words of seven letters are unknown. */
    @Override
    public int unknownId() {
        return 7;
    }

    @Override
    public List<Encoding> encode(List<String> texts, int maxTokens) {
        return tokenize(texts, maxTokens).stream().map(TokenizedText::encoding).toList();
    }

    @Override
    public List<TokenizedText> tokenize(List<String> texts, int maxTokens) {
        return texts.stream().map(text -> tokenize(text, maxTokens)).toList();
    }

    private static TokenizedText tokenize(String text, int maxTokens) {
        String[] words = text.isBlank() ? new String[0] : text.strip().split("\\s+");
        int total = words.length + 2;
        int used = Math.min(total, maxTokens);
        int[] ids = new int[used];
        List<String> tokens = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < used; i++) {
            boolean special = i == 0 || i == used - 1;
            String token = special ? (i == 0 ? "[CLS]" : "[SEP]") : words[i - 1];
            ids[i] = special ? (i == 0 ? CLS : SEP) : token.length();
            at = special ? at : text.indexOf(token, at);
            tokens.add(token);
            spans.add(special ? Span.NONE : new Span(at, at + token.length()));
            at += special ? 0 : token.length();
        }
        return new TokenizedText(new Encoding(ids, total), tokens, spans);
    }

    @Override
    public List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
        beforeBatch.run();
        return encodings.stream().map(e -> {
            float[] logits = new float[rule.outputs()]; // (C)
            double mean = IntStream.range(1, e.used() - 1).map(i -> e.inputIds()[i]).average().orElseThrow();
            for (int c = 0; c < logits.length; c++) {
                logits[c] = (float) (c % 2 == 0 ? mean : -mean);
            }
            return logits;
        }).toList();
    }

    @Override
    public int neighbours() {
        return 0;
    }

    @Override
    public Optional<JsonNode> examples() {
        return Optional.empty();
    }

    /** Each word's contribution is its length. */
    @Override
    public Explanation explain(String text, TokenizedText tokens, Question question, Runnable beforeEachPass) {
        beforeEachPass.run();
        List<Explanation.Part> words = tokens.spans().subList(1, tokens.spans().size() - 1).stream()
                .map(span -> new Explanation.Part(span.start(), span.end(), span.end() - span.start()))
                .toList();
        Encoding read = tokens.encoding();
        return new Explanation(
                question.label().orElse(rule.labels().get(0)), 1, question.method(), words, words, 1, null,
                new Explanation.Tokens(read.used(), read.total(), read.truncated()));
    }

    @Override
    public List<float[]> blended(List<String> texts, List<float[]> network) {
        return network;
    }

    @Override
    public Optional<Words> words() {
        return Optional.empty();
    }

    @Override
    public Batch batch(List<Encoding> encodings) {
        return Batch.of(encodings, 0);
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (closed) {
            throw new IllegalStateException("closed twice");
        }
        closed = true;
    }
}
