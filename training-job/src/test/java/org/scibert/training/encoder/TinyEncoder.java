package org.scibert.training.encoder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.network.Activation;
import org.scibert.network.EncoderConfig;
import org.scibert.network.WeightNames;
import org.scibert.weights.ElementType;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/** An encoder of two layers and width 4, whose weights are eighths: exact in every type of floats. */
final class TinyEncoder {
    static final EncoderConfig CONFIG =
            new EncoderConfig(2, 2, 4, 6, 7, 5, 2, 1e-12, Activation.GELU, 0.1, 0.1, 0);

    private TinyEncoder() {}

    static Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        WeightNames.ofEncoder(CONFIG).forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.elements(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = ((31 * weights.size() + 7 * i) % 255 - 127) / 8f;
            }
            weights.put(name, Tensor.of(name, shape, values));
        });
        return weights;
    }

    /** config.json and vocab.txt. */
    static void writeSurroundings(Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG.toJson().toString());
        Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n");
    }

    static void writeSafetensors(Path folder, Collection<Tensor> tensors) throws IOException {
        writeSurroundings(folder);
        Safetensors.write(folder.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
    }

    /** The same values in another type; exact, as eighths below 16 need 7 bits of precision. */
    static Tensor as(ElementType type, Tensor tensor) {
        float[] values = tensor.floats();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (type) {
                case F64 -> bytes.putDouble(value);
                case F32 -> bytes.putFloat(value);
                case F16 -> bytes.putShort(half(value));
                case BF16 -> bytes.putShort((short) (Float.floatToIntBits(value) >> 16));
                default -> throw new IllegalArgumentException(type.name());
            }
        }
        return new Tensor(tensor.name(), type, tensor.shape(), bytes.flip());
    }

    /** For values that a half holds as normal numbers. */
    private static short half(float value) {
        int bits = Float.floatToIntBits(value);
        int magnitude = value == 0 ? 0 : ((bits >> 13) & 0x3ffff) - ((127 - 15) << 10);
        return (short) ((bits >> 16) & 0x8000 | magnitude);
    }
}
