package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.scibert.weights.ElementType;
import org.scibert.weights.Tensor;

class Float32Test {
    @Test
    void bfloat16IsTheUpperHalfOfAFloat() {
        Tensor tensor = new Tensor("t", ElementType.BF16, new long[] {2}, bytes(4).putShort((short) 0xbfc0)
                .putShort((short) 0x7f80).flip());
        assertThat(Float32.of(tensor).floats()).containsExactly(-1.5f, Float.POSITIVE_INFINITY);
    }

    @Test
    void doublesAreRoundedToNearest() {
        Tensor tensor = new Tensor("t", ElementType.F64, new long[] {1}, bytes(8).putDouble(1 + 0x1.8p-24).flip());
        assertThat(Float32.of(tensor).floats()).containsExactly(1 + 0x1p-23f);
    }

    @Test
    void floatsAreNotCopied() {
        Tensor tensor = Tensor.of("t", new long[] {1}, new float[] {3});
        assertThat(Float32.of(tensor)).isSameAs(tensor);
    }

    @Test
    void wholeNumbersAreRefused() {
        Tensor tensor = new Tensor("ids", ElementType.I64, new long[] {1}, bytes(8).putLong(1).flip());
        assertThatThrownBy(() -> Float32.of(tensor)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor ids holds I64, not floats");
    }

    private static ByteBuffer bytes(int n) {
        return ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
    }
}
