package org.scibert.training.encoder;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.scibert.io.Text;
import org.scibert.training.encoder.StoredTensor.Storage;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/** A file of {@code torch.save} that holds a state dict, in either layout. */
final class TorchCheckpoint implements WeightsFile {
    private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};

    /** The bytes that tensors are views of. */
    interface Storages extends Closeable {
        /** Exactly the storage's bytes, direct, little endian; they stay valid after {@link #close}. */
        ByteBuffer bytes(Storage key) throws IOException;
    }

    private final Path file;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Storages storages;

    /** @param content what the file's pickle holds */
    TorchCheckpoint(Path file, Object content, Storages storages) throws WeightsException {
        if (!(content instanceof Map<?, ?> stateDict)) {
            throw new WeightsException(
                    Text.format("%s holds no state dict; write it with torch.save(model.state_dict(), …)", file));
        }
        this.file = file;
        this.storages = storages;
        stateDict.forEach((name, value) -> {
            if (name instanceof String s && value instanceof StoredTensor tensor) {
                tensors.put(s, tensor);
            }
        });
    }

    /** @throws WeightsException if the file is damaged, or asks for a class that a state dict has no need of */
    static TorchCheckpoint open(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(ZIP_MAGIC.length);
        }
        return Arrays.equals(start, ZIP_MAGIC) ? TorchZip.open(file) : TorchLegacy.open(file);
    }

    @Override
    public String source() {
        return file.toString();
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public long[] shape(String name) {
        return tensors.get(name).shape();
    }

    @Override
    public Tensor read(String name) throws IOException {
        StoredTensor tensor = tensors.get(name);
        return tensor.read(name, storages.bytes(tensor.storage()));
    }

    @Override
    public void close() throws IOException {
        storages.close();
    }
}
