package org.scibert.peers;

import static org.scibert.peers.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.network.Activation;
import org.scibert.network.EncoderConfig;
import org.scibert.network.NetworkConfig;
import org.scibert.network.Pooling;
import org.scibert.weights.Tensor;

/**
 * Writes a classifier as ONNX: the operators of PyTorch's exporter, which ONNX Runtime knows how to fuse, in fp32 or as
 * its {@code quantize_dynamic(per_channel=True)} makes it of that: weights of linear layers in 8 bits with a scale for
 * each output, their inputs quantized as they come with one scale for the batch, embeddings in 8 bits with one scale.
 */
final class OnnxBert {
    static final String INPUT_IDS = "input_ids";
    static final String ATTENTION_MASK = "attention_mask";

    private static final int LARGEST = 127;

    private final EncoderConfig encoder;
    private final Map<String, Tensor> weights;
    private final boolean int8;
    private final OnnxGraph graph = new OnnxGraph();
    /** What DynamicQuantizeLinear made of a value: the integers, their scale and zero point. */
    private final Map<String, List<String>> quantized = new HashMap<>();

    private OnnxBert(EncoderConfig encoder, Map<String, Tensor> weights, boolean int8) {
        this.encoder = encoder;
        this.weights = weights;
        this.int8 = int8;
    }

    /**
     * Returns the graph of a classifier: input_ids and attention_mask, (B, T), to logits, (B, C).
     *
     * @param weights by name, F32
     * @throws UsageException if the network is not one that the peer is compared with
     */
    static ModelProto of(NetworkConfig network, Map<String, Tensor> weights, boolean int8) {
        if (network.pooling() != Pooling.CLS || network.encoder().activation() != Activation.GELU) {
            throw new UsageException(Text.format("the ONNX graph reads [CLS] after erf GELU; the release has %s and %s",
                    network.pooling().title(), network.encoder().activation().hiddenAct()));
        }
        return new OnnxBert(network.encoder(), weights, int8).write();
    }

    private ModelProto write() {
        String ids = graph.input(INPUT_IDS);
        String mask = mask(graph.input(ATTENTION_MASK));
        String x = embed(ids);                                                        // (B, T, H)
        for (int i = 0; i < encoder.layers(); i++) {
            x = layer(x, mask, "bert.encoder.layer." + i + ".");
        }
        String cls = graph.node("Gather", List.of(x, graph.index(0)), attribute("axis", 1));  // (B, H)
        graph.output(linear(cls, "classifier"), "batch", "outputs");
        return graph.model();
    }

    /** (B, T) of ones and zeros → (B, 1, 1, T) of zeros and the lowest float. */
    private String mask(String attentionMask) {
        String wide = graph.node("Unsqueeze", List.of(attentionMask, graph.longs(1, 2)));
        String real = graph.node("Cast", List.of(wide), attribute("to", TensorProto.DataType.FLOAT.getNumber()));
        String padding = graph.node("Sub", List.of(graph.scalar(1), real));
        return graph.node("Mul", List.of(padding, graph.scalar(-Float.MAX_VALUE)));
    }

    private String embed(String ids) {
        String shape = graph.node("Shape", List.of(ids));
        String tokens = graph.node("Slice", List.of(shape, graph.longs(1), graph.longs(2)));
        String positions = embedding("bert.embeddings.position_embeddings.weight",
                graph.node("Slice", List.of(positionIds(), graph.longs(0), tokens)));  // (T, H)
        String words = embedding("bert.embeddings.word_embeddings.weight", ids);       // (B, T, H)
        String types = embedding("bert.embeddings.token_type_embeddings.weight", graph.index(0));  // (H)
        String sum = graph.node("Add", List.of(words, types));
        return norm(graph.node("Add", List.of(sum, positions)), "bert.embeddings.LayerNorm");
    }

    private String layer(String x, String mask, String layer) {
        String q = heads(linear(x, layer + "attention.self.query"), 0, 2, 1, 3);      // (B, A, T, D)
        String k = heads(linear(x, layer + "attention.self.key"), 0, 2, 3, 1);        // (B, A, D, T)
        String v = heads(linear(x, layer + "attention.self.value"), 0, 2, 1, 3);      // (B, A, T, D)
        String product = graph.node("MatMul", List.of(q, k));                         // (B, A, T, T)
        float width = (float) Math.sqrt((double) encoder.hiddenSize() / encoder.heads());
        String scaled = graph.node("Div", List.of(product, graph.scalar(width)));
        String masked = graph.node("Add", List.of(scaled, mask));
        String shares = graph.node("Softmax", List.of(masked), attribute("axis", -1));
        String found = graph.node("MatMul", List.of(shares, v));                      // (B, A, T, D)
        String turned = graph.node("Transpose", List.of(found), attribute("perm", 0, 2, 1, 3));
        String a = graph.node("Reshape", List.of(turned, graph.longs(0, 0, encoder.hiddenSize())));
        String attended = norm(
                graph.node("Add", List.of(linear(a, layer + "attention.output.dense"), x)),
                layer + "attention.output.LayerNorm");
        String f = gelu(linear(attended, layer + "intermediate.dense"));              // (B, T, F)
        return norm(
                graph.node("Add", List.of(linear(f, layer + "output.dense"), attended)), layer + "output.LayerNorm");
    }

    private String heads(String x, long... order) {
        long width = encoder.hiddenSize() / encoder.heads();
        String split = graph.node("Reshape", List.of(x, graph.longs(0, 0, encoder.heads(), width)));
        return graph.node("Transpose", List.of(split), attribute("perm", order));
    }

    private String norm(String x, String name) {
        return graph.node("LayerNormalization",
                List.of(x, constant(name + ".weight"), constant(name + ".bias")),
                attribute("axis", -1), attribute("epsilon", (float) encoder.layerNormEps()));
    }

    private String gelu(String x) {
        String scaled = graph.node("Div", List.of(x, graph.scalar((float) Math.sqrt(2))));
        String erf = graph.node("Add", List.of(graph.node("Erf", List.of(scaled)), graph.scalar(1)));
        return graph.node("Mul", List.of(graph.node("Mul", List.of(x, erf)), graph.scalar(0.5f)));
    }

    /** (*, in) → (*, out) */
    private String linear(String x, String name) {
        float[] w = transposed(weights.get(name + ".weight"));                        // (in, out)
        int out = (int) weights.get(name + ".weight").shape()[0];
        long in = w.length / out;
        String product;
        if (int8) {
            float[] scales = new float[out];
            byte[] q = quantize(w, out, scales);
            List<String> qx = quantized.computeIfAbsent(x, v -> graph.node("DynamicQuantizeLinear", List.of(v), 3));
            String integers = graph.node("MatMulInteger", List.of(
                    qx.get(0), graph.bytes(name + ".weight_quantized", q, in, out),
                    qx.get(2), graph.bytes(name + ".weight_zero_point", new byte[out], out)));
            String floats = graph.node("Cast", List.of(integers),
                    attribute("to", TensorProto.DataType.FLOAT.getNumber()));
            String scale = graph.node("Mul", List.of(qx.get(1), graph.floats(name + ".weight_scale", scales, out)));
            product = graph.node("Mul", List.of(floats, scale));
        } else {
            product = graph.node("MatMul", List.of(x, graph.floats(name + ".weight", w, in, out)));
        }
        return graph.node("Add", List.of(product, constant(name + ".bias")));
    }

    private String embedding(String name, String ids) {
        if (!int8) {
            return graph.node("Gather", List.of(constant(name), ids), attribute("axis", 0));
        }
        float[] scale = new float[1];
        byte[] q = quantize(weights.get(name).floats(), 1, scale);
        String table = graph.bytes(name + "_quantized", q, weights.get(name).shape());
        String integers = graph.node("Gather", List.of(table, ids), attribute("axis", 0));
        return graph.node("DequantizeLinear", List.of(integers, graph.floats(name + "_scale", scale)));
    }

    /** Symmetric, a scale for each column: w ≈ scale · q. */
    private static byte[] quantize(float[] w, int columns, float[] scales) {
        for (int i = 0; i < w.length; i++) {
            scales[i % columns] = Math.max(scales[i % columns], Math.abs(w[i]) / LARGEST);
        }
        byte[] q = new byte[w.length];
        for (int i = 0; i < w.length; i++) {
            q[i] = scales[i % columns] == 0 ? 0 : (byte) Math.rint(w[i] / scales[i % columns]);
        }
        return q;
    }

    private static float[] transposed(Tensor weight) {
        float[] from = weight.floats();                                               // (out, in)
        int out = (int) weight.shape()[0];
        int in = from.length / out;
        float[] to = new float[from.length];                                          // (in, out)
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                to[i * out + o] = from[o * in + i];
            }
        }
        return to;
    }

    private String positionIds() {
        long[] ids = new long[encoder.maxPositions()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i;
        }
        return graph.longs(ids);
    }

    private String constant(String name) {
        return graph.floats(name, weights.get(name).floats(), weights.get(name).shape());
    }
}
