/**
 * Keeps the checkpoints of a run in the object store, beside the model's releases.
 *
 * <p>{@code NAME/checkpoints/RUN/} holds the files of each checkpoint and, written last, a small JSON that lists them
 * with their digests: a checkpoint without it does not exist. RUN is a digest of all that determines the weights of a
 * run. Nothing here trains.
 */
package org.scibert.training.checkpoint;
