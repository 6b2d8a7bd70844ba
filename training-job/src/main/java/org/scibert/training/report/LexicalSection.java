package org.scibert.training.report;

import java.util.List;
import org.scibert.io.Text;
import org.scibert.lexicon.Blend;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.lexical.LexicalChoice;
import org.scibert.training.rows.Split;

/** The section on what the release decides by, of the report and the model card: encoder, words or both. */
final class LexicalSection {
    private LexicalSection() {}

    static Section of(LexicalChoice choice, Assessment assessment) {
        boolean crossValidated = assessment.splits().containsKey(Split.OUT_OF_FOLD);
        String rows = crossValidated ? "out of fold" : "on dev";
        return Section.of("lexical", "What decides",
                Text.format("Released: %s, chosen %s: %s.%s Blends are scored by factors that were fitted without the"
                                + " row%s.",
                        choice.released().title(), rows, choice.rule(), words(choice),
                        crossValidated ? "" : "; test took no part"),
                List.of(Table.numbers("Scores " + rows + " by which it was chosen",
                        List.of("Candidate", MetricTitles.of(choice.measure())),
                        choice.scores().entrySet().stream()
                                .map(score -> List.of(
                                        score.getKey().title()
                                                + (score.getKey() == choice.released() ? " (released)" : ""),
                                        Format.score(score.getValue())))
                                .toList())));
    }

    private static String words(LexicalChoice choice) {
        if (choice.blend() == null) {
            return "";
        }
        Blend blend = choice.blend();
        String kept = choice.termsLearnt() == null ? "" : Text.format(
                " of %d, which costs their own score %.4f", choice.termsLearnt(), choice.pruningLoss());
        return Text.format(" Its logits are a · network + b · words + c, with a %s, b %s, c %s, and the words %d"
                        + " terms%s; all words of a text are read, also those beyond the network's tokens.",
                numbers(blend.network()), numbers(blend.words()), numbers(blend.intercepts()), choice.terms(), kept);
    }

    private static String numbers(List<Double> factors) {
        return factors.stream().distinct().count() == 1
                ? Format.compact(factors.get(0))
                : factors.stream().map(Format::compact).toList().toString();
    }
}
