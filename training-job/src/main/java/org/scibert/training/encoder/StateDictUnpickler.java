package org.scibert.training.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.scibert.io.Text;
import org.scibert.training.encoder.StoredTensor.Storage;
import org.scibert.weights.WeightsException;

/**
 * Reads the pickle of a state dict and nothing else.
 *
 * <p>The library resolves classes in a registry of its own (exceptions, dates, byte arrays and more) that any code in
 * the process may add to. Every instruction that names or makes an object is therefore taken over here: names are
 * looked up in {@link TorchClasses} alone, instructions that no state dict has are refused, and attributes are dropped.
 */
final class StateDictUnpickler extends Unpickler {
    /** A pickle takes some 300 bytes a tensor, and may swell to fifty times its size when read. */
    static final int MAX_BYTES = 16 << 20;

    private final ByteBuffer bytes;
    private final Consumer<Storage> storages;

    private StateDictUnpickler(ByteBuffer bytes, Consumer<Storage> storages) {
        this.bytes = bytes;
        this.storages = storages;
    }

    /**
     * Reads one pickle; the buffer's position moves behind it.
     *
     * @param file for messages
     * @param storages is told of every storage that the pickle refers to
     * @return numbers, strings, lists, maps, arrays for tuples, {@link Storage} and {@link StoredTensor}
     */
    static Object read(Path file, ByteBuffer bytes, Consumer<Storage> storages) throws WeightsException {
        try {
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            return new StateDictUnpickler(bytes, storages).load(new BufferStream(bytes));
        } catch (PickleException e) {
            throw new WeightsException(Text.format("%s is refused: %s", file, e.getMessage()), e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A stack overflows on lists nested without end; anything else thrown is a value where no such value fits.
            throw new WeightsException(Text.format(
                    "%s is damaged: its pickle makes no sense before byte %s (%s); fetch it again",
                    file, bytes.position(), e), e);
        }
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case Opcodes.GLOBAL -> {
                String module = PickleUtils.readline(input);
                stack.add(TorchClasses.find(module, PickleUtils.readline(input)));
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(TorchClasses.find((String) stack.pop(), name));
            }
            case Opcodes.INST -> {
                String module = PickleUtils.readline(input);
                TorchClasses.find(module, PickleUtils.readline(input));
                throw foreign(opcode);
            }
            case Opcodes.LONG, Opcodes.OBJ, Opcodes.NEWOBJ, Opcodes.NEWOBJ_EX, Opcodes.EXT1, Opcodes.EXT2, Opcodes.EXT4,
                    Opcodes.NEXT_BUFFER -> throw foreign(opcode);
            case Opcodes.BUILD -> dropAttributes();
            case Opcodes.LONG4, Opcodes.BINSTRING, Opcodes.BINUNICODE, Opcodes.BINBYTES ->
                    announced(opcode, bytes.getInt(bytes.position()), Integer.BYTES);
            case Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 ->
                    announced(opcode, bytes.getLong(bytes.position()), Long.BYTES);
            default -> {
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    @Override
    protected Object persistentLoad(Object id) {
        Storage storage = TorchClasses.storage(id);
        storages.accept(storage);
        return storage;
    }

    /** Checks a length before the library allocates an array of it. */
    private void announced(short opcode, long length, int lengthBytes) throws IOException {
        if (length < 0 || length > bytes.remaining() - lengthBytes) {
            throw new PickleException(Text.format(
                    "it announces %s bytes where %s are left; it may be cut off, fetch it again",
                    length, bytes.remaining() - lengthBytes));
        }
        super.dispatch(opcode);
    }

    /** Drops the attributes of a state dict: the versions of its modules. */
    private void dropAttributes() {
        stack.pop();
        if (!(stack.peek() instanceof Map)) {
            throw new PickleException("it sets attributes of something other than a state dict");
        }
    }

    /** A buffer as a stream; reading moves the buffer's position. */
    private static final class BufferStream extends InputStream {
        private final ByteBuffer buffer;

        BufferStream(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int read() {
            return buffer.hasRemaining() ? Byte.toUnsignedInt(buffer.get()) : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length > 0 && !buffer.hasRemaining()) {
                return -1;
            }
            int n = Math.min(length, buffer.remaining());
            buffer.get(target, offset, n);
            return n;
        }

        @Override
        public int available() {
            return buffer.remaining();
        }
    }

    private static PickleException foreign(short opcode) {
        return new PickleException(
                Text.format("it holds the pickle instruction 0x%02x, which no state dict needs; use model.safetensors",
                        opcode));
    }
}
