package org.scibert.training.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.scibert.weights.WeightsException;

/**
 * The layout of PyTorch 1.6 and newer: a zip of {@code ROOT/data.pkl} and one stored entry {@code ROOT/data/NAME} per
 * storage.
 */
final class TorchZip implements TorchCheckpoint.Storages {
    private static final String PICKLE = "/data.pkl";

    private final Path file;
    private final ZipFile zip;
    private final String root;
    /** Tied weights share a storage. */
    private final Map<String, ByteBuffer> read = new HashMap<>();

    private TorchZip(Path file, ZipFile zip) throws WeightsException {
        this.file = file;
        this.zip = zip;
        String pickle = zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(PICKLE)).findFirst()
                .orElseThrow(() -> new WeightsException("%s is a zip without %s: torch.save didn't write it"
                        .formatted(file, PICKLE)));
        this.root = pickle.substring(0, pickle.length() - PICKLE.length());
    }

    static TorchCheckpoint open(Path file) throws IOException {
        ZipFile zip = zip(file);
        try {
            TorchZip storages = new TorchZip(file, zip);
            storages.requireLittleEndian();
            Object content = StateDictUnpickler.read(file, ByteBuffer.wrap(storages.text(PICKLE)), key -> {});
            return new TorchCheckpoint(file, content, storages);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    @Override
    public ByteBuffer bytes(StorageKey key) throws IOException {
        ByteBuffer bytes = read.get(key.name());
        if (bytes == null) {
            bytes = load(key);
            read.put(key.name(), bytes);
        }
        if (bytes.capacity() != key.bytes()) {
            throw new WeightsException("%s: storage %s has %d bytes, one of its tensors needs %d"
                    .formatted(file, key.name(), bytes.capacity(), key.bytes()));
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private ByteBuffer load(StorageKey key) throws IOException {
        ZipEntry entry = entry("/data/" + key.name());
        // Stored entries are no larger than the file, so nothing here can swell.
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != key.bytes()) {
            throw new WeightsException("%s: entry %s must be stored with %d bytes, is %s with %d".formatted(file,
                    entry.getName(), key.bytes(), entry.getMethod() == ZipEntry.STORED ? "stored" : "compressed",
                    entry.getSize()));
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(key.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        try (ReadableByteChannel channel = Channels.newChannel(zip.getInputStream(entry))) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new WeightsException("%s: entry %s ends after %d of %d bytes; fetch the file again"
                            .formatted(file, entry.getName(), bytes.position(), key.bytes()));
                }
            }
        }
        return bytes.flip();
    }

    private void requireLittleEndian() throws IOException {
        // Written by PyTorch 2.1 and newer; before, every machine that mattered was little endian.
        if (zip.getEntry(root + "/byteorder") != null && !new String(text("/byteorder")).strip().equals("little")) {
            throw new WeightsException("%s was written on a big-endian machine; save it on a little-endian one"
                    .formatted(file));
        }
    }

    private byte[] text(String name) throws IOException {
        try (InputStream in = zip.getInputStream(entry(name))) {
            byte[] bytes = in.readNBytes(StateDictUnpickler.MAX_BYTES + 1);
            if (bytes.length > StateDictUnpickler.MAX_BYTES) {
                throw new WeightsException("%s: entry %s%s has more than %d bytes; a state dict's has some thousand"
                        .formatted(file, root, name, StateDictUnpickler.MAX_BYTES));
            }
            return bytes;
        }
    }

    private ZipEntry entry(String name) throws WeightsException {
        ZipEntry entry = zip.getEntry(root + name);
        if (entry == null) {
            throw new WeightsException("%s has no entry %s%s; fetch the file again".formatted(file, root, name));
        }
        return entry;
    }

    private static ZipFile zip(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new WeightsException("%s is a damaged zip, perhaps cut off (%s); fetch it again"
                    .formatted(file, e.getMessage()), e);
        }
    }
}
