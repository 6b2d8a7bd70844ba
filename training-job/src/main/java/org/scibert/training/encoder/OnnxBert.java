package org.scibert.training.encoder;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scibert.io.Text;
import org.scibert.network.Activation;
import org.scibert.network.EncoderConfig;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * Reads a BERT encoder that PyTorch exported to ONNX.
 *
 * <p>The exporter keeps the names of embeddings, biases and LayerNorms. Linear weights become anonymous
 * ({@code onnx::MatMul_787}) and transposed, but the node that multiplies by one is still named after its module:
 * {@code /encoder/layer.0/attention/self/query/MatMul}.
 */
final class OnnxBert {
    private static final String ANONYMOUS = "onnx::";
    /** BERT's own dropout; a graph for inference has none. */
    private static final double DROPOUT = 0.1;

    private final String source;
    private final Map<String, NodeProto> nodes = new HashMap<>();
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final Map<String, Tensor> weights = new LinkedHashMap<>();

    /** @param source the file, for messages */
    OnnxBert(String source, GraphProto graph) {
        this.source = source;
        Map<String, TensorProto> initializers = new HashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            initializers.put(tensor.getName(), tensor);
            if (!tensor.getName().startsWith(ANONYMOUS)
                    && tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
                String name = tensor.getName();
                weights.put(name, new Tensor(name, ElementType.F32, shape(tensor), data(tensor)));
            }
        }
        for (NodeProto node : graph.getNodeList()) {
            nodes.put(node.getName(), node);
            if (node.getOpType().equals("Constant")) {
                constants.put(node.getOutput(0), node.getAttribute(0).getT());
            }
            if (node.getOpType().equals("MatMul") && initializers.containsKey(node.getInput(1))) {
                Tensor weight = transposed(weightName(node), initializers.get(node.getInput(1)));
                weights.put(weight.name(), weight);
            }
        }
    }

    /** The weights under their names in PyTorch; linear ones are {@code (out, in)}. */
    WeightsFile weights() {
        return new WeightsFile.InMemory(source, weights);
    }

    /**
     * Derives the geometry from the weights' shapes and the graph's constants.
     *
     * @param padTokenId which the graph doesn't know
     */
    EncoderConfig config(int padTokenId) throws WeightsException {
        long[] words = weight("embeddings.word_embeddings.weight").shape(); // (V, H)
        int layers = 0;
        while (weights.containsKey("encoder.layer." + layers + ".output.dense.weight")) {
            layers++;
        }
        return new EncoderConfig(
                layers,
                // The shape that queries are split to: (batch, tokens, heads, width of a head).
                (int) data(constant("/encoder/layer.0/attention/self/Concat", 2)).getLong(),
                (int) words[1],
                (int) weight("encoder.layer.0.intermediate.dense.weight").shape()[0],
                (int) words[0],
                (int) weight("embeddings.position_embeddings.weight").shape()[0],
                (int) weight("embeddings.token_type_embeddings.weight").shape()[0],
                // Through its decimal form: 1e-12 as a float is 9.99999996e-13 as a double.
                Double.parseDouble(Float.toString(data(constant("/embeddings/LayerNorm/Add", 1)).getFloat())),
                activation(),
                DROPOUT,
                DROPOUT,
                padTokenId);
    }

    private Activation activation() throws WeightsException {
        node("/encoder/layer.0/intermediate/intermediate_act_fn/Erf");
        return Activation.GELU;
    }

    private Tensor weight(String name) throws WeightsException {
        return required("weight", name, weights.get(name));
    }

    private NodeProto node(String name) throws WeightsException {
        return required("node", name, nodes.get(name));
    }

    private TensorProto constant(String node, int input) throws WeightsException {
        String name = node(node).getInput(input);
        return required("constant", name, constants.get(name));
    }

    private <T> T required(String kind, String name, T found) throws WeightsException {
        if (found == null) {
            throw new WeightsException(Text.format("%s has no %s %s; it isn't BERT with erf GELU as PyTorch exports it",
                    source, kind, name));
        }
        return found;
    }

    /** {@code /a/b/MatMul} → {@code a.b.weight}. */
    private static String weightName(NodeProto node) {
        String module = node.getName().substring(1, node.getName().lastIndexOf('/'));
        return module.replace('/', '.') + ".weight";
    }

    private static Tensor transposed(String name, TensorProto tensor) {
        int in = (int) tensor.getDims(0);
        int out = (int) tensor.getDims(1);
        ByteBuffer from = data(tensor); // (in, out)
        ByteBuffer to = direct(in * out * Float.BYTES); // (out, in)
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                to.putFloat((o * in + i) * Float.BYTES, from.getFloat());
            }
        }
        return new Tensor(name, ElementType.F32, new long[] {out, in}, to);
    }

    private static long[] shape(TensorProto tensor) {
        return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    }

    private static ByteBuffer data(TensorProto tensor) {
        ByteBuffer data = direct(tensor.getRawData().size());
        tensor.getRawData().copyTo(data);
        return data.flip();
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
