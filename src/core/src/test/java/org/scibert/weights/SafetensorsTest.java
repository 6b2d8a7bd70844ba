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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
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

    @Test
    void tensorsStartAtMultiplesOf64() throws IOException {
        Path file = folder.resolve("m.safetensors");
        Safetensors.write(
                file,
                List.of(
                        Tensor.of("a", new long[] {1}, new float[] {1}),
                        Tensor.of("b", new long[] {1}, new float[] {2})),
                Map.of());
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int base = 8 + (int) content.getLong(0);
        assertThat(base % 64).isZero();
        assertThat(content.getFloat(base)).isEqualTo(1);
        assertThat(content.getFloat(base + 64)).isEqualTo(2);
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
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(json.length).put(json);
        Path file = Files.write(folder.resolve("bad.safetensors"), content.array());
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
}
