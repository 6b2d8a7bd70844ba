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
        Splits<Rows> splits = data.rows();
        ModelConfig model = model(config, encoder, labels);
        int maxTokens = model.maxTokens();
        OfTokens known = byTokens.get(maxTokens);
        Splits<List<Encoding>> encodings = known == null
                ? splits.map(rows -> tokenizer.encode(rows.texts(), maxTokens))
                : known.encodings();
        Splits<List<Encoding>> read = known != null
                ? known.read()
                : model.inWindows()
                        ? splits.map(rows -> tokenizer.encode(rows.texts(), Integer.MAX_VALUE))
                        : encodings;
        DataCheck tokenized = known == null
                ? data.tokenized(
                        read, encoder.spec(), model.inWindows() ? Math.max(maxTokens, longest(read)) : maxTokens)
                : known.data();
        PreparedData prepared = new PreparedData(
                splits, split, encodings, read, labels, tokenized.report(),
                config.labels().weights().on(labels, splits.train()),
                device, encoder, tokenizer, model);
        if (known == null) {
            known = new OfTokens(tokenized, encodings, read, new CheapModels(prepared, interruption));
            byTokens.put(maxTokens, known);
        }
        return new TrainingRun(config, prepared, known.models());
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
