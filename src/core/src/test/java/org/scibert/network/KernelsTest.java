package org.scibert.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.runtime.Processor;

class KernelsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            amd64   | avx2                                          | fp16 | int8_halved   | int8_emulated
            amd64   | avx2,avx_vnni                                 | fp16 | int8_onednn   | int8_onednn
            amd64   | avx512_vnni,avx512_bf16                       | bf16 | int8          | int8
            amd64   | avx512_vnni,avx512_bf16,amx_bf16,amx_int8     | bf16 | int8_onednn   | int8_onednn
            aarch64 | asimddp,i8mm                                  | fp32 | int8_emulated | int8_emulated
            """)
    void int8IsReadByTheKernelsOfTheProcessor(
            String architecture, String instructions, String half, String fastest, String exact) {
        Processor processor = new Processor("any", architecture, Set.of(instructions.split(",")));

        assertThat(Kernels.fastest(Precision.INT8, processor)).isEqualTo(new Kernels(half, fastest));
        assertThat(Kernels.exact(Precision.INT8, processor).int8()).isEqualTo(exact);
    }
}
