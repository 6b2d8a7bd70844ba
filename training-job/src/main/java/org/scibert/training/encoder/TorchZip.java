package org.scibert.training.encoder;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.scibert.io.Text;
import org.scibert.training.encoder.StoredTensor.Storage;
import org.scibert.weights.WeightsException;

/**
 * Reads the layout of PyTorch 1.6 and newer: a zip of {@code ROOT/data.pkl} and one stored entry {@code ROOT/data/NAME}
 * per storage.
 */
final class TorchZip implements TorchCheckpoint.Storages {
    private static final String PICKLE = "/data.pkl";
    private static final String BYTE_ORDER = "/byteorder";

    private final Path file;
    private final ZipFile zip;
    private final String root;
    /** Tied weights share a storage. */
    private final Map<String, ByteBuffer> storages = new HashMap<>();

    private TorchZip(Path file, ZipFile zip) throws WeightsException {
        this.file = file;
        this.zip = zip;
        String pickle = zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(PICKLE)).findFirst()
                .orElseThrow(() -> new WeightsException(Text.format(
                        "%s is a zip without %s: torch.save didn't write it",
                        file, PICKLE)));
        this.root = pickle.substring(0, pickle.length() - PICKLE.length());
    }

    static TorchCheckpoint open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        }
        try {
            TorchZip storages = new TorchZip(file, zip);
            storages.requireLittleEndian();
            ByteBuffer pickle = storages.read(PICKLE, StateDictUnpickler.MAX_BYTES);
            return new TorchCheckpoint(file, StateDictUnpickler.read(file, pickle, key -> {}), storages);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    @Override
    public ByteBuffer bytes(Storage key) throws IOException {
        ByteBuffer bytes = storages.get(key.name());
        if (bytes == null) {
            bytes = read("/data/" + key.name(), key.bytes());
            storages.put(key.name(), bytes);
        }
        if (bytes.capacity() != key.bytes()) {
            throw new WeightsException(Text.format(
                    "%s: storage %s has %s bytes, one of its tensors asks for %s",
                    file, key.name(), bytes.capacity(), key.bytes()));
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** PyTorch writes the entry since 2.1; older files come from little-endian machines. */
    private void requireLittleEndian() throws IOException {
        if (zip.getEntry(root + BYTE_ORDER) != null) {
            String order = StandardCharsets.US_ASCII.decode(read(BYTE_ORDER, "little".length())).toString();
            if (!order.equals("little")) {
                throw new WeightsException(Text.format("%s has byte order \"%s\"; save it on a little-endian machine",
                        file, order));
            }
        }
    }

    private ByteBuffer read(String name, long limit) throws IOException {
        ZipEntry entry = zip.getEntry(root + name);
        if (entry == null || entry.getMethod() != ZipEntry.STORED) {
            throw new WeightsException(Text.format("%s: entry %s%s is %s; torch.save stores it",
                    file, root, name, entry == null ? "missing" : "compressed"));
        }
        // A stored entry is no larger than the file: a crafted size can't fill the memory.
        if (entry.getSize() > Math.min(limit, Files.size(file))) {
            throw new WeightsException(Text.format(
                    "%s: entry %s has %s bytes, at most %s fit",
                    file, entry.getName(), entry.getSize(), Math.min(limit, Files.size(file))));
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) entry.getSize()).order(ByteOrder.LITTLE_ENDIAN);
        try (ReadableByteChannel channel = Channels.newChannel(zip.getInputStream(entry))) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException(Text.format(
                            "entry %s ends after %s of %s bytes",
                            entry.getName(), bytes.position(), bytes.capacity()));
                }
            }
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        }
        return bytes.flip();
    }

    private static WeightsException damaged(Path file, IOException e) {
        return new WeightsException(Text.format("%s is a damaged zip, perhaps cut off (%s); fetch it again",
                file, e), e);
    }
}
