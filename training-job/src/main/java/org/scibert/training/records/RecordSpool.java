package org.scibert.training.records;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.io.AtomicFiles;
import org.scibert.training.records.RecordWriter.Annotated;
import org.scibert.training.records.SourceRecord.Field;
import org.scibert.training.records.SourceRecord.Kind;

/** Records kept in a file until their order is known: in memory, each has the 8 bytes of its place. */
public final class RecordSpool implements Closeable {
    private final Path path;
    private final OutputStream out;
    private RandomAccessFile in;
    private long[] places = new long[1024];
    private int size;
    private long written;

    /**
     * @param path of a file that is created, and that the caller deletes
     * @param target that messages name where the disk is full
     */
    public RecordSpool(Path path, Path target) throws IOException {
        this.path = path;
        this.out = new BufferedOutputStream(AtomicFiles.output(path, target), 1 << 16);
    }

    /** Appends a record. */
    public void add(Annotated record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(record.record().line());
        data.writeBoolean(record.readable());
        writeText(data, record.record().raw());
        data.writeInt(record.record().fields().size());
        for (Map.Entry<String, Field> field : record.record().fields().entrySet()) {
            writeText(data, field.getKey());
            data.writeByte(field.getValue().kind().ordinal());
            writeTexts(data, field.getValue().texts());
        }
        writeTexts(data, record.values());
        writeTexts(data, record.notes());
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size++] = written;
        written += bytes.size();
        bytes.writeTo(out);
    }

    /** The number of records. */
    public int size() {
        return size;
    }

    /** Reads a record, by its number from 0; none can be added then. */
    public Annotated get(int index) throws IOException {
        if (in == null) {
            out.close();
            in = new RandomAccessFile(path.toFile(), "r");
        }
        long end = index + 1 < size ? places[index + 1] : written;
        byte[] bytes = new byte[(int) (end - places[index])];
        in.seek(places[index]);
        in.readFully(bytes);
        DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
        int line = data.readInt();
        boolean readable = data.readBoolean();
        String raw = readText(data);
        Map<String, Field> fields = new LinkedHashMap<>();
        for (int left = data.readInt(); left > 0; left--) {
            String name = readText(data);
            Kind kind = Kind.values()[data.readByte()];
            fields.put(name, new Field(kind, readTexts(data)));
        }
        return new Annotated(new SourceRecord(line, raw, fields), readable, readTexts(data), readTexts(data));
    }

    private static void writeText(DataOutputStream data, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        data.writeInt(bytes.length);
        data.write(bytes);
    }

    private static String readText(DataInputStream data) throws IOException {
        return new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8);
    }

    private static void writeTexts(DataOutputStream data, List<String> texts) throws IOException {
        data.writeInt(texts.size());
        for (String text : texts) {
            writeText(data, text);
        }
    }

    private static List<String> readTexts(DataInputStream data) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = data.readInt(); left > 0; left--) {
            texts.add(readText(data));
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (in != null) {
            in.close();
        }
    }
}
