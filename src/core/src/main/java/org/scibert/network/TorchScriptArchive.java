package org.scibert.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive that holds code and plain attributes, no tensors: what {@code torch.jit.save} would
 * write for a module without parameters.
 *
 * <p>The archive is a zip of stored entries: the class's text under {@code code/__torch__.py} and a pickle (protocol
 * 2) with the object's attributes. Tensors are bound after loading, so a file of weights is never code.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/v2.7.1/torch/csrc/jit/docs/serialization.md">the format</a>
 */
final class TorchScriptArchive {
    private static final String ROOT = "module/";
    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

    private TorchScriptArchive() {}

    /**
     * @param source the text, with one class that is a Module
     * @param className its name
     * @param attributes in the order of the text: Boolean, Long, Double, String, {@code long[]}, {@code double[]}, an
     *     empty List for a list of anything else, or an empty Map
     */
    static void write(Path file, String source, String className, Map<String, Object> attributes) throws IOException {
        byte[] object = new TorchScriptArchive().pickle(className, attributes);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            entry(zip, "data.pkl", object);
            entry(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            entry(zip, "constants.pkl", EMPTY_TUPLE);
            entry(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
            entry(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private byte[] pickle(String className, Map<String, Object> attributes) {
        op(0x80); // PROTO
        op(2);
        global("__torch__", className);
        op(')'); // EMPTY_TUPLE
        op(0x81); // NEWOBJ
        op('}'); // EMPTY_DICT
        op('('); // MARK
        attributes.forEach((name, value) -> {
            string(name);
            value(value);
        });
        op('u'); // SETITEMS
        op('b'); // BUILD
        op('.'); // STOP
        return pickle.toByteArray();
    }

    private void value(Object value) {
        if (value instanceof Boolean b) {
            op(b ? 0x88 : 0x89);
        } else if (value instanceof Long n) {
            number(n);
        } else if (value instanceof Double d) {
            number(d);
        } else if (value instanceof String s) {
            string(s);
        } else if (value instanceof long[] ns) {
            list("build_intlist", () -> {
                for (long n : ns) {
                    number(n);
                }
            });
        } else if (value instanceof double[] ds) {
            list("build_doublelist", () -> {
                for (double d : ds) {
                    number(d);
                }
            });
        } else if (value instanceof List<?> l && l.isEmpty()) {
            list("build_tensorlist", () -> {});
        } else if (value instanceof Map<?, ?> m && m.isEmpty()) {
            op('}'); // EMPTY_DICT
        } else {
            throw new IllegalArgumentException("no attribute can hold " + value);
        }
    }

    /** {@code torch.jit._pickle.build_…([…])}: how TorchScript tells a list's element type. */
    private void list(String builder, Runnable elements) {
        global("torch.jit._pickle", builder);
        op(']'); // EMPTY_LIST
        op('(');
        elements.run();
        op('e'); // APPENDS
        op(0x85); // TUPLE1
        op('R'); // REDUCE
    }

    private void number(long n) {
        op(0x8a); // LONG1
        op(Long.BYTES);
        bytes(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(n));
    }

    private void number(double d) {
        op('G'); // BINFLOAT, big endian
        bytes(ByteBuffer.allocate(Double.BYTES).putDouble(d));
    }

    private void string(String s) {
        byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
        op('X'); // BINUNICODE
        bytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length));
        pickle.writeBytes(utf8);
    }

    private void global(String module, String name) {
        op('c');
        pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void bytes(ByteBuffer buffer) {
        pickle.writeBytes(buffer.array());
    }

    private void op(int code) {
        pickle.write(code);
    }
}
