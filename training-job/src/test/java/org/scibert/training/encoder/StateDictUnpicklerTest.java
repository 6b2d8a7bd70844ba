package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.weights.ElementType;
import org.scibert.weights.WeightsException;

class StateDictUnpicklerTest {
    private static final Path FILE = Path.of("model.bin");

    private static Object read(byte[] pickle) throws WeightsException {
        return StateDictUnpickler.read(FILE, ByteBuffer.wrap(pickle), key -> {});
    }

    private static void assertRefused(byte[] pickle, String what) {
        assertThatThrownBy(() -> read(pickle)).isInstanceOf(WeightsException.class)
                .hasMessageStartingWith("model.bin is refused: it ").hasMessageContaining(what);
    }

    /** What attacks call, and what the library would make of its own accord. */
    @ParameterizedTest
    @CsvSource({"os,system", "posix,system", "nt,system", "subprocess,Popen", "builtins,eval", "builtins,exec",
        "__builtin__,eval", "builtins,getattr", "builtins,ValueError", "exceptions,OSError", "builtins,bytearray",
        "builtins,set", "builtins,complex", "datetime,datetime", "decimal,Decimal", "array,array",
        "copy_reg,_reconstructor", "_codecs,encode", "operator,attrgetter", "torch,load",
        "torch._utils,_rebuild_qtensor", "torch.jit,load", "collections,Counter", "'',''"})
    void aClassBeyondTheListIsRefusedByNameHoweverItIsAskedFor(String module, String name) {
        String what = module + "." + name;
        assertRefused(new PickleBytes().global(module, name).text("id").op(Opcodes.TUPLE1).op(Opcodes.REDUCE).stop(),
                what);
        assertRefused(new PickleBytes().text(module).text(name).op(Opcodes.STACK_GLOBAL).text("id").op(Opcodes.TUPLE1)
                .op(Opcodes.REDUCE).stop(), what);
        assertRefused(new PickleBytes().op(Opcodes.MARK).text("id").op(Opcodes.INST).line(module).line(name).stop(),
                what);
        assertRefused(new PickleBytes().op(Opcodes.MARK).global(module, name).text("id").op(Opcodes.OBJ).stop(), what);
        assertRefused(new PickleBytes().global(module, name).op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ).stop(), what);
    }

    static Stream<byte[]> instructionsThatMakeObjects() {
        return Stream.of(
                new PickleBytes().op(Opcodes.EXT1).raw(1).stop(),
                new PickleBytes().op(Opcodes.EXT2).raw(1, 0).stop(),
                new PickleBytes().op(Opcodes.EXT4).raw(1, 0, 0, 0).stop(),
                new PickleBytes().op(Opcodes.NEXT_BUFFER).stop(),
                new PickleBytes().op(Opcodes.MARK).op(Opcodes.INST).line("collections").line("OrderedDict").stop(),
                new PickleBytes().op(Opcodes.MARK).global("collections", "OrderedDict").op(Opcodes.OBJ).stop(),
                new PickleBytes().global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ)
                        .stop(),
                new PickleBytes().global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.EMPTY_DICT)
                        .op(Opcodes.NEWOBJ_EX).stop());
    }

    @ParameterizedTest
    @MethodSource("instructionsThatMakeObjects")
    void instructionsThatNoStateDictHasAreRefused(byte[] pickle) {
        assertRefused(pickle, "holds the pickle instruction 0x");
    }

    @Test
    void whatOthersRegisterWithTheLibraryStaysOut() {
        List<Object> made = new ArrayList<>();
        IObjectConstructor spy = arguments -> made.add("called");
        Unpickler.registerConstructor("evil", "Thing", spy);
        Unpickler.registerConstructor("collections", "OrderedDict", spy);
        assertRefused(new PickleBytes().global("evil", "Thing").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE).stop(),
                "evil.Thing");
        assertRefused(new PickleBytes().op(Opcodes.MARK).op(Opcodes.INST).line("evil").line("Thing").stop(),
                "evil.Thing");
        assertThat(made).isEmpty();
    }


    @Test
    void attributesAreDroppedFromDictionariesAndRefusedElsewhere() throws WeightsException {
        assertThat(read(new PickleBytes().op(Opcodes.EMPTY_DICT).text("state").op(Opcodes.BUILD).stop()))
                .isEqualTo(Map.of());
        assertRefused(new PickleBytes().op(Opcodes.EMPTY_LIST).text("state").op(Opcodes.BUILD).stop(),
                "sets attributes of something other than a state dict");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 6})
    void announcedLengthsAreCheckedBeforeMemoryIsTaken(int length) {
        for (short opcode : new short[] {Opcodes.BINUNICODE, Opcodes.BINBYTES, Opcodes.BINSTRING, Opcodes.LONG4}) {
            byte[] pickle = new PickleBytes().op(opcode).int32(length).raw(1, 2, 3, 4).stop();
            assertRefused(pickle, "announces " + length + " bytes where 5 are left");
        }
        for (short opcode : new short[] {Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8}) {
            byte[] pickle = new PickleBytes().op(opcode).int32(length).int32(length < 0 ? -1 : 0)
                    .raw(1, 2, 3, 4).stop();
            assertRefused(pickle, "announces " + length + " bytes where 5 are left");
        }
    }

    @Test
    void aListThatHoldsItselfIsNoKey() {
        // hashCode() of such a list doesn't end.
        byte[] pickle = new PickleBytes().op(Opcodes.EMPTY_DICT).op(Opcodes.EMPTY_LIST).op(Opcodes.DUP)
                .op(Opcodes.APPEND).number(1).op(Opcodes.SETITEM).stop();
        assertThatThrownBy(() -> read(pickle)).isInstanceOf(WeightsException.class)
                .hasMessageContaining("model.bin is damaged");
    }

    @Test
    void storagesAreReferredToByNumber() {
        byte[] pickle = new PickleBytes().op(Opcodes.MARK).text("storage").global("torch", "FloatStorage")
                .text("../../etc/passwd").text("cpu").number(1).op(Opcodes.TUPLE).op(Opcodes.BINPERSID).stop();
        assertThatThrownBy(() -> read(pickle)).isInstanceOf(WeightsException.class)
                .hasMessageContaining("storage \"../../etc/passwd\" is not named by a number");
    }

    @Test
    void storagesThatAreViewsOfOthersAreRefused() {
        byte[] pickle = new PickleBytes().op(Opcodes.MARK).text("storage").global("torch", "FloatStorage")
                .text("0").text("cpu").number(9).numbers(1, 2, 3).op(Opcodes.TUPLE).op(Opcodes.BINPERSID).stop();
        assertRefused(pickle, "before PyTorch 0.4");
    }

    @Test
    void storagesAreNotCalled() {
        byte[] pickle = new PickleBytes().global("torch", "FloatStorage").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE)
                .stop();
        assertRefused(pickle, "makes a storage of F32");
    }

    /** Every byte of a good pickle replaced by some forty others: twenty thousand pickles, most of them nonsense. */
    @Test
    void aPickleWithAnyByteChangedIsReadOrRefused() {
        TorchFiles.View view = new TorchFiles.View("0", ElementType.F32, 2, 0, new long[] {2}, new long[] {1});
        byte[] good = TorchFiles.stateDict(new TorchFiles.Content(Map.of("t", view), Map.of()), false);
        int refused = 0;
        for (int at = 0; at < good.length; at++) {
            for (int value = 0; value < 256; value += 7) {
                byte[] changed = good.clone();
                changed[at] = (byte) value;
                try {
                    read(changed);
                } catch (WeightsException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(good.length * 15);
    }
}
