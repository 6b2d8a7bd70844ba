package org.scibert.network;

import org.scibert.decision.Task;
import org.scibert.io.Text;

/**
 * A classifier's network: encoder, head and what the head decides.
 *
 * @param encoder the encoder's geometry
 * @param task decides the loss and how logits are read
 * @param outputs logits a row, C: 1 for {@link Task#BINARY}, else the number of labels
 * @param headDropout probability on the [CLS] vector in training, in [0, 1)
 */
public record NetworkConfig(EncoderConfig encoder, Task task, int outputs, double headDropout) {
    /** The head's dropout where nothing else is said. */
    public static final double DEFAULT_HEAD_DROPOUT = 0.3;

    public NetworkConfig {
        if (task == Task.BINARY ? outputs != 1 : outputs < 1) {
            throw new IllegalArgumentException(Text.format("a %s head cannot have %d outputs", task.title(), outputs));
        }
        if (!(headDropout >= 0 && headDropout < 1)) {
            throw new IllegalArgumentException("the head's dropout must be in [0, 1), is " + headDropout);
        }
    }
}
