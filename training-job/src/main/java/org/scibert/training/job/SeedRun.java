package org.scibert.training.job;

import java.nio.file.Path;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.rows.Split;

/**
 * A run that is done and measured, and not published yet.
 *
 * @param config of the job, with the run's seed
 * @param folder with what a classifier needs, as the release will have it
 * @param training how it went
 * @param assessment how good it is
 * @param checkpoints that a job which dies before it has published goes on from
 */
record SeedRun(
        JobConfig config,
        Path folder,
        FineTuning.Result training,
        Assessment assessment,
        StoredCheckpoints checkpoints) {

    int seed() {
        return config.training().fineTuning().seed();
    }

    Metrics dev() {
        return assessment.metrics().get(Split.DEV);
    }
}
