package org.scibert.training.job;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Task;
import org.scibert.io.FileTree;
import org.scibert.io.UsageException;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Precision;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.signing.Signatures;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.store.PatientStore;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;
import org.scibert.training.assessment.Precisions;
import org.scibert.training.assessment.ReleaseEvaluation;
import org.scibert.training.baseline.Baseline;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.datacheck.DataCheck;
import org.scibert.training.datacheck.DataPolicy;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.promotion.PromotionDecision;
import org.scibert.training.promotion.PromotionGate;
import org.scibert.training.rows.LabelInference;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * Reads, checks, trains, measures, publishes, compares, promotes: in this order, and nothing is published if anything
 * before fails.
 */
public final class FineTuneJob {
    private final JobConfig config;
    private final EncoderOptions encoders;
    private final Map<String, String> environment;
    private final Clock clock;

    /** @param environment for the store's options; usually {@link System#getenv()} */
    public FineTuneJob(JobConfig config, EncoderOptions encoders, Map<String, String> environment, Clock clock) {
        this.config = config;
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
     * @param interrupted whether to end after the running step of training; the same job then goes on from there
     * @throws org.scibert.training.finetune.InterruptedRunException if it did
     */
    public Result run(JobListener listener, BooleanSupplier interrupted) throws IOException {
        JobConfig.Training training = config.training();
        Device device = training.device().resolve();
        Signatures signatures = UsageException.checked(() -> {
            training.fineTuning().optimizer().compute().check(device.isGpu(), environment);
            return Signatures.toPublish(environment);
        });
        try (ObjectStore store = open(listener)) {
            Releases releases = UsageException.checked(
                    () -> new Releases(store, config.target().name(), clock, signatures));
            DataCheck data = check(listener);
            Splits<Rows> splits = data.rows();
            LabelSet labels = LabelInference.infer(splits, config.labels().task(), config.labels().positive());
            requirePossible(config.decisions(), labels.task());
            float[] labelWeights = config.labels().weights().on(labels, splits.train());
            List<String> names = config.labels().names().of(labels.labels());
            Encoder encoder = Encoder.open(training.encoder(), encoders);
            ModelConfig model = UsageException.checked(() -> model(encoder, labels, names));
            store.probe(new ObjectKey(config.target().name()).resolve("checkpoints"), bytes(encoder));

            Path folder = Files.createTempDirectory("release");
            try (Tokenizer tokenizer = tokenizer(encoder)) {
                tokenizer.notes().forEach(listener::noted);
                Splits<List<Encoding>> encodings =
                        splits.map(rows -> tokenizer.encode(rows.texts(), model.maxTokens()));
                DataReport report = data.tokenized(encodings, encoder.spec(), model.maxTokens()).report();
                listener.measured(report.tokens());
                PreparedData prepared = new PreparedData(
                        splits, encodings, labels, report, labelWeights, encoder, tokenizer, model);
                List<SeedRun> runs = new SeedRuns(config, prepared, store, interrupted, listener).run(folder);
                SeedRun best = SeedStudy.best(runs);
                Precisions precisions = Precisions.of(
                        best.folder(), splits, labels, best.assessment(), config.release().precisionTolerance());
                Optional<Baseline> baseline = config.release().baselines()
                        ? Optional.of(Baseline.of(splits, labels, config.decisions(), best.assessment()))
                        : Optional.empty();
                baseline.ifPresent(found -> found.lines(best.assessment()).forEach(listener::noted));
                ReleaseFolder release = new ReleaseFolder(best.folder());
                release.write(best.assessment().model().with(Precision.ofTitle(precisions.served())), tokenizer);
                Provenance provenance = JobProvenance.of(best.config(), prepared);
                release.describe(prepared, runs, best, precisions, baseline, provenance, clock.instant());
                Manifest manifest = releases.publish(best.folder(), provenance);
                PromotionDecision decision = promote(store, releases, manifest, best.folder(), prepared);
                clear(runs, listener);
                return new Result(
                        config.target().name(),
                        manifest.version().toString(),
                        best.assessment().metrics(),
                        best.assessment().decisions().notes(),
                        decision);
            } finally {
                FileTree.delete(folder);
            }
        }
    }

    /** The release is published: that something of its making is left behind is no failure. */
    private static void clear(List<SeedRun> runs, JobListener listener) {
        for (SeedRun run : runs) {
            try {
                run.checkpoints().clear();
            } catch (IOException e) {
                listener.noted("checkpoints are left that can be deleted: " + e.getMessage());
            }
        }
    }

    private PromotionDecision promote(ObjectStore store, Releases releases, Manifest manifest, Path folder, PreparedData prepared)
            throws IOException {
        Path cache = encoders.cache().resolve("releases");
        return new PromotionGate(store, releases, config.target().promotion(), cache, clock)
                .decide(manifest, folder, prepared.splits(), prepared.labels(), ReleaseEvaluation::logits);
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

    /** About what a run stores: a checkpoint has the weights thrice, a release about twice. */
    private static long bytes(Encoder encoder) {
        return 5 * encoder.weights().values().stream().mapToLong(tensor -> tensor.data().remaining()).sum();
    }

    private DataCheck check(JobListener listener) throws IOException {
        DataPolicy policy = config.data().policy();
        DataCheck data = DataCheck.of(
                DataFiles.read(config.data(), environment),
                policy.dropLeaks(),
                config.labels().task(),
                config.labels().positive());
        data.rows().bySplit().values().forEach(
                split -> split.readings().forEach(reading -> reading.lines().forEach(listener::noted)));
        listener.checked(data.report());
        if (policy.strict()) {
            data.refuseErrors();
        }
        return data;
    }

    private ModelConfig model(Encoder encoder, LabelSet labels, List<String> names) {
        FineTuningConfig fineTuning = config.training().fineTuning();
        NetworkConfig network = new NetworkConfig(
                encoder.config(),
                labels.task(),
                labels.task().outputs(names.size()),
                fineTuning.headDropout());
        DecisionRule rule = new DecisionRule(network.task(), names, DecisionRule.DEFAULT_THRESHOLD);
        return new ModelConfig(network, rule, labels.labels(), fineTuning.maxTokens());
    }

    private static Tokenizer tokenizer(Encoder encoder) throws IOException {
        return Tokenizer.load(
                encoder.tokenizerFolder(), encoder.config().vocabSize(), encoder.config().padTokenId());
    }
}
