package org.scibert.training.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.training.job.FineTuneJob;
import org.scibert.training.job.JobConfig;
import org.scibert.training.job.JobListener;
import org.scibert.training.job.LabelNames;
import org.scibert.training.job.LabelWeights;
import org.scibert.training.job.Listeners;
import org.scibert.training.job.StudyConfig;
import org.scibert.training.study.Budget;
import org.scibert.training.study.Grid;
import org.scibert.training.tracking.Tracker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "fine-tune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Fine-tunes, measures, publishes, and puts the new version in service if it holds its own against"
                + " the one that is. With SIGNING_KEY, an Ed25519 key in PEM or file:PATH, the release is signed.")
final class FineTuneCommand implements Callable<Integer> {
    private static final int MOST_PROGRESS_SECONDS = 86_400;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--label-names",
            defaultValue = "${env:LABEL_NAMES:-}",
            paramLabel = "LABEL=NAME,…",
            description = "Names to show for labels that the rows write as codes, such as 0=other,1=objective."
                    + " [LABEL_NAMES]")
    private LabelNames labelNames;

    @Option(
            names = "--pos-weight",
            defaultValue = "${env:POS_WEIGHT:-auto}",
            paramLabel = "auto|balanced|sqrt|NUMBERS",
            description = "What a positive counts against a negative in the loss. auto is negatives / positives; 1"
                    + " keeps probabilities honest but finds fewer. For multi-class: the classes' weights; auto is 1"
                    + " each, balanced lets rare classes count as much as common ones; sqrt takes the square roots of"
                    + " either, for losses that rare positives jump less in. Several to try: auto,sqrt,1, or with"
                    + " semicolons between numbers. Default ${DEFAULT-VALUE}. [POS_WEIGHT]")
    private PosWeights posWeight;

    @Option(
            names = "--max-rows",
            defaultValue = "${env:MAX_ROWS:-" + Integer.MAX_VALUE + "}",
            paramLabel = "N",
            description = "Most rows read of each file, for a quick try. [MAX_ROWS]")
    private int maxRows;

    @Mixin
    private TrainingOptions training;

    @Option(
            names = "--budget",
            defaultValue = "${env:BUDGET}",
            paramLabel = "TIME|N runs",
            description = "Where --learning-rate, --epochs, --pos-weight, --pooling, --head-init or --max-tokens list"
                    + " several values with commas between them, a study tries their combinations by successive"
                    + " halving on dev and the winner is released. This limits its training to a time such as 30m or"
                    + " 1h30m, or to that of N whole runs; what has no room is left out by a draw. Default: no limit."
                    + " [BUDGET]")
    private Budget budget;

    @Mixin
    private DecisionOptions decisions;

    @Mixin
    private ContentOptions content;

    @Mixin
    private PromotionOptions promotion;

    @Mixin
    private TrackingOptions tracking;

    @Option(
            names = "--progress-seconds",
            defaultValue = "${env:PROGRESS_SECONDS:-15}",
            paramLabel = "N",
            description = "Between two lines of progress where there is no terminal; 0 shows each step. Default"
                    + " ${DEFAULT-VALUE}. [PROGRESS_SECONDS]")
    private int progressSeconds;

    @Override
    public Integer call() throws Exception {
        StudyConfig config = UsageException.checked(this::config);
        FineTuneJob job = new FineTuneJob(config, EncoderOption.cache(), Variables.ofProcess(), Clock.systemUTC());
        try (Progress progress = new Progress(Duration.ofSeconds(progressSeconds));
                Termination termination = new Termination(spec.commandLine().getErr())) {
            FineTuneJob.Result result;
            try (Tracker tracker = tracking.open(
                    config, Variables.ofProcess(), Clock.systemUTC(), spec.commandLine().getErr()::println)) {
                result = job.run(Listeners.all(JobListener.class, progress, tracker), termination);
                tracker.finished(result.version(), result.splits());
            }
            result.notes().forEach(spec.commandLine().getErr()::println);
            spec.commandLine().getErr().printf(Locale.ROOT, "%s %s: %s%n",
                    result.version(),
                    result.decision().promoted() ? "is in service" : "is published and not in service",
                    result.decision().reason());
            spec.commandLine().getOut().println(JsonLine.of(result));
        }
        return 0;
    }

    private StudyConfig config() {
        if (progressSeconds < 0 || progressSeconds > MOST_PROGRESS_SECONDS) {
            throw new UsageException(Text.format("--progress-seconds must be 0 to %s, is %s",
                    MOST_PROGRESS_SECONDS, progressSeconds));
        }
        List<LabelWeights> weights = posWeight.values();
        boolean several = training.listsSeveral() || weights.size() > 1;
        JobConfig first = new JobConfig(
                data.config(maxRows),
                data.labels(labelNames, weights.get(0)),
                training.config(several && !data.isCrossValidated()),
                decisions.config(),
                content.config(),
                promotion.config());
        Grid<JobConfig> grid = training.vary(Grid.of(first))
                .vary("pos-weight", weights, LabelWeights::title, JobConfig::with);
        return new StudyConfig(grid, budget == null ? Budget.NONE : budget);
    }
}
