package org.scibert.training.bench;

import java.util.List;
import java.util.Map;
import org.scibert.lexicon.Lexicon;
import org.scibert.lexicon.TfIdf;
import org.scibert.training.baseline.WordModel;

/**
 * The time that a lexicon with one logit takes for a text, as a release asks it in service.
 *
 * @param texts timed, one after the other
 * @param words and pairs of words of a text, each as often as it stands there, on average
 * @param terms of the lexicon: those that two of the texts or more have
 * @param timing of one text, on average
 */
public record LexiconCost(int texts, double words, int terms, Timing timing) {

    /** Learns the terms of the texts, then times the lexicon on each of them; the median of the rounds. */
    public static LexiconCost of(List<String> texts, int rounds) {
        TfIdf terms = WordModel.terms(texts);
        Lexicon lexicon = new Lexicon(terms, new float[][] {terms.inverseFrequencies()}, new float[1]);
        Map<String, Timing> timings = Timing.interleaved(
                List.of(new Timing.Work("lexicon", 0, 1, () -> texts.forEach(lexicon::logits))), rounds);
        Timing all = timings.get("lexicon");
        return new LexiconCost(
                texts.size(),
                texts.stream().mapToInt(text -> TfIdf.terms(text).size()).average().orElse(0),
                terms.size(),
                new Timing(all.wallSeconds() / texts.size(), all.cpuSeconds() / texts.size()));
    }
}
