package org.scibert.training.job;

import java.nio.file.Path;
import java.util.Optional;
import org.scibert.network.Task;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.finetune.FineTuningConfig;

/**
 * What a job reads, how it learns and what it publishes.
 *
 * @param train labelled rows to learn from
 * @param dev labelled rows to choose the best epoch by
 * @param test labelled rows to measure the result on, never to choose by; empty for none
 * @param encoder as {@link org.scibert.training.encoder.Encoders#open} takes it
 * @param task what the labels are for; empty: by the training rows
 * @param positiveLabel of binary rows; empty: by the training rows
 * @param labelNames as {@link LabelNames} takes them
 * @param posWeight as {@link LabelWeights} takes it
 * @param maxRows most rows read of each file
 * @param dataPolicy what follows from what the data check finds
 * @param device where to compute
 * @param fineTuning the hyperparameters
 * @param decisions how the thresholds are chosen on dev
 * @param report what is written for people
 * @param store address of the store to publish to
 * @param name the model's name in the store
 */
public record JobConfig(
        Path train,
        Path dev,
        Optional<Path> test,
        String encoder,
        Optional<Task> task,
        Optional<String> positiveLabel,
        String labelNames,
        String posWeight,
        int maxRows,
        DataPolicy dataPolicy,
        Devices device,
        FineTuningConfig fineTuning,
        DecisionConfig decisions,
        ReportConfig report,
        String store,
        String name) {}
