package org.scibert.drift;

import java.util.stream.IntStream;
import org.scibert.decision.Decision;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.decision.Verdict;
import org.scibert.text.Encoding;

/**
 * What drift counts of one classified text: numbers, from which the text can't be had again.
 *
 * @param labels places of the labels given, among the rule's; never modified through this record
 * @param score probability of the positive label for {@link Task#BINARY}, else the highest of any label
 * @param confidence probability of the label given; for {@link Task#MULTI_LABEL} that of its least certain decision,
 *     which is at least ½
 * @param asked whether a person is asked
 * @param truncated whether the end was not read
 * @param tokens that were read, [CLS] and [SEP] left out
 * @param unknownTokens of these that are [UNK]
 */
public record TextFacts(
        int[] labels, double score, double confidence, boolean asked, boolean truncated, int tokens,
        int unknownTokens) {

    /**
     * The facts of a text.
     *
     * @param rule that decided
     * @param text as the network read it
     * @param unknownId input id of [UNK]
     */
    public static TextFacts of(DecisionRule rule, Decision decision, Encoding text, int unknownId) {
        int[] labels = decision.chosen().stream().mapToInt(rule.labels()::indexOf).toArray();
        double highest = decision.probabilities().values().stream().mapToDouble(p -> p).max().orElseThrow();
        double score = rule.task() == Task.BINARY ? decision.probabilities().get(rule.labels().get(1)) : highest;
        double confidence = rule.task() == Task.MULTI_LABEL
                ? decision.probabilities().values().stream().mapToDouble(p -> Math.max(p, 1 - p)).min().orElseThrow()
                : decision.probabilities().get(decision.chosen().get(0));
        int unknown = (int) IntStream.of(text.inputIds()).filter(id -> id == unknownId).count();
        return new TextFacts(labels, score, confidence,
                decision.verdict().filter(Verdict.ASK::equals).isPresent(), text.truncated(), text.used() - 2, unknown);
    }
}
