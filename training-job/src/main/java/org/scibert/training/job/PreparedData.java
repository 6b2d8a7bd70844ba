package org.scibert.training.job;

import org.scibert.classifier.ModelConfig;
import org.scibert.text.Tokenizer;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.encoder.Encoder;

/**
 * The rows, the encoder and what follows from both, read and checked: what all runs of a job share.
 *
 * @param report of the data check
 * @param labelWeights (C), in the loss
 * @param tokenizer stays the job's to close
 * @param model its configuration before a decision rule is chosen on dev
 */
record PreparedData(
        Splits splits,
        DataReport report,
        float[] labelWeights,
        Encoder encoder,
        Tokenizer tokenizer,
        ModelConfig model) {}
