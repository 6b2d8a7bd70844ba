/**
 * Checkpoints of a run in the object store, beside the model's releases.
 *
 * <p>{@code NAME/checkpoints/RUN/} holds the files of each checkpoint and, written last, a small JSON that lists them
 * with their digests: without it a checkpoint is not there. RUN tells runs apart by all that determines their weights.
 */
package org.scibert.training.checkpoint;
