package org.scibert.training.cli;

import org.scibert.io.UsageException;
import org.scibert.training.job.JobConfig;
import org.scibert.training.promotion.PromotionConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a release is published, and when it takes the place of the version in service. */
final class PromotionOptions {
    @Mixin
    private StoreOptions store;

    @Option(
            names = "--promote",
            defaultValue = "${env:PROMOTE:-gate}",
            paramLabel = "gate|always|never",
            description = "gate compares the new version with the one in service on the test rows (dev without test),"
                    + " and puts it in service if the lower bound of the difference of their scores is at least"
                    + " -margin; always and never do as they say, and compare too. The first version always goes in"
                    + " service unless never. The decision is stored; a version that stays out is no failure. Default"
                    + " ${DEFAULT-VALUE}. [PROMOTE]")
    private PromotionConfig.Mode mode;

    @Option(
            names = "--margin",
            defaultValue = "${env:PROMOTE_MARGIN:-0.0}",
            paramLabel = "POINTS",
            description = "How much worse the new version may turn out, in points of the score (PR-AUC for binary, else"
                    + " macro F1). 0.0 asks for evidence that it is better, which few test rows seldom give; 0.02 takes"
                    + " what is shown to be at most 2 points of 100 worse. Default ${DEFAULT-VALUE}. [PROMOTE_MARGIN]")
    private double margin;

    @Option(
            names = "--promote-confidence",
            defaultValue = "${env:PROMOTE_CONFIDENCE:-" + PromotionConfig.DEFAULT_CONFIDENCE + "}",
            paramLabel = "SHARE",
            description = "One-sided, of that lower bound, by 2,000 paired bootstrap samples. 0.5 goes by the"
                    + " difference itself. Default ${DEFAULT-VALUE}. [PROMOTE_CONFIDENCE]")
    private double confidence;

    /** @throws UsageException if a value is out of its range */
    JobConfig.Target config() {
        return new JobConfig.Target(store.store, store.name, new PromotionConfig(mode, margin, confidence));
    }
}
