package org.scibert.training.job;

import java.nio.file.Path;
import java.util.Optional;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.lexical.LexicalChoice;
import org.scibert.training.rows.Split;

/**
 * A run that is done and measured, and not published yet.
 *
 * @param config of the job, with the run's seed
 * @param folder with what a classifier needs, as the release will have it
 * @param training how it went
 * @param assessment how good it is
 * @param lexical what the release decides by; empty before that is chosen, or where it was not asked
 * @param checkpoints that a job which dies before it has published goes on from
 */
record SeedRun(
        JobConfig config,
        Path folder,
        FineTuning.Result training,
        Assessment assessment,
        Optional<LexicalChoice> lexical,
        StoredCheckpoints checkpoints) {

    SeedRun with(LexicalChoice choice) {
        return new SeedRun(config, folder, training, assessment, Optional.of(choice), checkpoints);
    }

    SeedRun with(Assessment other) {
        return new SeedRun(config, folder, training, other, lexical, checkpoints);
    }

    int seed() {
        return config.training().fineTuning().seed();
    }

    Metrics dev() {
        return assessment.metrics().get(Split.DEV);
    }
}
