package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.DecisionRule;
import org.scibert.network.NetworkConfig;
import org.scibert.release.Manifest;
import org.scibert.release.ObjectStore;
import org.scibert.release.ObjectStores;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.text.Tokenizer;
import org.scibert.training.datacheck.DataCheck;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.SplitRows;
import org.scibert.training.datacheck.TokenTable;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.encoder.Encoders;
import org.scibert.training.evaluation.Evaluation;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.Epoch;
import org.scibert.training.finetune.Examples;
import org.scibert.training.finetune.FineTuning;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.finetune.HistoryRecorder;
import org.scibert.training.finetune.TrainingData;
import org.scibert.training.finetune.TrainingHistory;
import org.scibert.training.finetune.TrainingListener;

/** Reads, checks, trains, measures, publishes, promotes: in this order, and nothing is published if anything fails. */
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
     * @param version published and put in service
     * @param splits metrics by split: dev, and test if there was one
     * @param notes what was asked for and dev couldn't give
     */
    public record Result(String name, String version, Map<String, Metrics> splits, List<String> notes) {}

    /** Runs the job. */
    public Result run(JobListener listener) throws IOException {
        DataCheck data = check(listener);
        Splits splits = Splits.of(data.rows(), config);
        config.decisions().check(splits.labels().task());
        float[] labelWeights = LabelWeights.of(splits.labels(), splits.train(), config.posWeight());
        List<String> names = LabelNames.of(splits.labels().labels(), config.labelNames());
        try (ObjectStore store = ObjectStores.open(config.store(), environment)) {
            Releases releases = new Releases(store, config.name(), clock);
            var before = releases.current().map(current -> current.value().version());
            Encoder encoder = Encoders.open(config.encoder(), encoders);
            ModelConfig model = model(encoder, splits, names);

            Path folder = Files.createTempDirectory("release");
            try (Tokenizer tokenizer = tokenizer(encoder)) {
                ReleaseFolder release = new ReleaseFolder(folder);
                TokenTable tokens = TokenTable.of(data.rows(), encoder.spec(), tokenizer, model.maxTokens());
                listener.measured(tokens);
                DataReport report = data.report().with(tokens);
                HistoryRecorder steps = new HistoryRecorder(TrainingHistory.EMPTY);
                List<Epoch> epochs = train(
                        model, encoder, tokenizer, splits, labelWeights, release.weights(),
                        Listeners.all(TrainingListener.class, listener, steps));
                release.write(model, tokenizer);
                Assessment assessment = Assessment.of(folder, splits, config.decisions(), labelWeights);
                release.write(assessment.model(), tokenizer);
                release.describe(config, encoder, splits, report, epochs, assessment);
                Provenance origin = Origin.of(config, encoder, splits, report.droppedRows(), labelWeights);
                release.report(config, origin, report, steps.history(), epochs, assessment, clock.instant());
                Manifest manifest = releases.publish(folder, origin);
                releases.promote(manifest.version(), before);
                return new Result(
                        config.name(),
                        manifest.version().toString(),
                        assessment.metrics(),
                        assessment.decisions().notes());
            } finally {
                Folders.delete(folder);
            }
        }
    }

    private DataCheck check(JobListener listener) throws IOException {
        SplitRows rows = SplitRows.read(config.train(), config.dev(), config.test(), config.maxRows());
        DataCheck data =
                DataCheck.of(rows, config.dataPolicy().dropLeaks(), config.task(), config.positiveLabel());
        listener.checked(data.report());
        if (config.dataPolicy().strict()) {
            data.refuseErrors();
        }
        return data;
    }

    private ModelConfig model(Encoder encoder, Splits splits, List<String> names) {
        FineTuningConfig fineTuning = config.fineTuning();
        NetworkConfig network = new NetworkConfig(
                encoder.config(),
                splits.labels().task(),
                splits.labels().task().outputs(names.size()),
                fineTuning.headDropout());
        DecisionRule rule = new DecisionRule(network.task(), names, DecisionRule.DEFAULT_THRESHOLD);
        return new ModelConfig(network, rule, splits.labels().labels(), fineTuning.maxTokens());
    }

    private static Tokenizer tokenizer(Encoder encoder) throws IOException {
        return Tokenizer.load(
                encoder.tokenizerFolder(), encoder.config().vocabSize(), encoder.config().padTokenId());
    }

    private List<Epoch> train(
            ModelConfig model,
            Encoder encoder,
            Tokenizer tokenizer,
            Splits splits,
            float[] labelWeights,
            Path best,
            TrainingListener listener)
            throws IOException {
        int maxTokens = model.maxTokens();
        TrainingData data = new TrainingData(
                Examples.of(splits.train(), splits.labels(), tokenizer, maxTokens),
                Examples.of(splits.dev(), splits.labels(), tokenizer, maxTokens),
                labelWeights,
                logits -> Evaluation.of(splits.labels(), splits.dev(), logits));
        return FineTuning.run(
                config.fineTuning(),
                model.network(),
                encoder.weights(),
                data,
                config.device().resolve(),
                best,
                listener);
    }
}
