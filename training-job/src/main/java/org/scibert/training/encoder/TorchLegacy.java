package org.scibert.training.encoder;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.FileKind;
import org.scibert.io.Text;
import org.scibert.training.encoder.StoredTensor.Storage;
import org.scibert.weights.WeightsException;

/**
 * Reads the layout before PyTorch 1.6: five pickles (magic number, protocol, the machine, the state dict, the storages'
 * names), then for each name an int64 count of elements and the elements.
 */
final class TorchLegacy implements TorchCheckpoint.Storages {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final Integer PROTOCOL = 1001;
    /** A pickle of protocol 2 or newer starts with it. */
    private static final byte PROTO = (byte) 0x80;

    private final Path file;
    private final Map<String, ByteBuffer> mapped;

    private TorchLegacy(Path file, Map<String, ByteBuffer> mapped) {
        this.file = file;
        this.mapped = mapped;
    }

    static TorchCheckpoint open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = channel.map(
                    MapMode.READ_ONLY, 0, Math.min(channel.size(), StateDictUnpickler.MAX_BYTES));
            if (!head.hasRemaining() || head.get(0) != PROTO || !MAGIC.equals(pickle(file, head))) {
                throw new WeightsException(Text.format("%s is not a file of torch.save%s", file, FileKind.hint(file)));
            }
            Object protocol = pickle(file, head);
            Object littleEndian = pickle(file, head) instanceof Map<?, ?> machine ? machine.get("little_endian") : null;
            if (!PROTOCOL.equals(protocol) || !Boolean.TRUE.equals(littleEndian)) {
                throw new WeightsException(Text.format(
                        "%s has protocol %s and little_endian %s; only %s and true can be read",
                        file, protocol, littleEndian, PROTOCOL));
            }
            Map<String, Storage> keys = new HashMap<>();
            Object content = StateDictUnpickler.read(file, head, key -> keys.put(key.name(), key));
            Object names = pickle(file, head);
            return new TorchCheckpoint(
                    file, content, new TorchLegacy(file, map(file, channel, head.position(), names, keys)));
        }
    }

    @Override
    public ByteBuffer bytes(Storage key) throws IOException {
        ByteBuffer bytes = mapped.get(key.name());
        if (bytes == null || bytes.capacity() != key.bytes()) {
            throw new WeightsException(Text.format(
                    "%s: storage %s has %s bytes, one of its tensors needs %s",
                    file, key.name(), bytes == null ? "no" : bytes.capacity(), key.bytes()));
        }
        return bytes;
    }

    @Override
    public void close() {}

    private static Object pickle(Path file, ByteBuffer head) throws WeightsException {
        return StateDictUnpickler.read(file, head, key -> {});
    }

    private static Map<String, ByteBuffer> map(
            Path file, FileChannel channel, long start, Object names, Map<String, Storage> keys) throws IOException {
        if (!(names instanceof List<?> list)) {
            throw new WeightsException(Text.format("%s is damaged: no list of storages; fetch it again", file));
        }
        Map<String, ByteBuffer> mapped = new HashMap<>();
        long position = start;
        for (Object name : list) {
            Storage key = keys.get(name);
            if (key == null) {
                throw new WeightsException(Text.format("%s has a storage %s that no tensor refers to", file, name));
            }
            long first = position + Long.BYTES;
            if (first + key.bytes() > channel.size()) {
                throw new WeightsException(Text.format(
                        "%s is cut off: storage %s ends at byte %s, the file at %s; fetch it again",
                        file, name, first + key.bytes(), channel.size()));
            }
            long elements = little(channel, position, Long.BYTES).getLong();
            if (elements != key.elements()) {
                throw new WeightsException(Text.format(
                        "%s is damaged: storage %s has %s elements, its tensors ask for %s",
                        file, name, elements, key.elements()));
            }
            mapped.put(key.name(), little(channel, first, key.bytes()));
            position = first + key.bytes();
        }
        return mapped;
    }

    private static ByteBuffer little(FileChannel channel, long position, long bytes) throws IOException {
        return channel.map(MapMode.READ_ONLY, position, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
