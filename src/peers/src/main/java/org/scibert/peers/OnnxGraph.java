package org.scibert.peers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An ONNX graph while it is written: nodes in the order that they run in, and constants. Values go by their names. */
final class OnnxGraph {
    /** The first with LayerNormalization, which ONNX Runtime else puts together out of seven operators. */
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("classifier");

    /** Declares an input of 64-bit integers, (B, T). */
    String input(String name) {
        graph.addInput(value(name, TensorProto.DataType.INT64, "batch", "tokens"));
        return name;
    }

    /** Declares the output, 32-bit floats. */
    void output(String name, String... dimensions) {
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, dimensions));
    }

    /** Adds a node of one output, and returns the output's name. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return node(operator, inputs, 1, attributes).get(0);
    }

    /** Adds a node of several outputs, and returns their names. */
    List<String> node(String operator, List<String> inputs, int outputs, AttributeProto... attributes) {
        String name = operator + "_" + graph.getNodeCount();
        NodeProto.Builder node = NodeProto.newBuilder().setName(name).setOpType(operator).addAllInput(inputs);
        for (int i = 0; i < outputs; i++) {
            node.addOutput(name + "_" + i);
        }
        graph.addNode(node.addAllAttribute(List.of(attributes)));
        return node.getOutputList();
    }

    /** A constant number. */
    String scalar(float value) {
        return floats("constant_" + graph.getInitializerCount(), new float[] {value});
    }

    String floats(String name, float[] values, long... shape) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return constant(name, TensorProto.DataType.FLOAT, data, shape);
    }

    /** A constant row of 64-bit integers. */
    String longs(long... values) {
        return integers(values, values.length);
    }

    /** A constant 64-bit integer without dimensions. */
    String index(long value) {
        return integers(new long[] {value});
    }

    private String integers(long[] values, long... shape) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        return constant("constant_" + graph.getInitializerCount(), TensorProto.DataType.INT64, data, shape);
    }

    /** Signed 8-bit integers. */
    String bytes(String name, byte[] values, long... shape) {
        return constant(name, TensorProto.DataType.INT8, ByteBuffer.wrap(values), shape);
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name).setType(AttributeProto.AttributeType.FLOAT).setF(value).build();
    }

    static AttributeProto attribute(String name, long... values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder()
                .setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build();
    }

    private String constant(String name, TensorProto.DataType type, ByteBuffer data, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(data.rewind()));
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        graph.addInitializer(tensor);
        return name;
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, String... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String dimension : dimensions) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(
                        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
                .build();
    }
}
