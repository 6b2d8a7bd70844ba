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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.decision.Task;
import org.scibert.runtime.Djl;

/**
 * The TorchScript text as compiled by libtorch for one geometry, and the calls into it. The manager owns the module.
 */
final class NetworkModule {
    static {
        Djl.configure();
    }

    private static final String TEXT = "bert_classifier.py";

    private final PtSymbolBlock block;

    private NetworkModule(PtSymbolBlock block) {
        this.block = block;
    }

    /** Makes a manager of native memory on a device; the caller closes it. */
    static PtNDManager newManager(Device device) {
        return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device);
    }

    /** Compiles the text for a network that serves; no weights are bound yet. */
    static NetworkModule forServing(PtNDManager manager, NetworkConfig network, Kernels kernels) {
        return compile(manager, attributes(network, OptimizerConfig.DEFAULT, true, kernels));
    }

    /** Compiles the text for a network that learns in the optimizer's number format; no weights are bound yet. */
    static NetworkModule forTraining(PtNDManager manager, NetworkConfig network, OptimizerConfig optimizer) {
        return compile(manager, attributes(network, optimizer, false, Kernels.NONE));
    }

    private static NetworkModule compile(PtNDManager manager, Map<String, Object> attributes) {
        return compile(manager, TEXT, "BertClassifier", attributes);
    }

    /**
     * Compiles a text.
     *
     * @param resource the text beside this class
     * @param className the class in it that is a Module
     * @param attributes values of the class's attributes, in the order of the text
     */
    static NetworkModule compile(
            PtNDManager manager, String resource, String className, Map<String, Object> attributes) {
        try {
            Path archive = Files.createTempFile(className, ".pt");
            try {
                TorchScriptArchive.write(archive, text(resource), className, attributes);
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
     * Calls a method whose arguments are tensors, in libtorch's inference mode.
     *
     * @return the result, owned by the first argument's manager
     */
    NDArray call(String method, NDArray... arguments) {
        IValue[] values = Arrays.stream(arguments).map(a -> IValue.from((PtNDArray) a)).toArray(IValue[]::new);
        try (IValue result = IValueUtils.runMethod(block, method, values)) {
            return result.toTensor((PtNDManager) arguments[0].getManager());
        } finally {
            for (IValue value : values) {
                value.close();
            }
        }
    }

    /** Calls a method outside of libtorch's inference mode, so that gradients can be taken. */
    NDArray callTraining(String method, NDArray... arguments) {
        return callForList(method, true, arguments).singletonOrThrow();
    }

    /** Calls a method that returns a list of tensors. */
    NDList callForList(String method, boolean training, NDArray... arguments) {
        try (NDArray name = arguments[0].getManager().create(0f)) {
            // DJL takes the method's name from an extra argument.
            name.setName("module_method:" + method);
            NDList list = new NDList(arguments);
            list.add(name);
            return IValueUtils.forward(block, list, training);
        }
    }

    /** Binds the weights by name; in serving, they are prepacked. The manager keeps owning the arrays. */
    void bind(Map<String, NDArray> weights) {
        Map<String, PtNDArray> arrays = new LinkedHashMap<>();
        weights.forEach((name, array) -> arrays.put(name, (PtNDArray) array));
        run("bind", IValue.stringMapFrom(arrays));
    }

    /**
     * Binds the arrays that AdamW writes to. The manager keeps owning them.
     *
     * @param trainable the weights that learn, in the order of {@link ParameterGroups}
     * @param firstMoments AdamW's first moment of each
     * @param secondMoments AdamW's second moment of each
     * @param step the number of updates made, a scalar
     */
    void bindOptimizer(
            List<NDArray> trainable, List<NDArray> firstMoments, List<NDArray> secondMoments, NDArray step) {
        run("bind_optimizer", list(trainable), list(firstMoments), list(secondMoments), list(List.of(step)));
    }

    private static IValue list(List<NDArray> arrays) {
        return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }

    /** Calls a method that returns nothing, and closes its arguments. */
    private void run(String method, IValue... values) {
        IValueUtils.runMethod(block, method, values).close();
        for (IValue value : values) {
            value.close();
        }
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = NetworkModule.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("This is a bug: the resource " + resource + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The values of the text's attributes, in its order; the tensors are bound later. */
    private static Map<String, Object> attributes(
            NetworkConfig network, OptimizerConfig optimizer, boolean serving, Kernels kernels) {
        EncoderConfig encoder = network.encoder();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("training", false);
        values.put("num_layers", (long) encoder.layers());
        values.put("pad", (long) encoder.padTokenId());
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
        values.put("onednn", optimizer.compute() == Compute.ONEDNN);
        values.put("serving", serving);
        values.put("mean_pooling", network.pooling() == Pooling.MEAN);
        values.put("half_kernel", kernels.half());
        values.put("int8_kernel", kernels.int8());
        values.put("observing", false);
        values.put("maxima", List.of());
        values.put("weights", Map.of());
        for (String list : List.of("layers", "trainable", "grads", "step",
                "group_weights", "group_exp_avg", "group_exp_avg_sq", "group_steps")) {
            values.put(list, List.of());
        }
        ParameterGroups groups = ParameterGroups.of(network, optimizer);
        values.put("group", groups.positions());
        values.put("group_decay", groups.distinct().stream().mapToDouble(ParameterGroups.Group::weightDecay).toArray());
        values.put("group_rate", groups.distinct().stream().mapToDouble(ParameterGroups.Group::rate).toArray());
        return values;
    }
}
