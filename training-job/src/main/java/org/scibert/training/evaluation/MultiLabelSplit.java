package org.scibert.training.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that have any number of labels, ready to be measured as they are or as a sample of them.
 *
 * @param labels (C), each of all N rows
 */
record MultiLabelSplit(List<BinarySplit> labels) {

    /**
     * @param logits (N, C), calibrated
     * @param flags (N, C)
     * @param thresholds (C)
     */
    static MultiLabelSplit of(double[] logits, boolean[] flags, List<Double> thresholds) {
        int labels = thresholds.size();
        return new MultiLabelSplit(IntStream.range(0, labels)
                .mapToObj(c -> new BinarySplit(
                        Column.of(logits, c, labels), Column.of(flags, c, labels), thresholds.get(c)))
                .toList());
    }

    int rows() {
        return labels.get(0).rows();
    }

    MultiLabelSample all() {
        return sample(Resample.once(rows()));
    }

    /** @param times how often each row stands in the sample, (N) */
    MultiLabelSample sample(int[] times) {
        return new MultiLabelSample(labels.stream().map(label -> label.sample(times)).toList());
    }
}
