package org.scibert.training.job;

import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.TokenTable;
import org.scibert.training.finetune.TrainingListener;

/** Hears of a job as it runs. */
public interface JobListener extends TrainingListener {

    /** The rows were checked; their tokens were not counted yet. */
    void checked(DataReport report);

    /** The tokens were counted. */
    void measured(TokenTable tokens);
}
