package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import net.razorvine.pickle.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.training.encoder.StoredTensor.Storage;
import org.scibert.training.encoder.TorchFiles.Content;
import org.scibert.training.encoder.TorchFiles.View;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

class TorchCheckpointTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("pytorch_model.bin");
    }

    private void write(boolean legacy, Content content) throws IOException {
        if (legacy) {
            TorchFiles.writeLegacy(file(), content);
        } else {
            TorchFiles.writeZip(file(), content);
        }
    }

    /** Three floats 0, 1, 2 … in storage "0". */
    private static Content counting(View view) {
        ByteBuffer bytes = ByteBuffer.allocate((int) view.elements() * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < view.elements(); i++) {
            bytes.putFloat(i);
        }
        return new Content(new LinkedHashMap<>(Map.of("t", view)), Map.of("0", bytes.array()));
    }

    private static View view(long elements, long offset, long[] shape, long[] strides) {
        return new View("0", ElementType.F32, elements, offset, shape, strides);
    }

    private Tensor read(String name) throws IOException {
        try (WeightsFile checkpoint = TorchCheckpoint.open(file())) {
            return checkpoint.read(name);
        }
    }

    @ParameterizedTest
    @CsvSource({"false,F32", "false,F16", "false,BF16", "false,F64", "true,F32", "true,F16", "true,BF16", "true,F64"})
    void bothLayoutsGiveTheWeightsInEveryTypeOfFloats(boolean legacy, ElementType type) throws IOException {
        TinyEncoder.writeSurroundings(folder);
        Content content = Content.of(TinyEncoder.weights().values().stream()
                .map(t -> TinyEncoder.as(type, t).named(t.name().replace("LayerNorm.weight", "LayerNorm.gamma")
                        .replace("LayerNorm.bias", "LayerNorm.beta"))).toList());
        content.add(new Tensor("bert.embeddings.position_ids", ElementType.I64, new long[] {1, 1},
                ByteBuffer.allocate(8)));
        write(legacy, content);
        EncoderFolderTest.assertIsTiny(EncoderFolder.open("tiny", folder, null));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aContiguousViewBeginsAtItsOffset(boolean legacy) throws IOException {
        write(legacy, counting(view(10, 3, new long[] {2, 3}, new long[] {3, 1})));
        assertThat(read("t").floats()).containsExactly(3, 4, 5, 6, 7, 8);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTransposedViewIsGathered(boolean legacy) throws IOException {
        // Rows of a 2 × 3 matrix that is stored as 3 × 2: element (i, j) lies at 1 + i + 2 j.
        write(legacy, counting(view(7, 1, new long[] {2, 3}, new long[] {1, 2})));
        assertThat(read("t").floats()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(read("t").shape()).containsExactly(2, 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tiedTensorsShareAStorage(boolean legacy) throws IOException {
        Content content = counting(view(4, 0, new long[] {4}, new long[] {1}));
        content.views().put("u", view(4, 2, new long[] {2}, new long[] {1}));
        write(legacy, content);
        assertThat(read("t").floats()).containsExactly(0, 1, 2, 3);
        assertThat(read("u").floats()).containsExactly(2, 3);
    }

    @ParameterizedTest
    @CsvSource({"2,3,1,0", "2,2,3,1", "-1,3,1,0", "0,3,-1,0", "0,4,0,0", "0,9223372036854775807,2,0", "0,2,1,7"})
    void aViewBeyondItsStorageIsRefused(long offset, long size, long stride, long secondStride) {
        long[] shape = secondStride == 0 ? new long[] {size} : new long[] {size, 1};
        long[] strides = secondStride == 7 ? new long[] {stride} : Arrays.copyOf(new long[] {stride, 1}, shape.length);
        assertThatThrownBy(() -> new StoredTensor(new Storage("0", ElementType.F32, 3), offset, shape, strides))
                .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
    }

    @Test
    void anOrderedDictOfPythonTwoIsAListOfPairs() throws IOException {
        View view = view(2, 0, new long[] {2}, new long[] {1});
        PickleBytes pickle = new PickleBytes().global("collections", "OrderedDict")
                .op(Opcodes.EMPTY_LIST).op(Opcodes.EMPTY_LIST).op(Opcodes.MARK).text("t");
        TorchFiles.tensor(pickle, view, false);
        byte[] bytes = pickle.op(Opcodes.APPENDS).op(Opcodes.APPEND).op(Opcodes.TUPLE1).op(Opcodes.REDUCE).stop();
        TorchFiles.writeZip(file(), bytes, counting(view).storages(), "little", ZipEntry.STORED);
        assertThat(read("t").floats()).containsExactly(0, 1);
    }

    @Test
    void aParameterIsItsTensor() throws IOException {
        View view = view(2, 0, new long[] {2}, new long[] {1});
        PickleBytes pickle = new PickleBytes().op(Opcodes.EMPTY_DICT).text("t")
                .global("torch._utils", "_rebuild_parameter").op(Opcodes.MARK);
        TorchFiles.tensor(pickle, view, false);
        byte[] bytes = pickle.op(Opcodes.NEWTRUE).op(Opcodes.EMPTY_DICT).op(Opcodes.TUPLE).op(Opcodes.REDUCE)
                .op(Opcodes.SETITEM).stop();
        TorchFiles.writeZip(file(), bytes, counting(view).storages(), "little", ZipEntry.STORED);
        assertThat(read("t").floats()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileCutAnywhereIsRefusedAsDamaged(boolean legacy) throws IOException {
        write(legacy, counting(view(10, 0, new long[] {10}, new long[] {1})));
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read("t")).as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(WeightsException.class).hasMessageContaining("pytorch_model.bin");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileWithAnyByteChangedIsReadOrRefused(boolean legacy) throws IOException {
        write(legacy, counting(view(10, 0, new long[] {10}, new long[] {1})));
        byte[] good = Files.readAllBytes(file());
        for (int at = 0; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(file(), changed);
            try (WeightsFile checkpoint = TorchCheckpoint.open(file())) {
                for (String name : checkpoint.names()) {
                    checkpoint.read(name);
                }
            } catch (WeightsException e) {
                assertThat(e).hasMessageContaining("pytorch_model.bin");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStorageOfAnotherSizeThanAnnouncedIsRefused(boolean legacy) throws IOException {
        Content content = counting(view(10, 0, new long[] {10}, new long[] {1}));
        Content other = new Content(Map.of("t", view(9, 0, new long[] {9}, new long[] {1})), content.storages());
        if (legacy) {
            TorchFiles.writeLegacy(file(), TorchFiles.stateDict(other, true), content, true);
        } else {
            TorchFiles.writeZip(file(), TorchFiles.stateDict(other, false), content.storages(), "little",
                    ZipEntry.STORED);
        }
        assertThatThrownBy(() -> read("t")).isInstanceOf(WeightsException.class);
    }

    @Test
    void compressedStoragesAreRefused() throws IOException {
        Content content = counting(view(10, 0, new long[] {10}, new long[] {1}));
        TorchFiles.writeZip(file(), TorchFiles.stateDict(content, false), content.storages(), "little",
                ZipEntry.DEFLATED);
        assertThatThrownBy(() -> read("t")).isInstanceOf(WeightsException.class)
                .hasMessageContaining("entry archive/data/0 is compressed; torch.save stores it");
    }

    @Test
    void bigEndianFilesAreRefused() throws IOException {
        Content content = counting(view(1, 0, new long[] {1}, new long[] {1}));
        TorchFiles.writeZip(file(), TorchFiles.stateDict(content, false), content.storages(), "big", ZipEntry.STORED);
        assertThatThrownBy(() -> read("t")).isInstanceOf(WeightsException.class)
                .hasMessageContaining("byte order \"big\"");
        TorchFiles.writeLegacy(file(), TorchFiles.stateDict(content, true), content, false);
        assertThatThrownBy(() -> read("t")).isInstanceOf(WeightsException.class)
                .hasMessageContaining("little_endian false");
    }

    @Test
    void aGitLfsPointerIsCalledByItsName() throws IOException {
        Files.writeString(file(), "version https://git-lfs.github.com/spec/v1\n");
        assertThatThrownBy(() -> read("t")).isInstanceOf(WeightsException.class)
                .hasMessageContaining("is not a file of torch.save");
    }

    @Test
    void aPickleThatHoldsNoStateDictIsRefused() throws IOException {
        TorchFiles.writeZip(file(), new PickleBytes().number(1).stop(), Map.of(), "little", ZipEntry.STORED);
        assertThatThrownBy(() -> read("t")).isInstanceOf(WeightsException.class)
                .hasMessageContaining("holds no state dict");
    }
}
