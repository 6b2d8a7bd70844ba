package org.scibert.training.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.ModelConfig;
import org.scibert.release.Provenance;
import org.scibert.training.calibration.FittedDecisions;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.evaluation.Measurement;
import org.scibert.training.evaluation.Mistake;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.rows.Split;

/**
 * What a report is about.
 *
 * @param name the model's
 * @param madeAt when the job measured it
 * @param model with the rule that was chosen
 * @param provenance where its weights come from
 * @param data what the data check found
 * @param training of the run that the weights come from
 * @param splits what was measured, by split: dev, and test if there was one
 * @param mistakes the worst of each split
 * @param decisions how the rule came about
 * @param precisions that the release carries
 */
public record ReportInput(
        String name,
        Instant madeAt,
        ModelConfig model,
        Provenance provenance,
        DataReport data,
        FineTuning.Result training,
        Map<Split, Measurement> splits,
        Map<Split, List<Mistake>> mistakes,
        FittedDecisions decisions,
        PrecisionSummary precisions) {}
