package org.scibert.training.bench;

import java.util.ArrayList;
import java.util.List;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;

/**
 * The time and the heap that encoding rows takes, which a training job holds as long as it runs.
 *
 * @param rows texts
 * @param tokens of each, [CLS] and [SEP] included
 * @param seconds by the clock, on all cores
 * @param megabytes of heap that the encodings hold, 10⁶ bytes
 */
public record EncodingCost(int rows, int tokens, double seconds, double megabytes) {
    /** Different texts, over and over: the texts' own heap is not counted. */
    private static final int TEXTS = 100;

    /** Encodes rows of full length once. */
    public static EncodingCost of(Tokenizer tokenizer, int rows, int tokens) {
        List<String> texts = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            texts.add(row < TEXTS ? text(row, tokens) : texts.get(row % TEXTS));
        }
        long before = usedHeap();
        long start = System.nanoTime();
        List<Encoding> encodings = tokenizer.encode(texts, tokens);
        double seconds = (System.nanoTime() - start) / 1e9;
        long held = usedHeap() - before;
        return new EncodingCost(encodings.size(), tokens, seconds, held / 1e6);
    }

    /** One-letter words, each a token of its own. */
    private static String text(int seed, int tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens - 2; i++) {
            text.append((char) ('a' + (seed + i) % 26)).append(' ');
        }
        return text.toString();
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        // The second collection frees what the first one finalized.
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
