package org.scibert.training.job;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.DecisionRule;
import org.scibert.network.NetworkConfig;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;
import org.scibert.training.datacheck.DataCheck;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.finetune.FineTuningConfig;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;
import org.scibert.training.split.FileSplit;

/**
 * The rows and the encoder, read and checked, and what a configuration makes of them. Configurations that read as many
 * tokens share the encodings and the models that are made of these. Not thread-safe.
 *
 * @param data the check of the rows
 * @param split of the one file that they are from
 * @param tokenizer stays the job's to close
 */
record Preparation(
        DataCheck data, Optional<FileSplit> split, LabelSet labels, ComputeDevice device, Encoder encoder,
        Tokenizer tokenizer, Interruption interruption, Map<Integer, OfTokens> byTokens) {

    /** What depends on nothing but the tokens that are read. */
    record OfTokens(
            DataCheck data, Splits<List<Encoding>> encodings, Splits<List<Encoding>> read, CheapModels models) {}

    Preparation(
            DataCheck data, Optional<FileSplit> split, LabelSet labels, ComputeDevice device, Encoder encoder,
            Tokenizer tokenizer, Interruption interruption) {
        this(data, split, labels, device, encoder, tokenizer, interruption, new HashMap<>());
    }

    /** The configuration on the rows as it reads them. */
    TrainingRun of(JobConfig config) throws IOException {
        ModelConfig model = model(config, encoder, labels);
        OfTokens read = byTokens.get(model.maxTokens());
        if (read == null) {
            read = read(config, model);
            byTokens.put(model.maxTokens(), read);
        }
        return new TrainingRun(
                config, prepared(config, model, read.data(), read.encodings(), read.read()), read.models());
    }

    private OfTokens read(JobConfig config, ModelConfig model) throws IOException {
        int maxTokens = model.maxTokens();
        Splits<List<Encoding>> encodings = data.rows().map(rows -> tokenizer.encode(rows.texts(), maxTokens));
        Splits<List<Encoding>> read = model.inWindows()
                ? data.rows().map(rows -> tokenizer.encode(rows.texts(), Integer.MAX_VALUE))
                : encodings;
        DataCheck tokenized = data.tokenized(
                read, encoder.spec(), model.inWindows() ? Math.max(maxTokens, longest(read)) : maxTokens);
        CheapModels models = new CheapModels(prepared(config, model, tokenized, encodings, read), interruption);
        return new OfTokens(tokenized, encodings, read, models);
    }

    private PreparedData prepared(
            JobConfig config, ModelConfig model, DataCheck tokenized, Splits<List<Encoding>> encodings,
            Splits<List<Encoding>> read)
            throws IOException {
        Splits<Rows> splits = data.rows();
        return new PreparedData(
                splits, split, encodings, read, labels, tokenized.report(),
                config.labels().weights().on(labels, splits.train()), device, encoder, tokenizer, model);
    }

    private static int longest(Splits<List<Encoding>> read) {
        return read.bySplit().values().stream()
                .flatMap(List::stream)
                .mapToInt(Encoding::total)
                .max()
                .orElse(0);
    }

    /** The model before a decision rule is chosen on dev. */
    static ModelConfig model(JobConfig config, Encoder encoder, LabelSet labels) {
        FineTuningConfig fineTuning = config.training().fineTuning();
        List<String> names = config.labels().names().of(labels.labels());
        NetworkConfig network = new NetworkConfig(
                encoder.config(),
                labels.task(),
                labels.task().outputs(names.size()),
                fineTuning.headDropout(),
                config.training().head().pooling());
        DecisionRule rule = new DecisionRule(network.task(), names, DecisionRule.DEFAULT_THRESHOLD);
        return new ModelConfig(network, rule, labels.labels(), fineTuning.maxTokens())
                .withWindows(config.training().head().inWindows());
    }
}
