package org.scibert.training.encoder;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.scibert.io.Text;
import org.scibert.network.EncoderConfig;
import org.scibert.network.WeightNames;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * Finds an encoder's weights in a file, under whichever names the file has for them.
 *
 * <p>Names come with and without {@code bert.}, and those converted from TensorFlow call LayerNorm's weight and bias
 * gamma and beta; wrappers of PyTorch add {@code module.} and {@code _orig_mod.}. Heads ({@code cls.}, {@code pooler.},
 * {@code classifier.}) and position ids are ignored.
 */
final class EncoderWeights {
    private static final String ROOT = "bert.";
    /** DistributedDataParallel and torch.compile put these before the names of what they wrap. */
    private static final Pattern WRAPPER = Pattern.compile("(?<=^|\\.)(?:module|_orig_mod)\\.");

    private EncoderWeights() {}

    /**
     * Reads the weights of the encoder.
     *
     * @return the weights of {@link WeightNames#ofEncoder} in that order, as F32
     * @throws WeightsException if one is missing, has another shape, isn't made of floats or isn't finite, or if the
     *     file has more layers than the configuration
     */
    static Map<String, Tensor> read(WeightsFile file, EncoderConfig config) throws IOException {
        Map<String, long[]> shapes = WeightNames.ofEncoder(config);
        Map<String, String> fileNames = fileNames(file, shapes);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Map.Entry<String, long[]> wanted : shapes.entrySet()) {
            String name = wanted.getKey();
            String fileName = fileNames.get(name);
            if (fileName == null) {
                throw new WeightsException(Text.format(
                        "%s has no tensor %s, of shape %s by config.json; its %s tensors are %s …",
                        file.source(), name, Arrays.toString(wanted.getValue()),
                                file.names().size(), file.names().stream().limit(3).toList()));
            }
            if (!Arrays.equals(file.shape(fileName), wanted.getValue())) {
                throw new WeightsException(Text.format("%s: tensor %s has shape %s; config.json asks for %s",
                        file.source(), fileName, Arrays.toString(file.shape(fileName)),
                                Arrays.toString(wanted.getValue())));
            }
            weights.put(name, float32(file, fileName).named(name));
        }
        return weights;
    }

    private static Map<String, String> fileNames(WeightsFile file, Map<String, long[]> shapes)
            throws WeightsException {
        Map<String, String> fileNames = new LinkedHashMap<>();
        for (String fileName : file.names()) {
            String name = canonical(fileName);
            if (shapes.containsKey(name)) {
                String other = fileNames.put(name, fileName);
                if (other != null) {
                    throw new WeightsException(Text.format("%s has both %s and %s; an encoder has one of them",
                            file.source(), other, fileName));
                }
            } else if (name.startsWith(ROOT + "encoder.")) {
                throw new WeightsException(
                        Text.format(
                                "%s has a tensor %s, for which config.json leaves no place; use the config.json it"
                                        + " came with",
                                file.source(), fileName));
            }
        }
        return fileNames;
    }

    private static String canonical(String fileName) {
        String name = WRAPPER.matcher(fileName).replaceAll("");
        return (name.startsWith(ROOT) ? name : ROOT + name)
                .replaceFirst("\\.LayerNorm\\.gamma$", ".LayerNorm.weight")
                .replaceFirst("\\.LayerNorm\\.beta$", ".LayerNorm.bias");
    }

    private static Tensor float32(WeightsFile file, String fileName) throws IOException {
        Tensor tensor;
        try {
            tensor = Float32.of(file.read(fileName));
        } catch (IllegalArgumentException e) {
            throw new WeightsException(Text.format("%s: %s", file.source(), e.getMessage()), e);
        }
        FloatBuffer values = tensor.data().asFloatBuffer();
        while (values.hasRemaining()) {
            float value = values.get();
            if (!Float.isFinite(value)) {
                throw new WeightsException(Text.format(
                        "%s: tensor %s holds %s, at element %s of %s; its training diverged or the file is damaged:"
                                + " take another copy or another encoder",
                        file.source(), fileName, value, values.position() - 1, Arrays.toString(tensor.shape())));
            }
        }
        return tensor;
    }
}
