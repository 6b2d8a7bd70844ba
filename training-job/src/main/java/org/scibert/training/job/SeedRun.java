package org.scibert.training.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.network.Precision;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.assessment.FoldScores;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.lexical.LexicalChoice;
import org.scibert.training.rows.Split;
import org.scibert.training.split.OutOfFold;

/**
 * A run that is done and measured, and not published yet.
 *
 * @param config of the job, with the run's seed
 * @param folder with what a classifier needs, as the release will have it
 * @param training how it went
 * @param assessment how good it is
 * @param lexical what the release decides by; empty before that is chosen, or where it was not asked
 * @param outOfFold the answers of the folds' models in each precision; none without a cross-validation
 * @param checkpoints that a job which dies before it has published goes on from
 */
record SeedRun(
        JobConfig config,
        Path folder,
        FineTuning.Result training,
        Assessment assessment,
        Optional<LexicalChoice> lexical,
        Map<Precision, OutOfFold> outOfFold,
        List<StoredCheckpoints> checkpoints) {

    /** The score of each fold; empty without a cross-validation. */
    Optional<FoldScores> foldScores(PreparedData prepared) {
        return Optional.ofNullable(outOfFold.get(Precision.FP32)).map(answers -> FoldScores.of(
                assessment.model().rule(), prepared.labels(), prepared.splits().train(), answers));
    }

    SeedRun with(LexicalChoice choice) {
        return new SeedRun(config, folder, training, assessment, Optional.of(choice), outOfFold, checkpoints);
    }

    /** The same run with other answers than those of its own encoder. */
    SeedRun with(Assessment other, Map<Precision, OutOfFold> answers) {
        return new SeedRun(config, folder, training, other, lexical, answers, checkpoints);
    }

    int seed() {
        return config.training().fineTuning().seed();
    }

    /** The scores that the best of several runs is chosen by. */
    Metrics dev() {
        return assessment.metrics().get(outOfFold.isEmpty() ? Split.DEV : Split.OUT_OF_FOLD);
    }
}
