package org.scibert.weights;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes safetensors files: eight bytes of header length, a JSON header, then the tensors' bytes.
 *
 * <p>Written files put each tensor at a multiple of 64 bytes, so that a mapped tensor is aligned for vector loads.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {
    private static final int ALIGNMENT = 64;
    /** The format's own limit, 100 MB, against a header that claims the address space. */
    private static final long MAX_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = new ObjectMapper();

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
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, Entry> e : entries(file, json.array())) {
                tensors.put(e.getKey(), tensor(file, channel, Long.BYTES + header, e.getKey(), e.getValue()));
            }
            return Collections.unmodifiableMap(tensors);
        }
    }

    /** Writes the tensors in the order given, replacing the file. */
    public static void write(Path file, Collection<Tensor> tensors, Map<String, String> metadata) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(METADATA, metadata);
        List<Long> starts = new ArrayList<>();
        long end = 0;
        for (Tensor t : tensors) {
            long start = align(end);
            end = start + t.data().remaining();
            starts.add(start);
            if (header.put(t.name(), new Entry(t.type().name(), t.shape(), new long[] {start, end})) != null) {
                throw new IllegalArgumentException("two tensors are named " + t.name());
            }
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int length = (int) (align(Long.BYTES + json.length) - Long.BYTES);
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(head.array(), (byte) ' ');
        head.putLong(length).put(json).rewind();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, head, 0);
            int i = 0;
            for (Tensor t : tensors) {
                writeFully(channel, t.data(), Long.BYTES + length + starts.get(i++));
            }
            channel.force(true);
        }
    }

    private static long headerLength(Path file, FileChannel channel) throws IOException {
        ByteBuffer eight = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, channel, eight, 0);
        long header = eight.getLong(0);
        long available = channel.size() - Long.BYTES;
        if (header < 0 || header > Math.min(MAX_HEADER, available)) {
            throw new WeightsException("%s is not a safetensors file: it announces a header of %s bytes, %d follow"
                    .formatted(file, Long.toUnsignedString(header), available));
        }
        return header;
    }

    private static List<Map.Entry<String, Entry>> entries(Path file, byte[] json) throws IOException {
        Map<String, Object> raw;
        try {
            raw = JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
            raw.remove(METADATA);
            List<Map.Entry<String, Entry>> entries = new ArrayList<>();
            raw.forEach((name, value) -> entries.add(Map.entry(name, JSON.convertValue(value, Entry.class))));
            entries.sort(Map.Entry.comparingByValue((a, b) -> Long.compare(a.data_offsets[0], b.data_offsets[0])));
            return entries;
        } catch (IOException | RuntimeException e) {
            throw new WeightsException(file + " is not a safetensors file: its header is not the JSON it should be", e);
        }
    }

    private static Tensor tensor(Path file, FileChannel channel, long base, String name, Entry e) throws IOException {
        long start = e.data_offsets[0];
        long length = e.data_offsets[1] - start;
        if (start < 0 || length < 0 || base + e.data_offsets[1] > channel.size()) {
            throw new WeightsException("%s: tensor %s ends at byte %d, the file at %d"
                    .formatted(file, name, base + e.data_offsets[1], channel.size()));
        }
        try {
            ByteBuffer data = channel.map(MapMode.READ_ONLY, base + start, length);
            return new Tensor(name, ElementType.valueOf(e.dtype), e.shape, data);
        } catch (IllegalArgumentException | ArithmeticException x) {
            throw new WeightsException("%s: tensor %s: %s".formatted(file, name, x.getMessage()), x);
        }
    }

    private static long align(long position) {
        return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            int n = channel.read(target, position + target.position());
            if (n < 0) {
                throw new WeightsException("%s ends after %d bytes; its header alone is longer"
                        .formatted(file, channel.size()));
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += channel.write(source, at);
        }
    }
}
