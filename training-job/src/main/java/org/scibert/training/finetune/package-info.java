/**
 * Fine-tuning: the loop, and the pure functions beside it (schedule, batches, the head's first weights).
 *
 * <p>Examples and an encoder in, the best epoch's weights out. Reads no files of rows and publishes nothing.
 */
package org.scibert.training.finetune;

