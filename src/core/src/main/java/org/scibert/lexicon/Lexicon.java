package org.scibert.lexicon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * A linear model of a text's words: for each of C logits, an intercept and a weight of each term's TF-IDF value.
 * Thread-safe.
 *
 * <p>In a release it is two files: {@value #VOCABULARY} with the terms in the order of their columns and how texts are
 * cut into them, {@value #WEIGHTS} with {@code idf} (V), {@code weight} (C, V) and {@code bias} (C), all F32.
 */
public final class Lexicon {
    public static final String VOCABULARY = "lexicon.json";
    public static final String WEIGHTS = "lexicon.safetensors";

    private static final String TERMS = "terms";
    private static final String IDF = "idf";
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";

    private final TfIdf tfIdf;
    /** (C, V) */
    private final float[][] weights;
    /** (C) */
    private final float[] intercepts;

    /**
     * @param weights (C, V)
     * @param intercepts (C)
     */
    public Lexicon(TfIdf tfIdf, float[][] weights, float[] intercepts) {
        this.tfIdf = tfIdf;
        this.weights = Arrays.stream(weights).map(float[]::clone).toArray(float[][]::new);
        this.intercepts = intercepts.clone();
        if (weights.length != intercepts.length || intercepts.length == 0
                || Arrays.stream(weights).anyMatch(row -> row.length != tfIdf.size())) {
            throw new IllegalArgumentException(Text.format(
                    "a lexicon of %d terms needs as many weights for each of %d logits, which are at least one",
                    tfIdf.size(), intercepts.length));
        }
    }

    /** C, the number of logits of a text. */
    public int outputs() {
        return intercepts.length;
    }

    /** The terms and their factors. */
    public TfIdf tfIdf() {
        return tfIdf;
    }

    /** The weights of the terms in the order of their columns for one logit, (V). */
    public float[] weights(int output) {
        return weights[output].clone();
    }

    /** The logits of a text without a known word, (C). */
    public float[] intercepts() {
        return intercepts.clone();
    }

    /** The logits of a text, (C). */
    public float[] logits(String text) {
        return logits(tfIdf.vector(text));
    }

    /** The logits of a text's vector, (C). */
    public float[] logits(TfIdf.Vector vector) {
        float[] logits = new float[outputs()];
        for (int c = 0; c < logits.length; c++) {
            double logit = intercepts[c];
            for (int k = 0; k < vector.columns().length; k++) {
                logit += weights[c][vector.columns()[k]] * vector.values()[k];
            }
            logits[c] = (float) logit;
        }
        return logits;
    }

    /**
     * A word and its part of a logit.
     *
     * @param contribution of the word and of half of each pair that it belongs to
     */
    public record Contribution(Word word, double contribution) {}

    /**
     * What each word of a text contributes to a logit. The contributions of a text add up to the logit less the
     * intercept, to rounding: a term's part is shared by the places where it stands, a pair's by its two words.
     *
     * @param output from 0 to C − 1
     * @return all words in the text's order; 0 for those that are not known
     */
    public List<Contribution> contributions(String text, int output) {
        List<Word> words = Word.of(text);
        int[] columns = tfIdf.columns(words);
        TfIdf.Vector vector = tfIdf.vector(text);
        int[] places = new int[vector.columns().length];
        for (int column : columns) {
            if (column >= 0) {
                places[Arrays.binarySearch(vector.columns(), column)]++;
            }
        }
        double[] parts = new double[words.size()];
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] >= 0) {
                int k = Arrays.binarySearch(vector.columns(), columns[i]);
                double part = weights[output][columns[i]] * vector.values()[k] / places[k];
                boolean pair = i % 2 == 1;
                parts[i / 2] += pair ? part / 2 : part;
                parts[i / 2 - (pair ? 1 : 0)] += pair ? part / 2 : 0;
            }
        }
        List<Contribution> contributions = new ArrayList<>(words.size());
        for (int w = 0; w < parts.length; w++) {
            contributions.add(new Contribution(words.get(w), parts[w]));
        }
        return contributions;
    }

    /** Writes both files into a release folder. */
    public void write(Path folder) throws IOException {
        ObjectNode json = settings();
        tfIdf.terms().forEach(json.putArray(TERMS)::add);
        Files.write(folder.resolve(VOCABULARY), Json.write(json));
        int terms = tfIdf.size();
        float[] flat = new float[outputs() * terms];
        for (int c = 0; c < outputs(); c++) {
            System.arraycopy(weights[c], 0, flat, c * terms, terms);
        }
        Safetensors.write(
                folder.resolve(WEIGHTS),
                List.of(Tensor.of(IDF, new long[] {terms}, tfIdf.inverseFrequencies()),
                        Tensor.of(WEIGHT, new long[] {outputs(), terms}, flat),
                        Tensor.of(BIAS, new long[] {outputs()}, intercepts)),
                Map.of());
    }

    /**
     * Reads both files of a release folder.
     *
     * @throws WeightsException if they are damaged, contradict each other or come from a newer program
     */
    public static Lexicon read(Path folder) throws IOException {
        Path vocabulary = folder.resolve(VOCABULARY);
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(vocabulary));
            for (var setting : settings().properties()) {
                if (!setting.getValue().equals(json.path(setting.getKey()))) {
                    throw new WeightsException(Text.format(
                            "%s has %s %s, this program reads %s; use the program that wrote it, or a newer one",
                            vocabulary, setting.getKey(), json.path(setting.getKey()), setting.getValue()));
                }
            }
            List<String> terms = new ArrayList<>(json.path(TERMS).size());
            json.path(TERMS).forEach(term -> terms.add(term.asText()));
            Map<String, Tensor> tensors = Safetensors.map(folder.resolve(WEIGHTS));
            float[] intercepts = floats(tensors, BIAS);
            float[] flat = floats(tensors, WEIGHT);
            float[][] weights = new float[intercepts.length][];
            for (int c = 0; c < weights.length; c++) {
                int from = c * terms.size();
                weights[c] = from + terms.size() <= flat.length
                        ? Arrays.copyOfRange(flat, from, from + terms.size())
                        : new float[0];
            }
            return new Lexicon(new TfIdf(terms, floats(tensors, IDF)), weights, intercepts);
        } catch (JsonProcessingException e) {
            throw new WeightsException(
                    vocabulary + " is damaged: it is no JSON; fetch or publish the release again", e);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new WeightsException(
                    Text.format("%s and %s do not fit: %s", vocabulary, WEIGHTS, e.getMessage()), e);
        }
    }

    private static float[] floats(Map<String, Tensor> tensors, String name) throws WeightsException {
        if (!tensors.containsKey(name)) {
            throw new WeightsException(WEIGHTS + " lacks " + name);
        }
        return tensors.get(name).floats();
    }

    /** How texts become vectors, in scikit-learn's words, for readers and other programs. */
    private static ObjectNode settings() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("token_pattern", "[\\p{L}\\p{N}_]{2,}");
        json.put("lowercase", true);
        json.putArray("ngram_range").add(1).add(2);
        json.put("sublinear_tf", true);
        json.put("norm", "l2");
        return json;
    }
}
