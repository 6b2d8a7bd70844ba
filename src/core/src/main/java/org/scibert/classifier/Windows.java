package org.scibert.classifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scibert.decision.Task;
import org.scibert.text.Encoding;

/** Texts of any length as windows that the network can read, each with its own [CLS] and [SEP]. */
public final class Windows {
    /** The share of a window that the next one reads again, so that words at a cut are whole in one of them. */
    private static final int OVERLAP = 4;

    private final List<List<Encoding>> ofTexts;

    private Windows(List<List<Encoding>> ofTexts) {
        this.ofTexts = ofTexts;
    }

    /**
     * Cuts the texts into windows.
     *
     * @param texts encoded whole
     * @param maxTokens of a window, [CLS] and [SEP] included
     */
    public static Windows of(List<Encoding> texts, int maxTokens) {
        return new Windows(texts.stream().map(text -> of(text, maxTokens)).toList());
    }

    /** Texts that are read in one window each. */
    public static Windows single(List<Encoding> texts) {
        return new Windows(texts.stream().map(List::of).toList());
    }

    /** The texts' first windows, at most so many of each. */
    public Windows first(int most) {
        return new Windows(ofTexts.stream().map(own -> own.subList(0, Math.min(most, own.size()))).toList());
    }

    /** The windows of these texts alone, in this order. */
    public Windows only(int[] texts) {
        return new Windows(Arrays.stream(texts).mapToObj(ofTexts::get).toList());
    }

    /** The number of texts. */
    public int texts() {
        return ofTexts.size();
    }

    /** The windows of a text, counted from 0. */
    public List<Encoding> of(int text) {
        return ofTexts.get(text);
    }

    /** All windows: those of the first text, then those of the second, and so on. */
    public List<Encoding> all() {
        return ofTexts.stream().flatMap(List::stream).toList();
    }

    /** Windows of a text, counted from 0. */
    public int count(int text) {
        return ofTexts.get(text).size();
    }

    /**
     * Joins the logits of each text's windows. Multi-class takes the mean of the windows: the text is of the kind that
     * its parts are of. The other tasks take the largest: something is in the text if it is in one of its parts.
     *
     * @param logits of {@link #all}, (C) each
     * @return one a text, (C)
     */
    public List<float[]> join(List<float[]> logits, Task task) {
        List<float[]> joined = new ArrayList<>(ofTexts.size());
        int next = 0;
        for (List<Encoding> windows : ofTexts) {
            List<float[]> own = logits.subList(next, next + windows.size());
            joined.add(task == Task.MULTI_CLASS ? mean(own) : largest(own));
            next += windows.size();
        }
        return joined;
    }

    /**
     * Cuts one text; the last window ends with the text and is as long as the others.
     *
     * @return the encoding alone if it is short enough
     */
    static List<Encoding> of(Encoding whole, int maxTokens) {
        int[] starts = starts(whole, maxTokens);
        return starts.length == 1
                ? List.of(whole)
                : Arrays.stream(starts).mapToObj(start -> window(whole, start, maxTokens - 2)).toList();
    }

    /**
     * Where the windows of one text begin, counted in pieces, without [CLS]: token t of a window is token start + t of
     * the text.
     */
    static int[] starts(Encoding whole, int maxTokens) {
        int perWindow = maxTokens - 2;
        int last = Math.max(0, whole.used() - 2 - perWindow);
        int step = perWindow - perWindow / OVERLAP;
        return IntStream.concat(
                        IntStream.iterate(0, start -> start < last, start -> start + step), IntStream.of(last))
                .toArray();
    }

    /** @param start counted in pieces, without [CLS] */
    private static Encoding window(Encoding whole, int start, int pieces) {
        int from = start + 1;
        int end = whole.used() - 1;
        int[] ids = new int[pieces + 2]; // [CLS], pieces, [SEP]
        ids[0] = whole.inputIds()[0];
        System.arraycopy(whole.inputIds(), from, ids, 1, pieces);
        ids[pieces + 1] = whole.inputIds()[end];
        return new Encoding(ids, ids.length);
    }

    static float[] largest(List<float[]> logits) {
        float[] largest = logits.get(0).clone(); // (C)
        for (float[] window : logits) {
            for (int c = 0; c < largest.length; c++) {
                largest[c] = Math.max(largest[c], window[c]);
            }
        }
        return largest;
    }

    static float[] mean(List<float[]> logits) {
        double[] sums = new double[logits.get(0).length]; // (C)
        for (float[] window : logits) {
            Arrays.setAll(sums, c -> sums[c] + window[c]);
        }
        float[] mean = new float[sums.length]; // (C)
        for (int c = 0; c < mean.length; c++) {
            mean[c] = (float) (sums[c] / logits.size());
        }
        return mean;
    }
}
