package org.scibert.training.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.scibert.io.Text;
import org.scibert.weights.ElementType;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/**
 * Where two files of weights differ first, in the order of the published one.
 *
 * @param tensor its name
 * @param what how it differs, in words; with the largest absolute difference where there are numbers to subtract
 */
public record TensorDifference(String tensor, String what) {

    /** Empty if the tensors are the same, byte for byte. */
    public static Optional<TensorDifference> first(Path published, Path replayed) throws IOException {
        Map<String, Tensor> found = Safetensors.map(replayed);
        Map<String, Tensor> expected = Safetensors.map(published);
        for (Tensor tensor : expected.values()) {
            Optional<TensorDifference> difference = between(tensor, found.get(tensor.name()));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .findFirst()
                .map(name -> new TensorDifference(name, "it is not in the published release"));
    }

    private static Optional<TensorDifference> between(Tensor published, Tensor replayed) {
        String name = published.name();
        if (replayed == null) {
            return Optional.of(new TensorDifference(name, "it is in the published release only"));
        }
        if (published.type() != replayed.type() || !Arrays.equals(published.shape(), replayed.shape())) {
            return Optional.of(new TensorDifference(name, Text.format("it is %s %s, replayed %s %s",
                    published.type(), Arrays.toString(published.shape()),
                    replayed.type(), Arrays.toString(replayed.shape()))));
        }
        if (published.data().equals(replayed.data())) {
            return Optional.empty();
        }
        return Optional.of(new TensorDifference(name, published.type() == ElementType.F32
                ? Text.format("by at most %s", largest(published.floats(), replayed.floats()))
                : "in its bytes"));
    }

    private static float largest(float[] a, float[] b) {
        float largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
