package org.scibert.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.network.Precision;
import org.scibert.network.ReducedWeights;
import org.scibert.release.Manifest;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/** The weights files of a release: fp32 always, 16 bits (for fp16 and bf16) and int8 in releases that carry them. */
public final class ReleaseWeights {
    private ReleaseWeights() {}

    /** The file that holds the weights of this precision, such as {@code model.int8.safetensors}. */
    public static String file(Precision precision) {
        return switch (precision) {
            case FP32 -> Manifest.WEIGHTS;
            case FP16, BF16 -> "model.fp16.safetensors";
            case INT8 -> "model.int8.safetensors";
        };
    }

    /** Writes a release folder's fp32 weights in fewer bits into a file of their own, for serving. */
    public static void reduce(Path folder, Precision precision) throws IOException {
        write(folder, precision, ReducedWeights.of(precision, Safetensors.map(folder.resolve(Manifest.WEIGHTS))));
    }

    /** Writes weights that were reduced to a precision into its file of a release folder. */
    public static void write(Path folder, Precision precision, List<Tensor> reduced) throws IOException {
        Safetensors.write(folder.resolve(file(precision)), reduced, Map.of("format", "pt"));
    }

    /**
     * The file to read for this precision: its own if the release carries it, otherwise that of fp32, to be reduced.
     */
    static String carried(Collection<String> files, Precision precision) {
        return files.contains(file(precision)) ? file(precision) : Manifest.WEIGHTS;
    }

    /** The same for a release folder. */
    static String carried(Path folder, Precision precision) {
        return Files.exists(folder.resolve(file(precision))) ? file(precision) : Manifest.WEIGHTS;
    }

    /** Reads a release folder's weights in a precision, by name: its own if the folder carries them, else fp32's. */
    public static Map<String, Tensor> read(Path folder, Precision precision) throws IOException {
        return read(folder, carried(folder, precision), precision);
    }

    /** Reads the weights of a {@link #carried} file, by name, in this precision; fp32's are reduced to it. */
    static Map<String, Tensor> read(Path folder, String file, Precision precision) throws IOException {
        Map<String, Tensor> carried = Safetensors.map(folder.resolve(file));
        if (file.equals(file(precision))) {
            return carried;
        }
        Map<String, Tensor> reduced = new LinkedHashMap<>();
        ReducedWeights.of(precision, carried).forEach(weight -> reduced.put(weight.name(), weight));
        return reduced;
    }
}
