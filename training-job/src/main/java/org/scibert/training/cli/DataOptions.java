package org.scibert.training.cli;

import java.util.Optional;
import org.scibert.decision.Task;
import org.scibert.io.UsageException;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.job.JobConfig;
import org.scibert.training.job.LabelNames;
import org.scibert.training.job.LabelWeights;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The rows, what their labels mean and how both are checked: the same for a check and for a fine-tune. */
final class DataOptions {
    @Mixin
    private SplitOptions splits;

    @Option(
            names = "--split",
            defaultValue = "${env:DATA_SPLIT}",
            paramLabel = "FILE",
            description = "With --data: the split.csv of an earlier release. Its records keep their split, and new"
                    + " ones are assigned so that each label comes near to 60, 20 and 20 %%. Default: that of the"
                    + " version in service, if it has one; check-data knows of none. [DATA_SPLIT]")
    private String split;

    @Option(
            names = "--folds",
            defaultValue = "${env:FOLDS:-0}",
            paramLabel = "N",
            description = "With --data: cross-validation in place of dev and test, for few positives. A model for each"
                    + " of N folds is trained on the others; scores, calibration and thresholds are from its answers"
                    + " to the fold, and the released model is trained on all rows for all epochs. Takes N + 1 times"
                    + " as long; 5 is usual. [FOLDS]")
    private int folds;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = "--task",
            defaultValue = "${env:TASK}",
            description = "binary, multi-class or multi-label. Default: by the training rows' labels. [TASK]")
    private Task task;

    @Option(
            names = "--positive-label",
            defaultValue = "${env:POSITIVE_LABEL}",
            paramLabel = "LABEL",
            description = "The label that is looked for, of two. Default: the one that says so, such as 1, true or"
                    + " include; else the rarer one. [POSITIVE_LABEL]")
    private String positiveLabel;

    @Option(
            names = "--strict",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:STRICT:-false}",
            paramLabel = "true|false",
            description = "Errors in the data, such as texts that stand in two splits, and records without a text or a"
                    + " label end the job with status 2 before any training; without it they are reported only."
                    + " [STRICT]")
    private boolean strict;

    @Option(
            names = "--drop-leaks",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:DROP_LEAKS:-false}",
            paramLabel = "true|false",
            description = "Training rows whose text stands in dev or test are left out, and counted in the release; no"
                    + " file is changed. [DROP_LEAKS]")
    private boolean dropLeaks;

    JobConfig.Data config(int maxRows) {
        return new JobConfig.Data(
                splits.addresses(), oneFile(), reading.options(), maxRows, new DataPolicy(strict, dropLeaks));
    }

    boolean isCrossValidated() {
        return folds != 0;
    }

    private Optional<JobConfig.OneFile> oneFile() {
        if (split != null && !splits.isOneFile()) {
            throw new UsageException(
                    "--split tells how the one file of --data was split; leave it out with --train and --dev");
        }
        if (folds != 0 && !splits.isOneFile()) {
            throw new UsageException(
                    "--folds divides the one file of --data; give all records there, without --train and --dev");
        }
        return splits.isOneFile()
                ? Optional.of(new JobConfig.OneFile(folds, Optional.ofNullable(split)))
                : Optional.empty();
    }

    JobConfig.Labels labels(LabelNames names, LabelWeights weights) {
        return new JobConfig.Labels(Optional.ofNullable(task), Optional.ofNullable(positiveLabel), names, weights);
    }
}
