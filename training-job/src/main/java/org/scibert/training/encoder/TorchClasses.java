package org.scibert.training.encoder;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import org.scibert.io.Text;
import org.scibert.training.encoder.StoredTensor.Storage;
import org.scibert.weights.ElementType;

/** The classes that a pickled state dict may name, and how each is constructed here. */
final class TorchClasses {
    private static final Map<String, IObjectConstructor> ALLOWED = Map.ofEntries(
            Map.entry("collections.OrderedDict", TorchClasses::orderedDict),
            Map.entry("torch._utils._rebuild_tensor", TorchClasses::tensor),
            Map.entry("torch._utils._rebuild_tensor_v2", TorchClasses::tensor),
            Map.entry("torch._utils._rebuild_parameter", arguments -> arguments[0]),
            Map.entry("torch.DoubleStorage", new StorageClass(ElementType.F64)),
            Map.entry("torch.FloatStorage", new StorageClass(ElementType.F32)),
            Map.entry("torch.HalfStorage", new StorageClass(ElementType.F16)),
            Map.entry("torch.BFloat16Storage", new StorageClass(ElementType.BF16)),
            Map.entry("torch.LongStorage", new StorageClass(ElementType.I64)),
            Map.entry("torch.IntStorage", new StorageClass(ElementType.I32)),
            Map.entry("torch.ShortStorage", new StorageClass(ElementType.I16)),
            Map.entry("torch.CharStorage", new StorageClass(ElementType.I8)),
            Map.entry("torch.ByteStorage", new StorageClass(ElementType.U8)),
            Map.entry("torch.BoolStorage", new StorageClass(ElementType.BOOL)));

    private TorchClasses() {}

    /** @throws PickleException if the class is not one of a state dict's; the message names it */
    static IObjectConstructor find(String module, String name) {
        IObjectConstructor constructor = ALLOWED.get(module + "." + name);
        if (constructor == null) {
            throw new PickleException(Text.format(
                    "it asks for %s.%s, which no state dict needs and which may run code; "
                    + "use an encoder with model.safetensors, or one you trust saved anew as a state dict",
                    module, name));
        }
        return constructor;
    }

    /** @param id {@code ("storage", class, name, device, elements)}, and in the legacy layout a view on another */
    static Storage storage(Object id) {
        Object[] parts = (Object[]) id;
        if (parts.length > 5 && parts[5] != null) {
            throw new PickleException("it holds views of storages, as before PyTorch 0.4; save it with a newer one");
        }
        ElementType type = ((StorageClass) parts[1]).type();
        return new Storage(parts[2].toString(), type, ((Number) parts[4]).longValue());
    }

    /** The class of a storage; a state dict names it and never calls it. */
    private record StorageClass(ElementType type) implements IObjectConstructor {
        @Override
        public Object construct(Object[] arguments) {
            throw new PickleException(Text.format("it makes a storage of %s instead of referring to one", type));
        }
    }

    private static StoredTensor tensor(Object[] arguments) {
        long offset = ((Number) arguments[1]).longValue();
        return new StoredTensor((Storage) arguments[0], offset, longs(arguments[2]), longs(arguments[3]));
    }

    private static long[] longs(Object tuple) {
        return Arrays.stream((Object[]) tuple).mapToLong(n -> ((Number) n).longValue()).toArray();
    }

    /** An OrderedDict: Python 3 constructs it empty and sets items afterwards, Python 2 from a list of pairs. */
    private static Map<Object, Object> orderedDict(Object[] arguments) {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (arguments.length > 0) {
            for (Object pair : (Collection<?>) arguments[0]) {
                Object[] keyAndValue = ((Collection<?>) pair).toArray();
                map.put(keyAndValue[0], keyAndValue[1]);
            }
        }
        return map;
    }
}
