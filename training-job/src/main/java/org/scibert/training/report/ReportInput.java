package org.scibert.training.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.scibert.release.Provenance;
import org.scibert.training.assessment.Assessment;
import org.scibert.training.assessment.Faithfulness;
import org.scibert.training.assessment.FoldScores;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.baseline.Baseline;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.lexical.LexicalChoice;
import org.scibert.training.study.SeedStudy;
import org.scibert.training.study.StudyResult;

/**
 * The facts that the report and the model card are written from.
 *
 * @param data what the data check found
 * @param assessment of the released model
 * @param precisions that the release carries
 * @param lexical what the release decides by; empty where it was not asked
 * @param baselines trained on the same rows; none if none were asked for
 * @param explanations how faithful they are; empty if that was not asked for
 * @param study that the hyperparameters are from; empty if they were given
 */
public record ReportInput(
        Title title, Run run, DataReport data, Assessment assessment, Precisions precisions,
        Optional<LexicalChoice> lexical, List<Baseline> baselines, Optional<Faithfulness> explanations,
        Optional<Study> study) {
    public ReportInput {
        baselines = List.copyOf(baselines);
    }

    /**
     * A study of hyperparameters.
     *
     * @param seeds the spread of the runs with the winner's
     */
    public record Study(StudyResult result, SeedStudy seeds) {}

    /**
     * The names of the release.
     *
     * @param name the model's
     * @param madeAt when the job measured it
     * @param language of the texts: {@code en}
     * @param license of the model: {@code apache-2.0}, {@code unknown}
     */
    public record Title(String name, Instant madeAt, String language, String license) {}

    /**
     * The run that the weights come from.
     *
     * @param provenance as the manifest has it
     * @param config with the run's seed
     * @param seeds of all runs of the job
     * @param folds the scores of a cross-validation
     */
    public record Run(
            Provenance provenance, FineTuningConfig config, List<Integer> seeds, FineTuning.Result training,
            Optional<FoldScores> folds) {
        public Run(Provenance provenance, FineTuningConfig config, List<Integer> seeds, FineTuning.Result training) {
            this(provenance, config, seeds, training, Optional.empty());
        }

        public Run {
            seeds = List.copyOf(seeds);
        }
    }
}
