package org.scibert.training.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scibert.network.Compute;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.ThresholdRule.BestF1;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.lexical.LexicalMode;
import org.scibert.training.promotion.PromotionConfig;
import org.scibert.training.rows.ReadOptions;
import org.scibert.training.rows.Splits;

/**
 * Configurations of a job for tests: a model named "tiny" on the CPU whose encoder decides alone, all else as by
 * default unless it is changed.
 */
public record TinyJob(JobConfig config) {

    public static TinyJob of(
            Path train, Path dev, Optional<Path> test, Path encoder, FineTuningConfig fineTuning, String store) {
        return new TinyJob(new JobConfig(
                new JobConfig.Data(
                        new Splits<>(train, dev, test).map(Path::toString), Integer.MAX_VALUE,
                        new DataPolicy(false, false)),
                JobConfig.Labels.DEFAULT,
                JobConfig.Training.once(encoder.toString(), ComputeDevice.Choice.CPU, fineTuning),
                new DecisionConfig(new BestF1(), Optional.empty(), DecisionConfig.DEFAULT_CONFIDENCE),
                JobConfig.Release.DEFAULT.with(LexicalMode.OFF),
                new JobConfig.Target(store, "tiny", PromotionConfig.DEFAULT)));
    }

    public TinyJob policy(DataPolicy policy) {
        JobConfig.Data data = config.data();
        return with(
                new JobConfig.Data(data.addresses(), data.maxRows(), policy),
                config.labels(), config.training());
    }

    /** The training rows as the one file that is cross-validated, or split if {@code folds} is 0. */
    public TinyJob oneFile(int folds) {
        String file = config.data().addresses().train();
        return with(
                new JobConfig.Data(
                        new Splits<>(file, file, file), Optional.of(new JobConfig.OneFile(folds, Optional.empty())),
                        ReadOptions.DEFAULT, Integer.MAX_VALUE, config.data().policy()),
                config.labels(), config.training());
    }

    public TinyJob labelNames(String pairs) {
        return with(
                config.data(),
                new JobConfig.Labels(Optional.empty(), Optional.empty(), LabelNames.parse(pairs), LabelWeights.AUTO),
                config.training());
    }

    public TinyJob lexical(LexicalMode mode) {
        return new TinyJob(new JobConfig(
                config.data(), config.labels(), config.training(), config.decisions(), config.release().with(mode),
                config.target()));
    }

    public TinyJob head(JobConfig.Head head) {
        JobConfig.Training once = config.training();
        return with(config.data(), config.labels(), new JobConfig.Training(
                once.encoder(), once.device(), once.fineTuning(), head, once.seeds(), once.checkpointSteps()));
    }

    /** @param chosen whether the number format is the program's choice */
    public TinyJob compute(Compute compute, boolean chosen) {
        JobConfig.Training once = config.training();
        return with(config.data(), config.labels(), new JobConfig.Training(
                once.encoder(), once.device(), once.fineTuning().with(compute), chosen, once.head(), once.seeds(),
                once.checkpointSteps()));
    }

    public TinyJob seeds(List<Integer> seeds, int checkpointSteps) {
        JobConfig.Training once = config.training();
        return with(config.data(), config.labels(), new JobConfig.Training(
                once.encoder(), once.device(), once.fineTuning(), seeds, checkpointSteps));
    }

    /** Without baselines. */
    public TinyJob reasons(JobConfig.Reasons reasons) {
        JobConfig.Release release = config.release();
        return new TinyJob(new JobConfig(
                config.data(), config.labels(), config.training(), config.decisions(),
                new JobConfig.Release(
                        release.precisionTolerance(), false, release.lexical(), release.reportCopy(),
                        release.reportTexts(), release.language(), release.license(), reasons),
                config.target()));
    }

    private TinyJob with(JobConfig.Data data, JobConfig.Labels labels, JobConfig.Training training) {
        return new TinyJob(new JobConfig(
                data, labels, training, config.decisions(), config.release(), config.target()));
    }
}
