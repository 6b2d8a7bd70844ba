package org.scibert.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.io.FileNotWrittenException;

class SafetensorsTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsMapped() throws IOException {
        Tensor a = Tensor.of("a", new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6});
        Tensor scalar = Tensor.of("s", new long[0], new float[] {7});
        Tensor bytes = new Tensor("b", ElementType.I8, new long[] {3}, ByteBuffer.wrap(new byte[] {-1, 0, 1}));
        Tensor none = Tensor.of("n", new long[] {0, 4}, new float[0]);
        Path file = folder.resolve("m.safetensors");
        Safetensors.write(file, List.of(a, bytes, none, scalar), Map.of("format", "pt"));

        Map<String, Tensor> mapped = Safetensors.map(file);
        assertThat(mapped).containsOnlyKeys("a", "b", "n", "s");
        assertThat(mapped.get("a").shape()).containsExactly(2, 3);
        assertThat(mapped.get("a").floats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(mapped.get("s").floats()).containsExactly(7);
        assertThat(mapped.get("b").data().get(0)).isEqualTo((byte) -1);
        assertThat(mapped.get("n").floats()).isEmpty();
        assertThat(mapped.get("a").data().isDirect()).as("bound without a copy").isTrue();
    }

    /** By the format's own rules: the header begins at byte 8 and is padded with spaces, the tensors fill the rest. */
    @Test
    void tensorsFillTheFileWithoutHolesTheWidestFirst() throws IOException {
        Path file = folder.resolve("m.safetensors");
        Tensor half = new Tensor("h", ElementType.F16, new long[] {3}, ByteBuffer.allocate(6));
        Tensor bytes = new Tensor("b", ElementType.I8, new long[] {3}, ByteBuffer.wrap(new byte[] {5, 6, 7}));
        Safetensors.write(
                file,
                List.of(bytes, half, Tensor.of("y", new long[] {1}, new float[] {1}),
                        Tensor.of("x", new long[] {1}, new float[] {2})),
                Map.of("format", "pt"));

        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) content.getLong(0);
        assertThat((8 + header) % 64).as("aligned for vector loads").isZero();
        assertThat(new String(content.array(), 8, header, StandardCharsets.UTF_8).stripTrailing()).isEqualTo("""
                {"__metadata__":{"format":"pt"},\
                "y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},\
                "x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},\
                "h":{"dtype":"F16","shape":[3],"data_offsets":[8,14]},\
                "b":{"dtype":"I8","shape":[3],"data_offsets":[14,17]}}""");
        assertThat(content.capacity()).isEqualTo(8 + header + 17);
        assertThat(content.getFloat(8 + header + 4)).isEqualTo(2);
        assertThat(content.get(8 + header + 16)).isEqualTo((byte) 7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a hole             | 0,4 | 8,12 | 12 | tensor b begins at byte 8 of the data, where 4 was expected",
        "an overlap         | 0,4 | 0,4  | 4  | tensor b begins at byte 0 of the data, where 4 was expected",
        "a hole at the start| 4,8 | 8,12 | 12 | tensor a begins at byte 4 of the data, where 0 was expected",
        "bytes of no tensor | 0,4 | 4,8  | 12 | its tensors end at byte 8 of the data, which has 12 bytes",
    })
    void tensorsThatDoNotFillTheFileAreRefused(String what, String a, String b, int bytes, String message)
            throws IOException {
        Path file = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%s]},".formatted(a)
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%s]}}".formatted(b), bytes);

        assertThatThrownBy(() -> Safetensors.map(file)).as(what)
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(file + " is not a safetensors file: " + message);
    }

    @Test
    void filesThatVersion01PaddedTo64BytesAreStillRead() throws IOException {
        Path file = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[64,68]}}", 68);

        assertThat(Safetensors.map(file)).containsOnlyKeys("a", "b");
    }

    /** Linux's device that is always full. */
    @Test
    @EnabledIf("hasFullDevice")
    void aFullDiskIsNamedWithTheFile() {
        assertThatThrownBy(() -> Safetensors.write(FULL, List.of(Tensor.of("a", new long[] {1}, new float[] {1})),
                        Map.of()))
                .isInstanceOf(FileNotWrittenException.class)
                .hasMessageStartingWith("/dev/full cannot be written: ");
        assertThat(FULL).exists();
    }

    static boolean hasFullDevice() {
        return Files.isWritable(FULL);
    }

    @Test
    void aGitLfsPointerIsNamedAsSuch() throws IOException {
        Path file = Files.writeString(folder.resolve("model.safetensors"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 90868376\n");

        assertThatThrownBy(() -> Safetensors.map(file)).isInstanceOf(WeightsException.class).hasMessage(
                file + " is a Git LFS pointer and not the file itself; fetch it with: git lfs pull");
    }

    @Test
    void anElementTypeThatIsNotReadIsNamed() throws IOException {
        Path file = file("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4);

        assertThatThrownBy(() -> Safetensors.map(file)).hasMessage(file + ": tensor a: its element type F8_E4M3 can't "
                + "be read; save it as one of [F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL]");
    }

    @Test
    void theSameTensorsGiveTheSameBytes() throws IOException {
        Tensor a = Tensor.of("a", new long[] {2}, new float[] {1, 2});
        Safetensors.write(folder.resolve("1"), List.of(a), Map.of("format", "pt"));
        Safetensors.write(folder.resolve("2"), List.of(a), Map.of("format", "pt"));
        assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
    }

    @Test
    void twoTensorsOfOneNameAreRefused() {
        Tensor a = Tensor.of("a", new long[] {1}, new float[] {1});
        assertThatThrownBy(() -> Safetensors.write(folder.resolve("m"), List.of(a, a), Map.of()))
                .hasMessage("two tensors are named a");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "not json",
        "[]",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F99\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[100],\"data_offsets\":[0,400]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775803,9223372036854775807]}}"
    })
    void malformedHeadersAreRefusedWithTheFilesName(String header) throws IOException {
        Path file = file(header, 8);
        assertThatThrownBy(() -> Safetensors.map(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("bad.safetensors");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 17, Long.MAX_VALUE, 100_000_001})
    void headerLengthsBeyondTheFileAreRefused(long length) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Path file = Files.write(folder.resolve("bad.safetensors"), content.array());
        assertThatThrownBy(() -> Safetensors.map(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("bytes, 16 follow");
    }

    @Test
    void aFileOfAFewBytesIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("bad.safetensors"), new byte[5]);
        assertThatThrownBy(() -> Safetensors.map(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("ends after 5 bytes");
    }

    private Path file(String header, int bytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(8 + json.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(json.length).put(json);
        return Files.write(folder.resolve("bad.safetensors"), content.array());
    }
}
