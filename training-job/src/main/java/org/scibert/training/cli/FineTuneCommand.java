package org.scibert.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.decision.Task;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.job.DataFiles;
import org.scibert.training.job.Devices;
import org.scibert.training.job.FineTuneJob;
import org.scibert.training.job.JobConfig;
import org.scibert.training.job.JobListener;
import org.scibert.training.job.Listeners;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.rows.Splits;
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
    @Spec
    private CommandSpec spec;

    @Mixin
    private SplitOptions splits;

    @Option(
            names = "--encoder",
            defaultValue = "${env:ENCODER:-embedded}",
            paramLabel = "SPEC",
            description = "embedded (MiniLM-L6, needs no network), hf:OWNER/NAME[@REVISION], such as"
                    + " hf:allenai/scibert_scivocab_uncased, or a Hugging Face folder. Default ${DEFAULT-VALUE}."
                    + " [ENCODER]")
    private String encoder;

    @Mixin
    private StoreOptions store;

    @Option(
            names = "--task",
            defaultValue = "${env:TASK}",
            converter = TaskConverter.class,
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
            names = "--label-names",
            defaultValue = "${env:LABEL_NAMES:-}",
            paramLabel = "LABEL=NAME,…",
            description = "Names to show for labels that the rows write as codes, such as 0=other,1=objective."
                    + " [LABEL_NAMES]")
    private String labelNames;

    @Option(
            names = "--pos-weight",
            defaultValue = "${env:POS_WEIGHT:-auto}",
            paramLabel = "auto|balanced|NUMBERS",
            description = "What a positive counts against a negative in the loss. auto is negatives / positives; 1 keeps"
                    + " probabilities honest but finds fewer. For multi-class: the classes' weights; auto is 1 each,"
                    + " balanced lets rare classes count as much as common ones. Default ${DEFAULT-VALUE}. [POS_WEIGHT]")
    private String posWeight;

    @Mixin
    private HyperparameterOptions hyperparameters;

    @Mixin
    private RunOptions runs;

    @Mixin
    private DecisionOptions decisions;

    @Option(
            names = "--precision-tolerance",
            defaultValue = "${env:PRECISION_TOLERANCE:-" + Precisions.DEFAULT_TOLERANCE + "}",
            paramLabel = "SCORE",
            description = "The release carries fp16 and int8 weights too, and is served in the fastest precision that"
                    + " loses at most so much of the score on dev that epochs are chosen by; 0.002 is a fifth of a"
                    + " point. Default ${DEFAULT-VALUE}. [PRECISION_TOLERANCE]")
    private double precisionTolerance;

    @Mixin
    private PromotionOptions promotion;

    @Mixin
    private ReportOptions report;

    @Mixin
    private TrackingOptions tracking;

    @Mixin
    private DataCheckOptions dataCheck;

    @Option(
            names = "--device",
            defaultValue = "${env:DEVICE:-auto}",
            description = "auto, cpu or gpu; auto takes a GPU where libtorch sees one. Default ${DEFAULT-VALUE}. [DEVICE]")
    private Devices device;

    @Option(
            names = "--max-rows",
            defaultValue = "${env:MAX_ROWS:-" + Integer.MAX_VALUE + "}",
            paramLabel = "N",
            description = "Most rows read of each file, for a quick try. [MAX_ROWS]")
    private int maxRows;

    @Override
    public Integer call() throws Exception {
        EncoderOptions encoders = EncoderOptions.ofEnvironment(System.getenv(), new DownloadProgress());
        try (DataFiles files = new DataFiles(System.getenv());
                Progress progress = new Progress(Duration.ofSeconds(runs.progressSeconds));
                Termination termination = new Termination(spec.commandLine().getErr())) {
            JobConfig config = config(files);
            FineTuneJob job = new FineTuneJob(config, encoders, System.getenv(), Clock.systemUTC());
            FineTuneJob.Result result;
            try (Tracker tracker = tracking.open(
                    config, System.getenv(), Clock.systemUTC(), spec.commandLine().getErr()::println)) {
                result = job.run(Listeners.all(JobListener.class, progress, tracker), termination);
                tracker.finished(result.version(), result.splits());
            }
            result.notes().forEach(spec.commandLine().getErr()::println);
            spec.commandLine().getErr().printf("%s %s: %s%n",
                    result.version(),
                    result.decision().promoted() ? "is in service" : "is published and not in service",
                    result.decision().reason());
            spec.commandLine().getOut().println(JsonLine.of(result));
        }
        return 0;
    }

    private JobConfig config(DataFiles files) throws IOException {
        Splits<Path> data = splits.local(files);
        return new JobConfig(
                data.train(),
                data.dev(),
                data.test(),
                encoder,
                Optional.ofNullable(task),
                Optional.ofNullable(positiveLabel),
                labelNames,
                posWeight,
                maxRows,
                dataCheck.policy(),
                device,
                hyperparameters.config(),
                runs.plan(hyperparameters.seed),
                decisions.config(),
                promotion.config(),
                precisionTolerance,
                report.config(),
                store.store,
                store.name);
    }
}
