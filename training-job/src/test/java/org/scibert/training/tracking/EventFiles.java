package org.scibert.training.tracking;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads event files as TensorBoard does, checksums included. */
final class EventFiles {
    private EventFiles() {}

    /** A number at a step. */
    record Scalar(long step, String tag, float value) {}

    static List<byte[]> records(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = Arrays.copyOfRange(file, in.position(), in.position() + 8);
            byte[] data = new byte[(int) in.getLong()];
            check(length, in.getInt());
            in.get(data);
            check(data, in.getInt());
            records.add(data);
        }
        return records;
    }

    private static void check(byte[] data, int checksum) {
        if (EventRecord.maskedChecksum(data) != checksum) {
            throw new AssertionError("checksum of " + data.length + " bytes");
        }
    }

    /** The events with a plain number, in their order. */
    static List<Scalar> scalars(byte[] file) throws IOException {
        List<Scalar> scalars = new ArrayList<>();
        for (byte[] event : records(file)) {
            long step = 0;
            CodedInputStream in = CodedInputStream.newInstance(event);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 2 -> step = in.readInt64();
                    case 5 -> {
                        CodedInputStream summary = CodedInputStream.newInstance(in.readByteArray());
                        summary.readTag();
                        Scalar value = value(step, CodedInputStream.newInstance(summary.readByteArray()));
                        if (value != null) {
                            scalars.add(value);
                        }
                    }
                    default -> in.skipField(tag);
                }
            }
        }
        return scalars;
    }

    private static Scalar value(long step, CodedInputStream in) throws IOException {
        String name = null;
        Float number = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = in.readString();
                case 2 -> number = in.readFloat();
                default -> in.skipField(tag);
            }
        }
        return number == null ? null : new Scalar(step, name, number);
    }
}
