package org.scibert.network;

import org.scibert.decision.Task;
import org.scibert.io.Text;

/**
 * A classifier's network: encoder, head and what the head decides.
 *
 * @param encoder the encoder's geometry
 * @param task decides the loss and how logits are read
 * @param outputs logits a row, C: 1 for {@link Task#BINARY}, else the number of labels
 * @param headDropout probability on the pooled vector in training, in [0, 1)
 * @param pooling the vector that the head reads
 */
public record NetworkConfig(EncoderConfig encoder, Task task, int outputs, double headDropout, Pooling pooling) {
    /** The head's dropout where nothing else is said. */
    public static final double DEFAULT_HEAD_DROPOUT = 0.3;

    /** A head that reads [CLS]. */
    public NetworkConfig(EncoderConfig encoder, Task task, int outputs, double headDropout) {
        this(encoder, task, outputs, headDropout, Pooling.CLS);
    }

    public NetworkConfig {
        if (task == Task.BINARY ? outputs != 1 : outputs < 1) {
            throw new IllegalArgumentException(Text.format("a %s head cannot have %d outputs", task.title(), outputs));
        }
        if (!(headDropout >= 0 && headDropout < 1)) {
            throw new IllegalArgumentException("the head's dropout must be in [0, 1), is " + headDropout);
        }
    }

    /** The same network with a head that reads another vector. */
    public NetworkConfig with(Pooling other) {
        return new NetworkConfig(encoder, task, outputs, headDropout, other);
    }
}
