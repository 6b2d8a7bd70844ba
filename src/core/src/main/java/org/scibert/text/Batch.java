package org.scibert.text;

import java.util.Arrays;
import java.util.List;
import org.scibert.io.Text;

/**
 * Encodings side by side, each padded on the right to the longest of them; row-major, {@code (B, T)}.
 *
 * @param rows encodings in the batch, B
 * @param columns tokens of its longest row, T
 * @param inputIds {@code B × T} ids, that of [PAD] after a row's end
 * @param attentionMask {@code B × T}, 1 for a token and 0 for padding
 */
public record Batch(int rows, int columns, long[] inputIds, long[] attentionMask) {

    public Batch {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(Text.format("a batch of %d x %d holds nothing", rows, columns));
        }
        int cells = Math.multiplyExact(rows, columns);
        if (inputIds.length != cells || attentionMask.length != cells) {
            throw new IllegalArgumentException(Text.format(
                    "a batch of %d x %d needs %d ids and as many mask values, got %d and %d",
                    rows, columns, cells, inputIds.length, attentionMask.length));
        }
    }

    /**
     * Pads encodings to the longest of them.
     *
     * @param padId input id of [PAD]
     * @throws IllegalArgumentException if there are no encodings
     */
    public static Batch of(List<Encoding> encodings, long padId) {
        int rows = encodings.size();
        int columns = encodings.stream().mapToInt(Encoding::used).max().orElse(0);
        long[] ids = new long[Math.multiplyExact(rows, columns)]; // (B, T)
        long[] mask = new long[ids.length]; // (B, T)
        Arrays.fill(ids, padId);
        for (int b = 0; b < rows; b++) {
            int[] row = encodings.get(b).inputIds(); // (t), t <= T
            for (int t = 0; t < row.length; t++) {
                ids[b * columns + t] = row[t];
                mask[b * columns + t] = 1;
            }
        }
        return new Batch(rows, columns, ids, mask);
    }

    /** The number of tokens that are not padding. */
    public long realTokens() {
        return Arrays.stream(attentionMask).sum();
    }

    /** Whether some row is shorter than the longest. */
    public boolean isPadded() {
        return realTokens() < attentionMask.length;
    }

    /** The share of the batch that is padding, in [0, 1). */
    public double paddingShare() {
        return 1 - (double) realTokens() / attentionMask.length;
    }
}
