package org.scibert.training.encoder;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.razorvine.pickle.Opcodes;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;

/** Writes pytorch_model.bin as torch.save does, in both layouts, without torch. */
final class TorchFiles {
    private static final Map<ElementType, String> CLASSES = Map.of(
            ElementType.F64, "DoubleStorage",
            ElementType.F32, "FloatStorage",
            ElementType.F16, "HalfStorage",
            ElementType.BF16, "BFloat16Storage",
            ElementType.I64, "LongStorage");

    /** A view: {@code key} names a storage of {@code elements} elements. */
    record View(String key, ElementType type, long elements, long offset, long[] shape, long[] strides) {}

    /** What a file holds: views by name, and the storages' bytes by key. */
    record Content(Map<String, View> views, Map<String, byte[]> storages) {
        /** Each tensor contiguous, in a storage of its own. */
        static Content of(Iterable<Tensor> tensors) {
            Content content = new Content(new LinkedHashMap<>(), new LinkedHashMap<>());
            tensors.forEach(content::add);
            return content;
        }

        void add(Tensor tensor) {
            String key = Integer.toString(storages.size());
            long[] strides = new long[tensor.shape().length];
            long stride = 1;
            for (int i = strides.length - 1; i >= 0; i--) {
                strides[i] = stride;
                stride *= tensor.shape()[i];
            }
            views.put(tensor.name(), new View(key, tensor.type(), stride, 0, tensor.shape(), strides));
            byte[] bytes = new byte[tensor.data().remaining()];
            tensor.data().get(bytes);
            storages.put(key, bytes);
        }
    }

    private TorchFiles() {}

    static void writeZip(Path file, Content content) throws IOException {
        writeZip(file, stateDict(content, false), content.storages(), "little", ZipEntry.STORED);
    }

    static void writeZip(Path file, byte[] pickle, Map<String, byte[]> storages, String byteOrder, int method)
            throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "archive/data.pkl", pickle, ZipEntry.STORED);
            put(zip, "archive/byteorder", byteOrder.getBytes(), ZipEntry.STORED);
            for (Map.Entry<String, byte[]> storage : storages.entrySet()) {
                put(zip, "archive/data/" + storage.getKey(), storage.getValue(), method);
            }
            put(zip, "archive/version", "3\n".getBytes(), ZipEntry.STORED);
        }
    }

    static void writeLegacy(Path file, Content content) throws IOException {
        writeLegacy(file, stateDict(content, true), content, true);
    }

    static void writeLegacy(Path file, byte[] pickle, Content content, boolean littleEndian) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(new PickleBytes().big(new BigInteger("1950a86a20f9469cfc6c", 16)).stop());
            out.write(new PickleBytes().number(1001).stop());
            out.write(new PickleBytes().op(Opcodes.EMPTY_DICT).text("little_endian")
                    .op(littleEndian ? Opcodes.NEWTRUE : Opcodes.NEWFALSE).op(Opcodes.SETITEM).stop());
            out.write(pickle);
            // torch sorts the keys as text.
            List<String> keys = new ArrayList<>(content.storages().keySet());
            keys.sort(null);
            PickleBytes names = new PickleBytes().op(Opcodes.EMPTY_LIST).op(Opcodes.MARK);
            keys.forEach(names::text);
            out.write(names.op(Opcodes.APPENDS).stop());
            for (String key : keys) {
                byte[] bytes = content.storages().get(key);
                long elements = content.views().values().stream()
                        .filter(v -> v.key().equals(key)).findFirst().orElseThrow().elements();
                out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(elements).array());
                out.write(bytes);
            }
        }
    }

    /** An OrderedDict of tensors with the attribute {@code _metadata}, as Module.state_dict() makes it. */
    static byte[] stateDict(Content content, boolean legacy) {
        PickleBytes pickle = new PickleBytes()
                .global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE).op(Opcodes.MARK);
        content.views().forEach((name, view) -> tensor(pickle.text(name), view, legacy));
        return pickle.op(Opcodes.SETITEMS)
                .op(Opcodes.EMPTY_DICT).text("_metadata")
                .global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE)
                .op(Opcodes.SETITEM).op(Opcodes.BUILD).stop();
    }

    static PickleBytes tensor(PickleBytes pickle, View view, boolean legacy) {
        pickle.global("torch._utils", "_rebuild_tensor_v2").op(Opcodes.MARK);
        pickle.op(Opcodes.MARK).text("storage").global("torch", CLASSES.get(view.type()))
                .text(view.key()).text("cpu").number(view.elements());
        if (legacy) {
            pickle.op(Opcodes.NONE);
        }
        pickle.op(Opcodes.TUPLE).op(Opcodes.BINPERSID);
        return pickle.number(view.offset()).numbers(view.shape()).numbers(view.strides())
                .op(Opcodes.NEWFALSE)
                .global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE)
                .op(Opcodes.TUPLE).op(Opcodes.REDUCE);
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            entry.setCrc(crc.getValue());
            entry.setSize(bytes.length);
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
