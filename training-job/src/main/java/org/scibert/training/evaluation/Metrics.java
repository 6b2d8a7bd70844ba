package org.scibert.training.evaluation;

/**
 * What was measured on one split. Each kind is a record whose components, in their order, are the keys of its JSON; a
 * value that the split does not define is left out.
 */
public sealed interface Metrics permits BinaryMetrics, MultiClassMetrics, MultiLabelMetrics {

    /** Rows measured, N. */
    int rows();

    /** Mean loss without weights, in nats: what two precisions of the same weights are compared by. */
    double loss();

    /** What the best epoch is chosen by, in [0, 1]; higher is better. */
    double selectionScore();

    /** Whether the rows define it. */
    default boolean hasSelectionScore() {
        return true;
    }
}
