package org.scibert.training.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Task;
import org.scibert.io.AtomicFiles;
import org.scibert.io.TemporaryFolder;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.network.Precision;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.signing.Signatures;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.store.PatientStore;
import org.scibert.text.Tokenizer;
import org.scibert.training.assessment.DevReference;
import org.scibert.training.assessment.Faithfulness;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.assessment.ReleaseEvaluation;
import org.scibert.training.baseline.Baseline;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.checkpoint.StoredCheckpoints;
import org.scibert.training.datacheck.DataCheck;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.datacheck.Evidence;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.InterruptedRunException;
import org.scibert.training.promotion.PromotionDecision;
import org.scibert.training.promotion.PromotionGate;
import org.scibert.training.rows.LabelInference;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import org.scibert.training.split.OutOfFold;
import org.scibert.training.study.Grid;
import org.scibert.training.study.StudyResult;

/**
 * Reads, checks, trains, measures, publishes, compares, promotes: in this order, and nothing is published if anything
 * before fails.
 */
public final class FineTuneJob {
    private final StudyConfig study;
    /** The first configuration: data, release and target are those of all. */
    private final JobConfig config;
    private final EncoderOptions encoders;
    private final Map<String, String> environment;
    private final Clock clock;

    /** @param environment for the store's options; usually {@link System#getenv()} */
    public FineTuneJob(JobConfig config, EncoderOptions encoders, Map<String, String> environment, Clock clock) {
        this(StudyConfig.of(config), encoders, environment, clock);
    }

    /** @param environment for the store's options; usually {@link System#getenv()} */
    public FineTuneJob(StudyConfig study, EncoderOptions encoders, Map<String, String> environment, Clock clock) {
        this.study = study;
        this.config = study.first();
        this.encoders = encoders;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * What the job made.
     *
     * @param name the model's name
     * @param version published
     * @param splits metrics by split: dev, and test if there was one
     * @param notes what was asked for and dev couldn't give
     * @param decision whether it was put in service, and why
     */
    public record Result(
            String name, String version, Map<Split, Metrics> splits, List<String> notes, PromotionDecision decision) {}

    /** Runs the job. */
    public Result run(JobListener listener) throws IOException {
        return run(listener, () -> false);
    }

    /**
     * Runs the job.
     *
     * @param interrupted whether to end after the running step of training, or the running batch of what follows it
     * @throws InterruptedRunException if it did; the same job then goes on from there
     */
    public Result run(JobListener listener, BooleanSupplier interrupted) throws IOException {
        try {
            return run(listener, new Interruption(interrupted));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Result run(JobListener listener, Interruption interruption) throws IOException {
        JobConfig.Training training = config.training();
        ComputeDevice device = training.device().resolve();
        Signatures signatures = UsageException.checked(() -> {
            config.compute().check(device.device().isGpu(), environment);
            return Signatures.toPublish(environment);
        });
        try (ObjectStore store = open(listener);
                TemporaryFolder folder = TemporaryFolder.create("release")) {
            Releases releases = UsageException.checked(
                    () -> new Releases(store, config.target().name(), clock, signatures));
            DataFiles.Labelled read = DataFiles.read(
                    config.data(), InServiceSplit.of(config.data(), releases, listener), environment, listener::noted);
            DataCheck data = check(read, listener);
            Splits<Rows> splits = data.rows();
            LabelSet labels = LabelInference.infer(splits, config.labels().task(), config.labels().positive());
            requirePossible(config.decisions(), labels.task());
            for (Grid.Configuration<JobConfig> each : study.grid().configurations()) {
                each.config().labels().weights().on(labels, splits.train());
            }
            config.labels().names().of(labels.labels());
            Encoder encoder = Encoder.open(training.encoder(), encoders);
            for (Grid.Configuration<JobConfig> each : study.grid().configurations()) {
                UsageException.checked(() -> Preparation.model(each.config(), encoder, labels));
            }
            requireSpace(store, folder.path(), encoder);

            try (Tokenizer tokenizer = tokenizer(encoder)) {
                tokenizer.notes().forEach(listener::noted);
                Preparation preparation =
                        new Preparation(data, read.split(), labels, device, encoder, tokenizer, interruption);
                TrainingRun first = preparation.of(config);
                listener.measured(first.prepared().report().tokens());
                Optional<Study> trials = Optional.empty();
                Optional<StudyResult> studied = Optional.empty();
                TrainingRun chosen = first;
                if (study.hasChoice()) {
                    trials = Optional.of(Study.of(
                            study, preparation, store, folder.path(), interruption, listener));
                    studied = Optional.of(trials.get().run(folder.path()));
                    chosen = trials.get().run(studied.get().winner());
                }
                PreparedData prepared = chosen.prepared();
                if (prepared.model().maxTokens() != first.prepared().model().maxTokens()) {
                    listener.measured(prepared.report().tokens());
                }
                CheapModels models = chosen.models();
                List<SeedRun> runs = new SeedRuns(chosen, store, interruption, listener).run(folder.path());
                SeedRun best = new LexicalRelease(prepared, models, interruption, listener)
                        .of(SeedRuns.best(runs), config.release().lexical());
                best.lexical().ifPresent(choice -> listener.noted(choice.sentence(splits.chosenBy())));
                finish(releases, prepared, runs, best, studied, models, interruption, listener);
                Manifest manifest = new Publication(config.target(), encoders.cache(), interruption, listener)
                        .of(releases, best.folder());
                PromotionDecision decision = promote(store, releases, manifest, best, prepared);
                clear(runs, trials, folder.path(), listener);
                return new Result(
                        config.target().name(),
                        manifest.version().toString(),
                        best.assessment().metrics(),
                        best.assessment().decisions().notes(),
                        decision);
            }
        }
    }

    /** Makes the best run's folder a finished release: precisions, files for people, manifest. */
    private void finish(
            Releases releases,
            PreparedData prepared,
            List<SeedRun> runs,
            SeedRun best,
            Optional<StudyResult> studied,
            CheapModels models,
            Interruption interruption,
            JobListener listener)
            throws IOException {
        Precisions precisions = Precisions.of(
                best.folder(), prepared.splits(), prepared.labels(), best.assessment(),
                config.release().precisionTolerance(), (precision, classifier, split) -> split == Split.OUT_OF_FOLD
                        ? outOfFold(best, precision)
                        : ReleaseEvaluation.logits(prepared.splits().of(split), classifier, interruption),
                interruption);
        List<Baseline> baselines = config.release().baselines() ? baselines(prepared, best, models) : List.of();
        if (!baselines.isEmpty()) {
            Baseline.lines(baselines, best.assessment()).forEach(listener::noted);
        }
        ReleaseFolder release = new ReleaseFolder(best.folder());
        Precision served = Precision.ofTitle(precisions.served());
        release.write(best.assessment().model().with(precisions.allowed()), prepared.tokenizer());
        release.write(DevReference.of(
                best.folder(), served, prepared.splits().dev(),
                Optional.ofNullable(best.outOfFold().get(served)).map(OutOfFold::logits), interruption));
        Optional<Faithfulness> explanations =
                new Reasons(config.release().reasons(), prepared, best.folder(), interruption).write(listener);
        Provenance provenance = JobProvenance.of(best, prepared, studied);
        release.describe(
                prepared, runs, best, studied, precisions, baselines, explanations, provenance, clock.instant());
        if (config.release().reportCopy().isPresent()) {
            copyReport(release, config.release().reportCopy().get(), listener);
        }
        releases.finish(best.folder(), provenance);
    }

    private static float[] outOfFold(SeedRun run, Precision precision) {
        OutOfFold answers = run.outOfFold().get(precision);
        if (answers == null) {
            throw new ArithmeticException("a fold's model gave a logit that is not a finite number");
        }
        return answers.logits();
    }

    private List<Baseline> baselines(PreparedData prepared, SeedRun best, CheapModels models) throws IOException {
        Splits<Rows> splits = prepared.splits();
        LabelSet labels = prepared.labels();
        return List.of(
                Baseline.of(
                        models.words(), models.wordLogits(), splits, labels, config.decisions(), best.assessment()),
                Baseline.of(
                        models.frozen(), models.frozenLogits(), splits, labels, config.decisions(), best.assessment()));
    }

    /** The report is in the release: a copy that can't be written is no failure. */
    private static void copyReport(ReleaseFolder release, Path target, JobListener listener) {
        try {
            AtomicFiles.write(target, Files.readAllBytes(release.report()));
        } catch (IOException e) {
            listener.noted("the report's copy is missing: " + e.getMessage());
        }
    }

    /** The release is published: that something of its making is left behind is no failure. */
    private static void clear(List<SeedRun> runs, Optional<Study> trials, Path scratch, JobListener listener) {
        try {
            if (trials.isPresent()) {
                trials.get().clear(scratch);
            }
            for (StoredCheckpoints checkpoints : runs.stream().flatMap(run -> run.checkpoints().stream()).toList()) {
                checkpoints.clear();
            }
        } catch (IOException e) {
            listener.noted("checkpoints are left that can be deleted: " + e.getMessage());
        }
    }

    /**
     * Decides whether the version goes in service. It is not interrupted any more: the version is published, and the
     * job, started again, would publish another.
     */
    private PromotionDecision promote(
            ObjectStore store, Releases releases, Manifest manifest, SeedRun best, PreparedData prepared)
            throws IOException {
        Optional<float[]> outOfFold = best.outOfFold().isEmpty()
                ? Optional.empty()
                : Optional.of(outOfFold(best, ModelConfig.read(best.folder()).precision()));
        Path cache = encoders.cache().resolve("releases");
        return new PromotionGate(store, releases, config.target().promotion(), cache, clock)
                .decide(
                        manifest, best.folder(), prepared.splits(), outOfFold, prepared.labels(),
                        (rows, classifier) -> ReleaseEvaluation.logits(rows, classifier, () -> { }));
    }

    private ObjectStore open(JobListener listener) {
        ObjectStore store = UsageException.checked(() -> ObjectStores.open(config.target().store(), environment));
        return new PatientStore(store, listener::noted);
    }

    private static void requirePossible(DecisionConfig decisions, Task task) {
        UsageException.checked(() -> {
            decisions.check(task);
            return decisions;
        });
    }

    /** Tries the store and the disk before hours are spent on what they are to hold. */
    private void requireSpace(ObjectStore store, Path folder, Encoder encoder) throws IOException {
        long weights = encoder.weights().values().stream().mapToLong(tensor -> tensor.data().remaining()).sum();
        long release = 2 * weights; // fp32, fp16, int8
        long state = 3 * weights; // a checkpoint, with the optimizer's moments
        long folds = config.data().folds() * weights; // of the folds' finished models
        long trials = study.mostKept() * (state + weights); // each with its best epoch
        store.probe(new ObjectKey(config.target().name()).resolve("checkpoints"), release + state + folds + trials);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < release + state) {
            throw new UsageException(
                    Text.format(
                            "about %s MB are needed in %s for the time of the job, and %s MB are free; make room, or"
                                    + " name another",
                            (release + state) >> 20, folder.getParent(), free >> 20)
                            + " folder with java -Djava.io.tmpdir=FOLDER");
        }
    }

    private DataCheck check(DataFiles.Labelled read, JobListener listener) throws IOException {
        DataPolicy policy = config.data().policy();
        DataCheck data = read.check(policy.dropLeaks(), config.labels());
        data.rows().bySplit().values().forEach(
                split -> split.readings().forEach(reading -> reading.lines().forEach(listener::noted)));
        read.split().ifPresent(split -> split.lines().forEach(listener::noted));
        Optional.ofNullable(data.report().split()).map(Evidence::sentence).ifPresent(listener::noted);
        listener.checked(data.report());
        if (policy.strict()) {
            data.refuseErrors();
        }
        return data;
    }

    private static Tokenizer tokenizer(Encoder encoder) throws IOException {
        return Tokenizer.load(
                encoder.tokenizerFolder(), encoder.config().vocabSize(), encoder.config().padTokenId());
    }
}
