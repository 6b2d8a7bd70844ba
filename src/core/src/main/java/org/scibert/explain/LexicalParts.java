package org.scibert.explain;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scibert.explain.Explanation.Part;
import org.scibert.lexicon.Blend;
import org.scibert.lexicon.Lexicon;
import org.scibert.lexicon.Lexicon.Contribution;

/**
 * Adds what a lexicon's words contribute to an explanation of the network, so that it explains the blend that is
 * released.
 *
 * <p>The network's contributions count by the blend's factor a. The words' own are exact, and those of the end of a
 * text that the network does not read are there as well.
 *
 * @param output of both, from 0 to C − 1
 * @param sign −1 for the negative label of a binary model, else 1
 */
record LexicalParts(Lexicon lexicon, Blend blend, int output, int sign) {

    /** @param network the explanation of the network's logit of the same label and text */
    Explanation added(String text, Explanation network) {
        double a = blend.network().get(output);
        double b = blend.words().get(output);
        List<Contribution> words = lexicon.contributions(text, output).stream()
                .filter(word -> word.contribution() != 0)
                .map(word -> new Contribution(word.word(), sign * b * word.contribution()))
                .toList();
        double own = b * lexicon.logits(text)[output] + blend.intercepts().get(output);
        return new Explanation(
                network.label(),
                a * network.logit() + sign * own,
                network.method(),
                joined(network.words(), a, words, parts(text, BreakIterator.getWordInstance(Locale.ROOT))),
                joined(network.sentences(), a, words, parts(text, BreakIterator.getSentenceInstance(Locale.ROOT))),
                network.passes(),
                network.error(),
                network.tokens());
    }

    /**
     * The network's parts with the contributions of the words that begin in them, and further parts for those that
     * begin in none: the network did not read them, or the method did not look at them.
     */
    private static List<Part> joined(List<Part> network, double a, List<Contribution> words, List<Part> all) {
        List<Part> joined = new ArrayList<>();
        int next = 0; // of the network's parts, which are in the text's order
        int word = 0;
        for (Part part : all) {
            double contribution = 0;
            boolean wanted = false;
            int start = part.start();
            int end = part.end();
            if (next < network.size() && network.get(next).start() < part.end()) {
                Part own = network.get(next++);
                contribution = a * own.contribution();
                start = own.start();
                end = own.end();
                wanted = true;
            }
            for (; word < words.size() && words.get(word).word().start() < part.end(); word++) {
                contribution += words.get(word).contribution();
                wanted = true;
            }
            if (wanted) {
                joined.add(new Part(start, end, contribution));
            }
        }
        return joined;
    }

    /** All parts of a text between two boundaries, without contributions and the white space that ends them. */
    private static List<Part> parts(String text, BreakIterator boundaries) {
        boundaries.setText(text);
        List<Part> parts = new ArrayList<>();
        int start = boundaries.first();
        for (int end = boundaries.next(); end != BreakIterator.DONE; start = end, end = boundaries.next()) {
            String part = text.substring(start, end);
            parts.add(new Part(start, start + Math.max(1, part.stripTrailing().length()), 0));
        }
        return parts;
    }
}
