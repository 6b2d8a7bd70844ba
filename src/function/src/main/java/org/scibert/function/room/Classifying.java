package org.scibert.function.room;

import java.util.ArrayList;
import java.util.List;
import org.scibert.classifier.Classification;
import org.scibert.decision.Decision;
import org.scibert.decision.Task;
import org.scibert.decision.Verdict;
import org.scibert.text.Encoding;

/** Texts to labels, one request's. */
final class Classifying {
    /** Texts or windows that the network reads at a time; in between the deadline is looked at. */
    private static final int BATCH = 8;

    private final Model model;
    private final Admission.Deadline deadline;
    private final Timings timings;

    Classifying(Model model, Admission.Deadline deadline, Timings timings) {
        this.model = model;
        this.deadline = deadline;
        this.timings = timings;
    }

    /** @throws Refusal if a text is too long and that is to be an error, or the deadline passes */
    ClassifyAnswer classify(ClassifyRequest request) {
        return new ClassifyAnswer(request.onTooLong() == OnTooLong.WINDOW
                ? inWindows(request.texts())
                : cut(request.texts(), request.onTooLong()), model.about().id());
    }

    private List<ClassifyAnswer.Result> cut(List<String> texts, OnTooLong onTooLong) {
        int maxTokens = model.about().maxTokens();
        List<Encoding> encodings = timings.tokenize(() -> model.encode(texts, maxTokens));
        if (onTooLong == OnTooLong.REJECT) {
            refuseTooLong(encodings, maxTokens);
        }
        List<ClassifyAnswer.Result> results = new ArrayList<>(texts.size());
        for (Classification c : infer(encodings)) {
            results.add(result(c.decision(),
                    new ClassifyAnswer.Tokens(c.tokensUsed(), c.tokensTotal(), c.truncated(), null)));
        }
        return results;
    }

    private List<ClassifyAnswer.Result> inWindows(List<String> texts) {
        int maxTokens = model.about().maxTokens();
        List<Encoding> wholes = timings.tokenize(() -> model.encode(texts, Integer.MAX_VALUE));
        List<List<Encoding>> windows = wholes.stream().map(whole -> Windows.of(whole, maxTokens)).toList();
        List<Classification> found = infer(windows.stream().flatMap(List::stream).toList());
        List<ClassifyAnswer.Result> results = new ArrayList<>(texts.size());
        int next = 0;
        for (int i = 0; i < texts.size(); i++) {
            int count = windows.get(i).size();
            List<float[]> logits = found.subList(next, next + count).stream().map(Classification::logits).toList();
            next += count;
            float[] joined = model.task() == Task.MULTI_CLASS ? Windows.mean(logits) : Windows.largest(logits);
            int total = wholes.get(i).total();
            results.add(result(model.decide(joined), new ClassifyAnswer.Tokens(total, total, false, count)));
        }
        return results;
    }

    private List<Classification> infer(List<Encoding> encodings) {
        List<Classification> found = new ArrayList<>(encodings.size());
        for (int from = 0; from < encodings.size(); from += BATCH) {
            deadline.check();
            List<Encoding> batch = encodings.subList(from, Math.min(from + BATCH, encodings.size()));
            found.addAll(timings.infer(() -> model.classify(batch)));
        }
        return found;
    }

    private static void refuseTooLong(List<Encoding> encodings, int maxTokens) {
        for (int i = 0; i < encodings.size(); i++) {
            if (encodings.get(i).truncated()) {
                throw new Refusal(Problem.TEXT_TOO_LONG, "text %d has %d tokens, more than the %d that the model reads"
                        .formatted(i, encodings.get(i).total(), maxTokens));
            }
        }
    }

    private ClassifyAnswer.Result result(Decision decision, ClassifyAnswer.Tokens tokens) {
        if (model.task() == Task.MULTI_LABEL) {
            return new ClassifyAnswer.Result(null, null, decision.chosen(), null, decision.probabilities(), tokens);
        }
        String label = decision.chosen().get(0);
        String verdict = decision.verdict().map(Verdict::title).orElse(null);
        return new ClassifyAnswer.Result(
                label, decision.probabilities().get(label), null, verdict, decision.probabilities(), tokens);
    }
}
