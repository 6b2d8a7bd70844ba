package org.scibert.training.cli;

import java.util.Optional;
import org.scibert.io.UsageException;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.ThresholdRule;
import picocli.CommandLine.Option;

/** How the released model decides; chosen on dev, stored in the release. */
final class DecisionOptions {
    @Option(
            names = "--threshold-rule",
            defaultValue = "${env:THRESHOLD_RULE:-best-f1}",
            paramLabel = "RULE",
            description = "From which calibrated probability a label is given: best-f1; recall=0.95 finds at least that"
                    + " share, and precision=0.80 is right at least so often, both by their lower bound on dev, which"
                    + " needs enough positives there; or a probability such as 0.5. Multi-class gives the most probable"
                    + " class instead. Default ${DEFAULT-VALUE}. [THRESHOLD_RULE]")
    private ThresholdRule thresholdRule;

    @Option(
            names = "--error-budget",
            defaultValue = "${env:ERROR_BUDGET}",
            paramLabel = "SHARE",
            description = "Binary only: answers become include, exclude or ask, so that at most this share of those"
                    + " decided without asking is wrong, by its upper bound on dev. A smaller budget asks about more"
                    + " texts. Default: nobody is asked. [ERROR_BUDGET]")
    private Double errorBudget;

    @Option(
            names = "--confidence",
            defaultValue = "${env:CONFIDENCE:-" + DecisionConfig.DEFAULT_CONFIDENCE + "}",
            paramLabel = "SHARE",
            description = "One-sided, of the bounds that these two go by. Default ${DEFAULT-VALUE}. [CONFIDENCE]")
    private double confidence;

    /** @throws UsageException if a value is out of its range */
    DecisionConfig config() {
        return new DecisionConfig(thresholdRule, Optional.ofNullable(errorBudget), confidence);
    }
}
