package org.scibert.weights;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.io.FileKind;
import org.scibert.io.FileNotWrittenException;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes safetensors files: eight bytes of header length, a JSON header, then the tensors' bytes.
 *
 * <p>The format allows no hole between tensors and no tensor over another. Written files begin their tensors at a
 * multiple of 64 bytes and have the widest element types first: each tensor is aligned to its elements without padding,
 * and to 64 bytes as long as the sizes before it are multiples of that, as a BERT's are.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {
    private static final int ALIGNMENT = 64;
    /** The format's own limit, 100 MB, against a header that claims the address space. */
    private static final long MAX_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final Logger LOG = LoggerFactory.getLogger(Safetensors.class);

    private Safetensors() {}

    private record Entry(String dtype, long[] shape, long[] data_offsets) {
        Entry {
            if (dtype == null || shape == null || data_offsets == null || data_offsets.length != 2) {
                throw new IllegalArgumentException("an entry needs dtype, shape and two data_offsets");
            }
        }
    }

    /**
     * Maps a file; the tensors are views of the mapping, which lives as long as they do.
     *
     * @return the tensors by name, in the order of their bytes
     * @throws WeightsException if the file is not a well-formed safetensors file
     */
    public static Map<String, Tensor> map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long header = headerLength(file, channel);
            ByteBuffer json = ByteBuffer.allocate((int) header);
            readFully(file, channel, json, Long.BYTES);
            List<Map.Entry<String, Entry>> entries = entries(file, json.array());
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, Entry> e : entries) {
                tensors.put(e.getKey(), tensor(file, channel, Long.BYTES + header, e.getKey(), e.getValue()));
            }
            checkLayout(file, entries, channel.size() - Long.BYTES - header);
            return Collections.unmodifiableMap(tensors);
        }
    }

    /** Writes the tensors, widest element type first and otherwise in the order given, replacing the file. */
    public static void write(Path file, Collection<Tensor> tensors, Map<String, String> metadata) throws IOException {
        List<Tensor> ordered = tensors.stream()
                .sorted(Comparator.comparingInt((Tensor t) -> t.type().bytes()).reversed()) // stable
                .toList();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(METADATA, metadata);
        long end = 0;
        for (Tensor t : ordered) {
            long start = end;
            end += t.data().remaining();
            if (header.put(t.name(), new Entry(t.type().name(), t.shape(), new long[] {start, end})) != null) {
                throw new IllegalArgumentException("two tensors are named " + t.name());
            }
        }
        byte[] json = Json.MAPPER.writeValueAsBytes(header);
        int length = (int) (align(Long.BYTES + json.length) - Long.BYTES);
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(head.array(), (byte) ' ');
        head.putLong(length).put(json).rewind();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, head);
            for (Tensor t : ordered) {
                writeFully(channel, t.data());
            }
            channel.force(true);
        } catch (IOException e) {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
            throw new FileNotWrittenException(file, e);
        }
    }

    /**
     * Checks that the tensors fill the file: each begins where the one before ends, and the last ends with the file.
     * Files of this project's version 0.1 padded each tensor to 64 bytes; these are read with a notice, until 0.3.
     *
     * @param available bytes after the header
     */
    private static void checkLayout(Path file, List<Map.Entry<String, Entry>> entries, long available)
            throws WeightsException {
        long end = 0;
        boolean padded = false;
        for (Map.Entry<String, Entry> e : entries) {
            long[] offsets = e.getValue().data_offsets;
            if (offsets[0] != end && offsets[0] != align(end)) {
                throw new WeightsException(Text.format(
                        "%s is not a safetensors file: tensor %s begins at byte %d of the data, where %d"
                                + " was expected; tensors must not overlap or leave holes. Save the file again",
                        file, e.getKey(), offsets[0], end));
            }
            padded |= offsets[0] != end;
            end = offsets[1];
        }
        if (end != available) {
            throw new WeightsException(Text.format(
                    "%s is not a safetensors file: its tensors end at byte %d of the data, which has %d"
                            + " bytes. Save the file again",
                    file, end, available));
        }
        if (padded) {
            LOG.warn("{} has gaps between its tensors, which the safetensors format forbids: version 0.1 of this"
                    + " project wrote it, other tools refuse it, and version 0.3 will. Train or export the model"
                    + " again.", file);
        }
    }

    private static long headerLength(Path file, FileChannel channel) throws IOException {
        Optional<String> standIn = FileKind.standIn(file);
        if (standIn.isPresent()) {
            throw new WeightsException(Text.format("%s is %s", file, standIn.get()));
        }
        ByteBuffer eight = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, channel, eight, 0);
        long header = eight.getLong(0);
        long available = channel.size() - Long.BYTES;
        if (header < 0 || header > Math.min(MAX_HEADER, available)) {
            throw new WeightsException(Text.format(
                    "%s is not a safetensors file: by its first 8 bytes its header would have %s bytes, %d follow%s",
                    file, Long.toUnsignedString(header), available, FileKind.hint(file)));
        }
        return header;
    }

    private static List<Map.Entry<String, Entry>> entries(Path file, byte[] json) throws IOException {
        try {
            Map<String, Object> raw =
                    Json.MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
            raw.remove(METADATA);
            List<Map.Entry<String, Entry>> entries = new ArrayList<>();
            raw.forEach((name, value) -> entries.add(Map.entry(name, Json.MAPPER.convertValue(value, Entry.class))));
            // Empty tensors before the one that begins at the same byte.
            entries.sort(Map.Entry.comparingByValue(Comparator
                    .comparingLong((Entry e) -> e.data_offsets[0])
                    .thenComparingLong(e -> e.data_offsets[1])));
            return entries;
        } catch (IOException | RuntimeException e) {
            throw new WeightsException(Text.format(
                    "%s is not a safetensors file: its header is not a JSON object of tensors with dtype,"
                    + " shape and data_offsets",
                    file), e);
        }
    }

    private static Tensor tensor(Path file, FileChannel channel, long base, String name, Entry e) throws IOException {
        long start = e.data_offsets[0];
        long length = e.data_offsets[1] - start;
        if (start < 0 || length < 0 || base + e.data_offsets[1] > channel.size()) {
            throw new WeightsException(Text.format(
                    "%s is cut off or damaged: tensor %s ends at byte %d, the file at %d",
                    file, name, base + e.data_offsets[1], channel.size()));
        }
        try {
            ElementType type = ElementType.ofName(e.dtype);
            return new Tensor(name, type, e.shape, channel.map(MapMode.READ_ONLY, base + start, length));
        } catch (IllegalArgumentException | ArithmeticException x) {
            throw new WeightsException(Text.format("%s: tensor %s: %s", file, name, x.getMessage()), x);
        }
    }

    private static long align(long position) {
        return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            int n = channel.read(target, position + target.position());
            if (n < 0) {
                throw new WeightsException(Text.format(
                        "%s ends after %d bytes; its header alone is longer",
                        file, channel.size()));
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }
}
