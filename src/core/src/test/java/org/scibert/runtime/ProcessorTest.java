package org.scibert.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    @Test
    void nameAndInstructionsOfX86AreReadFromLinux() {
        Processor epyc = Processor.parse(List.of(
                "processor\t: 0",
                "model name\t: AMD EPYC",
                "flags\t\t: fpu avx avx2 avx512_bf16 avx512f avx512_vnni avx512vl"));
        assertThat(epyc).hasToString("AMD EPYC (avx2, avx512f, avx512_vnni, avx512_bf16)");
        assertThat(epyc.hasBf16()).isTrue();
    }

    @Test
    void instructionsOfArmAreReadFromLinux() {
        Processor graviton = Processor.parse(List.of("processor\t: 0", "Features\t: fp asimd asimddp i8mm bf16 sve"));
        assertThat(graviton.instructions()).containsExactly("asimddp", "i8mm", "bf16", "sve");
        assertThat(graviton.hasBf16()).isTrue();
    }

    @Test
    void aSystemThatTellsNothingHasItsArchitectureAlone() {
        Processor unknown = Processor.parse(List.of());
        assertThat(unknown).hasToString(System.getProperty("os.arch"));
        assertThat(unknown.hasBf16()).isFalse();
        assertThat(Processor.parse(List.of("model name : Intel Xeon", "flags : avx2 avx512f")).hasBf16()).isFalse();
    }
}
