package org.scibert.function.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.scibert.classifier.Classification;
import org.scibert.decision.Decision;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.Span;
import org.scibert.text.TokenizedText;

/** A model of words: a token is a word, its id the word's length, and each logit the mean id of the text's words. */
public class FakeModel implements Model {
    public static final int MAX_TOKENS = 6;
    private static final int CLS = 101;
    private static final int SEP = 102;

    private final DecisionRule rule;
    private boolean closed;

    public FakeModel(Task task, List<String> labels) {
        this.rule = new DecisionRule(task, labels, 0.5);
    }

    @Override
    public ModelAnswer about() {
        return new ModelAnswer("fake", "1", Instant.EPOCH, rule.task().title(), rule.labels(), rule.thresholds(),
                MAX_TOKENS, "none", "fp32", JsonNodeFactory.instance.objectNode(), List.of());
    }

    @Override
    public Task task() {
        return rule.task();
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
        String[] words = text.strip().split("\\s+");
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
    public List<Classification> classify(List<Encoding> encodings) {
        return encodings.stream().map(e -> {
            float[] logits = new float[rule.outputs()];
            double mean = IntStream.range(1, e.used() - 1).map(i -> e.inputIds()[i]).average().orElseThrow();
            for (int c = 0; c < logits.length; c++) {
                logits[c] = (float) (c % 2 == 0 ? mean : -mean);
            }
            return new Classification(decide(logits), logits, e.used(), e.total());
        }).toList();
    }

    @Override
    public Decision decide(float[] logits) {
        return rule.decide(logits);
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
