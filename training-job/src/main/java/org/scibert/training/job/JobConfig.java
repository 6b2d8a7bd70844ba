package org.scibert.training.job;

import java.nio.file.Path;
import java.util.Optional;
import org.scibert.training.assessment.Precisions;
import org.scibert.decision.Task;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.promotion.PromotionConfig;

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
 * @param fineTuning the hyperparameters; the seed is the plan's, of each run
 * @param runs how many runs, and how they are kept
 * @param decisions how the thresholds are chosen on dev
 * @param promotion when the new version takes the place of the one in service
 * @param precisionTolerance as {@link Precisions} takes it, in [0, 1]
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
        RunPlan runs,
        DecisionConfig decisions,
        PromotionConfig promotion,
        double precisionTolerance,
        ReportConfig report,
        String store,
        String name) {

    public JobConfig {
        if (!(precisionTolerance >= 0 && precisionTolerance <= 1)) {
            throw new IllegalArgumentException(
                    "the precision tolerance must be in [0, 1], is %s; %s is a fifth of a point".formatted(
                            precisionTolerance, Precisions.DEFAULT_TOLERANCE));
        }
    }

    /** The same with this seed alone. */
    JobConfig withSeed(int seed) {
        return new JobConfig(
                train, dev, test, encoder, task, positiveLabel, labelNames, posWeight, maxRows, dataPolicy, device,
                fineTuning.withSeed(seed), runs, decisions, promotion, precisionTolerance, report, store,
                name);
    }
}
