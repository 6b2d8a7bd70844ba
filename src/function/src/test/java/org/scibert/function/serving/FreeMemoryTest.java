package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreeMemoryTest {
    @Test
    void linuxSaysWhatIsAvailable() {
        assertThat(FreeMemory.available("MemTotal:  4000 kB\nMemFree:  10 kB\nMemAvailable:    2048 kB\n"))
                .hasValue(2048 * 1024);
        assertThat(FreeMemory.available("")).isEmpty();
    }

    @Test
    void aContainerMayHaveALimit() {
        assertThat(FreeMemory.left("1000\n", "400\n")).hasValue(600);
        assertThat(FreeMemory.left("1000\n", "1400\n")).hasValue(0);
        assertThat(FreeMemory.left("max\n", "400\n")).isEmpty();
        assertThat(FreeMemory.left("", "")).isEmpty();
    }
}
