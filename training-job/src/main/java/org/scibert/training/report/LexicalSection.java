package org.scibert.training.report;

import java.util.List;
import org.scibert.io.Text;
import org.scibert.lexicon.Blend;
import org.scibert.training.lexical.LexicalChoice;

/** The section on what the release decides by, of the report and the model card: encoder, words or both. */
final class LexicalSection {
    private LexicalSection() {}

    static Section of(LexicalChoice choice) {
        return Section.of("lexical", "What decides",
                Text.format("Released: %s, chosen on dev: %s.%s Blends are scored by cross-validation on dev; test took no"
                                + " part.",
                        choice.released().title(), choice.rule(), words(choice)),
                List.of(Table.numbers("Scores on dev by which it was chosen",
                        List.of("Candidate", MetricTitles.of(choice.measure())),
                        choice.scores().entrySet().stream()
                                .map(score -> List.of(
                                        score.getKey().title() + (score.getKey() == choice.released() ? " (released)" : ""),
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
        return Text.format(" Its logits are a · network + b · words + c, with a %s, b %s, c %s, and the words %d terms%s;"
                        + " all words of a text are read, also those beyond the network's tokens.",
                numbers(blend.network()), numbers(blend.words()), numbers(blend.intercepts()), choice.terms(), kept);
    }

    private static String numbers(List<Double> factors) {
        return factors.stream().distinct().count() == 1
                ? Format.compact(factors.get(0))
                : factors.stream().map(Format::compact).toList().toString();
    }
}
