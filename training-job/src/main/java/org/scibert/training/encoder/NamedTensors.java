package org.scibert.training.encoder;

import java.util.Map;
import java.util.Set;
import org.scibert.weights.Tensor;

/** A checkpoint whose tensors are at hand already. */
record NamedTensors(String source, Map<String, Tensor> tensors) implements Checkpoint {
    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public long[] shape(String name) {
        return tensors.get(name).shape();
    }

    @Override
    public Tensor read(String name) {
        return tensors.get(name);
    }

    @Override
    public void close() {}
}
