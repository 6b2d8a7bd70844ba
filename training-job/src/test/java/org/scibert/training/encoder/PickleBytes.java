package org.scibert.training.encoder;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.razorvine.pickle.Opcodes;

/** Writes pickles instruction by instruction, the good ones as Python writes them and the others as it wouldn't. */
final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleBytes() {
        op(Opcodes.PROTO).raw(2);
    }

    PickleBytes op(short opcode) {
        out.write(opcode);
        return this;
    }

    PickleBytes raw(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    PickleBytes line(String text) {
        out.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PickleBytes global(String module, String name) {
        return op(Opcodes.GLOBAL).line(module).line(name);
    }

    PickleBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op(Opcodes.BINUNICODE).int32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    PickleBytes number(long number) {
        return op(Opcodes.BININT).int32(Math.toIntExact(number));
    }

    PickleBytes big(BigInteger number) {
        byte[] bytes = number.toByteArray();
        op(Opcodes.LONG1).raw(bytes.length);
        for (int i = bytes.length - 1; i >= 0; i--) {
            out.write(bytes[i]);
        }
        return this;
    }

    PickleBytes numbers(long... numbers) {
        op(Opcodes.MARK);
        for (long n : numbers) {
            number(n);
        }
        return op(Opcodes.TUPLE);
    }

    PickleBytes int32(int value) {
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
        return this;
    }

    byte[] stop() {
        out.write(Opcodes.STOP);
        return out.toByteArray();
    }
}
