package org.scibert.function.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scibert.text.Encoding;

/** A text of any length as windows that the network can read, each with [CLS] and [SEP] of its own. */
final class Windows {
    /** The share of a window that the next one reads again, so that what a cut parts is whole in one of them. */
    private static final int OVERLAP = 4;

    private Windows() {}

    /**
     * Parts an encoding; the last window ends with the text and is as long as the others.
     *
     * @param whole the text's encoding, not cut
     * @param maxTokens of a window, [CLS] and [SEP] included
     * @return the encoding alone if it is short enough
     */
    static List<Encoding> of(Encoding whole, int maxTokens) {
        int pieces = whole.used() - 2;
        int perWindow = maxTokens - 2;
        if (pieces <= perWindow) {
            return List.of(whole);
        }
        int step = perWindow - perWindow / OVERLAP;
        List<Encoding> windows = new ArrayList<>();
        int start = 0;
        for (; start + perWindow < pieces; start += step) {
            windows.add(window(whole, start, perWindow));
        }
        windows.add(window(whole, pieces - perWindow, perWindow));
        return windows;
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

    /** The largest of the windows' logits for each label: something is there if it is in one of them. */
    static float[] largest(List<float[]> logits) {
        float[] largest = logits.get(0).clone(); // (C)
        for (float[] window : logits) {
            for (int c = 0; c < largest.length; c++) {
                largest[c] = Math.max(largest[c], window[c]);
            }
        }
        return largest;
    }

    /** The mean of the windows' logits for each label: the text is of the kind that its parts are of. */
    static float[] mean(List<float[]> logits) {
        double[] sums = new double[logits.get(0).length]; // (C)
        for (float[] window : logits) {
            Arrays.setAll(sums, c -> sums[c] + window[c]);
        }
        float[] mean = new float[sums.length];
        for (int c = 0; c < mean.length; c++) {
            mean[c] = (float) (sums[c] / logits.size());
        }
        return mean;
    }
}
