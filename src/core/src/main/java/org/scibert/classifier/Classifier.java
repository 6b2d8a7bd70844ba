package org.scibert.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.scibert.classifier.PrecisionChoice.Chosen;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.lexicon.Blend;
import org.scibert.lexicon.Lexicon;
import org.scibert.network.Network;
import org.scibert.network.Network.Attribution;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Precision;
import org.scibert.release.LocalRelease;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.text.TokenizedText;
import org.scibert.text.Tokenizer;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * A release that is open for classification. Thread-safe.
 *
 * <p>It owns the native memory of tokenizer and network and frees it in {@link #close()}; no call may be running then.
 */
public final class Classifier implements AutoCloseable {
    /** Rows of one forward pass. More would hardly be faster on a processor and hold more memory. */
    public static final int BATCH_ROWS = 16;

    private final ModelConfig config;
    private final Chosen chosen;
    private final Tokenizer tokenizer;
    private final Network network;
    private final Optional<Lexicon> lexicon;

    private Classifier(
            ModelConfig config, Chosen chosen, Tokenizer tokenizer, Network network, Optional<Lexicon> lexicon) {
        this.config = config;
        this.chosen = chosen;
        this.tokenizer = tokenizer;
        this.network = network;
        this.lexicon = lexicon;
    }

    /**
     * Opens a release folder: config.json, tokenizer.json, model.safetensors, which is mapped and must stay in place,
     * and the files of the {@link Lexicon} if the release has one. Digests are not checked here but by
     * {@link org.scibert.release.Releases}.
     */
    public static Classifier open(Path release) throws IOException {
        return open(release, Precision.FP32);
    }

    /** Opens a release folder in another precision, at a loss that the training job measures. */
    public static Classifier open(Path release, Precision precision) throws IOException {
        String weights = ReleaseWeights.carried(release, precision);
        return open(release, ModelConfig.read(release), weights, chosen(precision), Network::open);
    }

    /**
     * Opens a release folder in a precision, to measure its loss: rounded in the same way on every processor, as {@link
     * Network#openExact} does.
     */
    public static Classifier openExact(Path release, Precision precision) throws IOException {
        String weights = ReleaseWeights.file(precision);
        return open(release, ModelConfig.read(release), weights, chosen(precision), Network::openExact);
    }

    /** Opens a verified release in the chosen precision. */
    public static Classifier open(LocalRelease release, PrecisionChoice choice) throws IOException {
        ModelConfig config = ModelConfig.read(release.folder());
        Chosen chosen = choice.of(config);
        String file = ReleaseWeights.carried(release.manifest().files().keySet(), chosen.precision());
        return open(release.folder(), config, file, chosen, Network::open);
    }

    private static Chosen chosen(Precision precision) {
        return new Chosen(precision, "asked for by name");
    }

    private interface Opening {
        Network open(NetworkConfig config, Precision precision, Map<String, Tensor> weights) throws WeightsException;
    }

    private static Classifier open(Path release, ModelConfig config, String weights, Chosen chosen, Opening opening)
            throws IOException {
        Optional<Lexicon> lexicon = config.blend().isPresent()
                ? Optional.of(lexicon(release, config))
                : Optional.empty();
        Tokenizer tokenizer = Tokenizer.fromJson(
                Files.readString(release.resolve("tokenizer.json")),
                config.network().encoder().vocabSize(),
                config.network().encoder().padTokenId());
        try {
            Network network = opening.open(
                    config.network(), chosen.precision(), ReleaseWeights.read(release, weights, chosen.precision()));
            return new Classifier(config, chosen, tokenizer, network, lexicon);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static Lexicon lexicon(Path release, ModelConfig config) throws IOException {
        Lexicon lexicon = Lexicon.read(release);
        if (lexicon.outputs() != config.rule().outputs()) {
            throw new WeightsException(Text.format("the lexicon of %s has %d logits, its labels %s need %d",
                    release, lexicon.outputs(), config.rule().labels(), config.rule().outputs()));
        }
        return lexicon;
    }

    /** The precision that the network computes in. */
    public Precision precision() {
        return chosen.precision();
    }

    /** Why the precision was chosen, for people. */
    public String precisionReason() {
        return chosen.reason();
    }

    public ModelConfig config() {
        return config;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * Encodes each text as far as the release reads it: whole where it reads in windows, else cut to the model's
     * tokens.
     */
    public List<Encoding> encode(List<String> texts) {
        return tokenizer.encode(texts, config.tokensRead());
    }

    /** Tokenizes a text as far as the release reads it, as {@link #encode} does. */
    public TokenizedText tokenize(String text) {
        return tokenizer.tokenize(text, config.tokensRead());
    }

    /** The words' part of the model; empty if the network decides alone. */
    public Optional<Lexicon> lexicon() {
        return lexicon;
    }

    /** Classifies each text, in the order given. */
    public List<Classification> classify(List<String> texts) {
        return classify(texts, encode(texts));
    }

    /**
     * Classifies texts, in the order given.
     *
     * @param encodings of the texts, as {@link #encode} cuts them
     * @throws ArithmeticException if the network gives a logit that is not finite
     */
    public List<Classification> classify(List<String> texts, List<Encoding> encodings) {
        List<float[]> logits = blended(texts, logits(encodings, () -> { }));
        List<Classification> classified = new ArrayList<>(encodings.size());
        for (int i = 0; i < encodings.size(); i++) {
            Encoding e = encodings.get(i);
            float[] row = logits.get(i);
            classified.add(new Classification(config.rule().decide(row), row, e.used(), e.total()));
        }
        return classified;
    }

    /**
     * The logits that the model decides by: the network's, or their blend with those of the words of each text, which
     * are read to its end whatever the network reads of it.
     *
     * @param network logits of the texts, (C) each
     * @return (C) each
     */
    public List<float[]> blended(List<String> texts, List<float[]> network) {
        if (lexicon.isEmpty()) {
            return network;
        }
        Blend blend = config.blend().orElseThrow();
        List<float[]> blended = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            blended.add(blend.apply(network.get(i), lexicon.get().logits(texts.get(i))));
        }
        return blended;
    }

    /** As {@link Network#rowsAreIndependent}. */
    public boolean rowsAreIndependent() {
        return network.rowsAreIndependent();
    }

    /**
     * Returns the network's logits of each text, (C), in the order given. The one place that makes batches: rows of
     * like length share a forward pass, so that little of it is padding. Zeros where words decide alone.
     *
     * @param encodings those longer than the model's tokens are read in {@link Windows}
     * @param beforeBatch runs before each forward pass; ends the work by an exception
     */
    public List<float[]> logits(List<Encoding> encodings, Runnable beforeBatch) {
        if (config.blend().isPresent() && config.blend().get().isWordsAlone()) {
            return Collections.nCopies(encodings.size(), new float[config.rule().outputs()]);
        }
        if (encodings.stream().allMatch(encoding -> encoding.used() <= config.maxTokens())) {
            return batches(encodings, beforeBatch, network::logits);
        }
        Windows windows = Windows.of(encodings, config.maxTokens());
        return windows.join(batches(windows.all(), beforeBatch, network::logits), config.network().task());
    }

    /**
     * The encoder's last hidden state at [CLS] for each text, (H), in the order given.
     *
     * @param encodings of those longer than the model's tokens, the first window is read
     * @param beforeBatch as with {@link #logits}
     */
    public List<float[]> clsVectors(List<Encoding> encodings, Runnable beforeBatch) {
        return batches(Windows.of(encodings, config.maxTokens()).first(1).all(), beforeBatch, network::clsVectors);
    }

    /** @param run gives each row of a batch as many numbers, one row after the other */
    private List<float[]> batches(List<Encoding> encodings, Runnable beforeBatch, Function<Batch, float[]> run) {
        int[] byLength = IntStream.range(0, encodings.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> encodings.get(i).used()))
                .mapToInt(Integer::intValue)
                .toArray();
        float[][] rows = new float[encodings.size()][];
        for (int start = 0; start < byLength.length; start += BATCH_ROWS) {
            beforeBatch.run();
            int[] batch = Arrays.copyOfRange(byLength, start, Math.min(start + BATCH_ROWS, byLength.length));
            List<Encoding> encoded = Arrays.stream(batch).mapToObj(encodings::get).toList();
            float[] found = run.apply(Batch.of(encoded, tokenizer.padId()));
            int width = found.length / batch.length;
            for (int b = 0; b < batch.length; b++) {
                rows[batch[b]] = Arrays.copyOfRange(found, b * width, (b + 1) * width);
            }
        }
        return List.of(rows);
    }

    /**
     * What each token of one text contributes to a logit, as {@link Network#integratedGradients} says. Of a text in
     * several {@link Windows} it is the mean of their attributions where its logit is the mean of theirs; where it is
     * the largest, it is the attribution of the window that has it, and the tokens outside it get 0.
     *
     * @param encoding as {@link #encode} gives it
     * @param beforeWindow runs before the steps of each window; ends the work by an exception
     */
    public Attribution integratedGradients(Encoding encoding, int output, int steps, Runnable beforeWindow) {
        List<Encoding> windows = Windows.of(encoding, config.maxTokens());
        int[] starts = Windows.starts(encoding, config.maxTokens());
        int[] attributed = config.network().task() == Task.MULTI_CLASS || windows.size() == 1
                ? IntStream.range(0, windows.size()).toArray()
                : new int[] {largest(batches(windows, beforeWindow, network::logits), output)};
        float[] contributions = new float[encoding.used()]; // (T)
        float logit = 0;
        float baseline = 0;
        for (int w : attributed) {
            beforeWindow.run();
            Attribution own = network.integratedGradients(windows.get(w).inputIds(), output, steps);
            for (int t = 1; t < windows.get(w).used() - 1; t++) {
                contributions[starts[w] + t] += own.contributions()[t] / attributed.length;
            }
            logit += own.logit() / attributed.length;
            baseline += own.baseline() / attributed.length;
        }
        return new Attribution(contributions, logit, baseline);
    }

    /** The row whose logit of an output is the largest, the first of equals. */
    private static int largest(List<float[]> logits, int output) {
        return IntStream.range(0, logits.size())
                .reduce((best, next) -> logits.get(next)[output] > logits.get(best)[output] ? next : best)
                .orElseThrow();
    }

    @Override
    public void close() {
        network.close();
        tokenizer.close();
    }
}
