package org.scibert.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.decision.Task;
import org.scibert.runtime.Djl;

/** The TorchScript text, compiled by libtorch for one geometry, and the calls into it. The manager owns it. */
final class NetworkModule {
    static {
        Djl.configure();
    }

    private static final String TEXT = "bert_classifier.py";

    private final PtSymbolBlock block;

    private NetworkModule(PtSymbolBlock block) {
        this.block = block;
    }

    /** A manager of native memory on a device; whoever asks for it closes it. */
    static PtNDManager newManager(Device device) {
        return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device);
    }

    /** Compiles the text; no weights are bound yet. */
    static NetworkModule compile(
            PtNDManager manager, NetworkConfig network, Precision precision, OptimizerConfig optimizer) {
        try {
            Path archive = Files.createTempFile("bert_classifier", ".pt");
            try {
                TorchScriptArchive.write(archive, text(), "BertClassifier", attributes(network, precision, optimizer));
                return new NetworkModule(
                        JniUtils.loadModule(manager, archive, true, new String[0], new String[0], false));
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the network's archive to the temporary folder", e);
        }
    }

    /**
     * Calls a method whose arguments are tensors.
     *
     * @return the result, owned by the first argument's manager
     */
    NDArray call(String method, NDArray... arguments) {
        return callForList(method, false, arguments).singletonOrThrow();
    }

    /** The same, outside of libtorch's inference mode, so that gradients can be taken. */
    NDArray callTraining(String method, NDArray... arguments) {
        return callForList(method, true, arguments).singletonOrThrow();
    }

    /** The same, for a method that gives a list of tensors. */
    NDList callForList(String method, boolean training, NDArray... arguments) {
        try (NDArray name = arguments[0].getManager().create(0f)) {
            // DJL takes the method's name from an extra argument.
            name.setName("module_method:" + method);
            NDList list = new NDList(arguments);
            list.add(name);
            return IValueUtils.forward(block, list, training);
        }
    }

    /** Calls a method whose arguments are lists of tensors and which gives nothing back, such as {@code bind}. */
    void bind(String method, List<List<NDArray>> lists) {
        IValue[] values = lists.stream()
                .map(list -> IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new)))
                .toArray(IValue[]::new);
        IValueUtils.runMethod(block, method, values).close();
        for (IValue value : values) {
            value.close();
        }
    }

    private static String text() throws IOException {
        try (InputStream in = NetworkModule.class.getResourceAsStream(TEXT)) {
            if (in == null) {
                throw new IllegalStateException("This is a bug: the resource " + TEXT + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The values of the text's attributes, in its order. */
    private static Map<String, Object> attributes(
            NetworkConfig network, Precision precision, OptimizerConfig optimizer) {
        EncoderConfig encoder = network.encoder();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("training", false);
        values.put("layers", (long) encoder.layers());
        values.put("heads", (long) encoder.heads());
        values.put("layer_norm_eps", encoder.layerNormEps());
        values.put("gelu", encoder.activation().approximate());
        values.put("hidden_dropout", encoder.hiddenDropout());
        values.put("attention_dropout", encoder.attentionDropout());
        values.put("head_dropout", network.headDropout());
        values.put("multi_class", network.task() == Task.MULTI_CLASS);
        values.put("label_smoothing", optimizer.labelSmoothing());
        values.put("max_gradient_norm", optimizer.maxGradientNorm());
        values.put("bf16", optimizer.compute() == Compute.BF16);
        values.put("precision", precision.title());
        values.put("weights", List.of());
        values.put("scales", List.of());
        values.put("reordered", List.of());
        values.put("packed", List.of());
        values.put("trainable", List.of());
        values.put("grads", List.of());
        values.put("step", List.of());
        for (String lists : List.of("group_weights", "group_exp_avg", "group_exp_avg_sq", "group_steps")) {
            values.put(lists, List.of());
        }
        ParameterGroups groups = ParameterGroups.of(network, optimizer);
        values.put("group", groups.positions());
        values.put("group_decay", groups.distinct().stream().mapToDouble(ParameterGroups.Group::weightDecay).toArray());
        values.put("group_rate", groups.distinct().stream().mapToDouble(ParameterGroups.Group::rate).toArray());
        return values;
    }
}
