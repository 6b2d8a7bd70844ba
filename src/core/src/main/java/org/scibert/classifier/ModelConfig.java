package org.scibert.classifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scibert.decision.DecisionRule;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.lexicon.Blend;
import org.scibert.network.EncoderConfig;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Pooling;
import org.scibert.network.Precision;
import org.scibert.release.Manifest;
import org.scibert.text.Tokenizer;
import org.scibert.weights.WeightsException;

/**
 * A release's config.json: the encoder's keys as Hugging Face names them, and beside them the head, the labels and the
 * limit of tokens.
 *
 * @param network the encoder and its head
 * @param rule how logits become labels
 * @param dataLabels the labels as the training rows write them, in the order of the rule's labels, which are the names
 *     shown; often the same
 * @param maxTokens tokens that the network reads at once, [CLS] and [SEP] included
 * @param inWindows whether a longer text is read in {@link Windows}, as in training; else it is cut
 * @param precision the precision to serve in, unless told otherwise, on a processor that has the kernels of all
 * @param precisions those that lose no more than the release's tolerance, in their order; empty in releases before 0.2
 * @param blend how the network's logits and those of a {@link org.scibert.lexicon.Lexicon} make the logits that the
 *     rule decides by; empty for the network's alone, without a lexicon
 */
public record ModelConfig(
        NetworkConfig network,
        DecisionRule rule,
        List<String> dataLabels,
        int maxTokens,
        boolean inWindows,
        Precision precision,
        List<Precision> precisions,
        Optional<Blend> blend) {
    private static final String ON_TOO_LONG = "on_too_long";
    private static final String WINDOW = "window";
    static final String FILE = "config.json";

    public ModelConfig {
        if (network.task() != rule.task() || network.outputs() != rule.outputs()) {
            throw new IllegalArgumentException(Text.format(
                    "a %s head with %d outputs cannot serve a %s task with the labels %s",
                    network.task().title(), network.outputs(), rule.task().title(), rule.labels()));
        }
        dataLabels = List.copyOf(dataLabels);
        precisions = List.copyOf(precisions);
        if (dataLabels.size() != rule.labels().size()) {
            throw new IllegalArgumentException(
                    Text.format("the labels %s cannot stand for %s in rows", rule.labels(), dataLabels));
        }
        int positions = network.encoder().maxPositions();
        if (maxTokens < Tokenizer.MIN_TOKENS || maxTokens > positions) {
            throw new IllegalArgumentException(Text.format(
                    "max_tokens must be from %d to the encoder's %d positions, is %d",
                    Tokenizer.MIN_TOKENS, positions, maxTokens));
        }
        if (blend.isPresent() && blend.get().outputs() != rule.outputs()) {
            throw new IllegalArgumentException(Text.format(
                    "a blend of %d logits cannot serve the labels %s", blend.get().outputs(), rule.labels()));
        }
    }

    /** A configuration for serving in fp32, without a lexicon, that cuts long texts. */
    public ModelConfig(NetworkConfig network, DecisionRule rule, List<String> dataLabels, int maxTokens) {
        this(network, rule, dataLabels, maxTokens, false, Precision.FP32, List.of(), Optional.empty());
    }

    /** The same model that reads long texts in windows, or cuts them. */
    public ModelConfig withWindows(boolean other) {
        return new ModelConfig(network, rule, dataLabels, maxTokens, other, precision, precisions, blend);
    }

    /** The most tokens that are read of a text: all where it is read in windows. */
    public int tokensRead() {
        return inWindows ? Integer.MAX_VALUE : maxTokens;
    }

    /** The same model with another rule. */
    public ModelConfig with(DecisionRule other) {
        return new ModelConfig(network, other, dataLabels, maxTokens, inWindows, precision, precisions, blend);
    }

    /** The same model served in the last of these precisions, or where a processor lacks its kernels, in another. */
    public ModelConfig with(List<Precision> others) {
        Precision last = others.get(others.size() - 1);
        return new ModelConfig(network, rule, dataLabels, maxTokens, inWindows, last, others, blend);
    }

    /** The same model with another network or head. */
    public ModelConfig with(NetworkConfig other) {
        return new ModelConfig(other, rule, dataLabels, maxTokens, inWindows, precision, precisions, blend);
    }

    /** The same model with a lexicon beside its network. */
    public ModelConfig with(Blend other) {
        return new ModelConfig(
                network, rule, dataLabels, maxTokens, inWindows, precision, precisions, Optional.of(other));
    }

    /** Reads config.json of a release folder. */
    public static ModelConfig read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
            DecisionRule rule = RuleJson.read(json);
            EncoderConfig encoder = EncoderConfig.parse(json);
            double dropout = json.path("classifier_dropout").asDouble(NetworkConfig.DEFAULT_HEAD_DROPOUT);
            Pooling pooling = Pooling.ofTitle(json.path("pooling").asText(Pooling.CLS.title()));
            return new ModelConfig(
                    new NetworkConfig(encoder, rule.task(), rule.outputs(), dropout, pooling),
                    rule,
                    json.has("data_labels") ? RuleJson.texts(json.path("data_labels")) : rule.labels(),
                    json.path("max_tokens").asInt(),
                    json.path(ON_TOO_LONG).asText().equals(WINDOW),
                    Precision.ofTitle(json.path("precision").asText(Precision.FP32.title())),
                    RuleJson.texts(json.path("precisions")).stream().map(Precision::ofTitle).toList(),
                    RuleJson.blend(json));
        } catch (JsonProcessingException e) {
            throw new WeightsException(file + " is damaged: it is no JSON; fetch or publish the release again", e);
        } catch (IllegalArgumentException e) {
            throw new WeightsException(Text.format("%s: %s", file, e.getMessage()), e);
        }
    }

    /** Writes config.json into a release folder. */
    public void write(Path folder) throws IOException {
        ObjectNode json = network.encoder().toJson();
        json.put("classifier_dropout", network.headDropout());
        if (network.pooling() != Pooling.CLS) {
            json.put("pooling", network.pooling().title());
        }
        if (network.pooling() != Pooling.CLS || blend.isPresent() || inWindows) {
            // one that knows none of these would answer wrongly
            json.put(Manifest.NEEDED_FORMAT, Manifest.LATEST_FORMAT);
        }
        RuleJson.write(rule, json);
        dataLabels.forEach(json.putArray("data_labels")::add);
        json.put("max_tokens", maxTokens);
        if (inWindows) {
            json.put(ON_TOO_LONG, WINDOW);
        }
        json.put("precision", precision.title());
        if (!precisions.isEmpty()) {
            ArrayNode titles = json.putArray("precisions");
            precisions.forEach(allowed -> titles.add(allowed.title()));
        }
        blend.ifPresent(found -> RuleJson.write(found, json));
        Files.writeString(folder.resolve(FILE), json.toPrettyString() + "\n");
    }
}
