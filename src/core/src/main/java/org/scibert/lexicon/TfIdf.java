package org.scibert.lexicon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;

/**
 * TF-IDF vectors of words and pairs of neighbouring words: sublinear term frequencies {@code 1 + ln tf}, times a factor
 * of each term, vectors of length 1. As scikit-learn's {@code TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)}.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting">the formulas</a>
 */
public final class TfIdf {
    private final List<String> terms;
    /** The column of each term, its place in {@link #terms}. */
    private final Map<String, Integer> columns;
    private final float[] inverseFrequencies;

    /**
     * A sparse vector of V columns.
     *
     * @param columns of the values, rising
     */
    public record Vector(int[] columns, double[] values) {}

    /**
     * @param terms words, and pairs of words with a space between; each once, (V)
     * @param inverseFrequencies above 0, (V)
     */
    public TfIdf(List<String> terms, float[] inverseFrequencies) {
        if (terms.size() != inverseFrequencies.length) {
            throw new IllegalArgumentException(Text.format(
                    "each term has one inverse document frequency; there are %d terms and %d frequencies",
                    terms.size(), inverseFrequencies.length));
        }
        this.terms = List.copyOf(terms);
        this.inverseFrequencies = inverseFrequencies.clone();
        this.columns = new HashMap<>(2 * terms.size());
        for (int v = 0; v < terms.size(); v++) {
            if (columns.put(terms.get(v), v) != null) {
                throw new IllegalArgumentException(Text.format("the term \"%s\" stands twice", terms.get(v)));
            }
        }
    }

    /** The terms of a text, each as often as it stands there: its words, and the pairs of neighbours. */
    public static List<String> terms(String text) {
        List<Word> words = Word.of(text);
        List<String> terms = new ArrayList<>(2 * words.size());
        for (int w = 0; w < words.size(); w++) {
            terms.add(words.get(w).lower());
            if (w > 0) {
                terms.add(pair(words, w));
            }
        }
        return terms;
    }

    private static String pair(List<Word> words, int second) {
        return words.get(second - 1).lower() + ' ' + words.get(second).lower();
    }

    /** The terms in the order of their columns, (V). */
    public List<String> terms() {
        return terms;
    }

    /** The factor of each term, (V). */
    public float[] inverseFrequencies() {
        return inverseFrequencies.clone();
    }

    /** V, the number of terms. */
    public int size() {
        return terms.size();
    }

    /** The vector of a text; empty if no term of the text is known. */
    public Vector vector(String text) {
        int[] found = columns(Word.of(text));
        int known = 0;
        for (int column : found) {
            known += column >= 0 ? 1 : 0;
        }
        int[] sorted = new int[known];
        for (int column : found) {
            if (column >= 0) {
                sorted[--known] = column;
            }
        }
        Arrays.sort(sorted);
        return vector(sorted);
    }

    /** @param occurrences a column for each time that its term stands in the text, rising */
    private Vector vector(int[] occurrences) {
        int[] distinct = new int[occurrences.length];
        double[] values = new double[occurrences.length];
        double squares = 0;
        int n = 0;
        for (int i = 0, next; i < occurrences.length; i = next) {
            for (next = i + 1; next < occurrences.length && occurrences[next] == occurrences[i]; next++) { }
            distinct[n] = occurrences[i];
            // StrictMath: Math.log may differ in the last bit between machines.
            values[n] = (1 + StrictMath.log(next - i)) * inverseFrequencies[distinct[n]];
            squares += values[n] * values[n];
            n++;
        }
        double length = Math.sqrt(squares);
        for (int k = 0; k < n; k++) {
            values[k] /= length;
        }
        return new Vector(Arrays.copyOf(distinct, n), Arrays.copyOf(values, n));
    }

    /** The columns of each word, and of the pair that it ends, at 2w and 2w + 1; −1 for terms that are not known. */
    int[] columns(List<Word> words) {
        int[] found = new int[2 * words.size()];
        Arrays.fill(found, -1);
        for (int w = 0; w < words.size(); w++) {
            found[2 * w] = columns.getOrDefault(words.get(w).lower(), -1);
            if (w > 0) {
                found[2 * w + 1] = columns.getOrDefault(pair(words, w), -1);
            }
        }
        return found;
    }
}
