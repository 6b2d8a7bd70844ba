package org.scibert.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void aBlankVariableIsUnsetAndValuesAreStripped() {
        Map<String, String> environment = Map.of("EMPTY", "", "BLANK", " \t", "VALUE", " 64 ");

        assertThat(Environment.setting(environment, "EMPTY")).isEmpty();
        assertThat(Environment.setting(environment, "BLANK")).isEmpty();
        assertThat(Environment.setting(environment, "ABSENT")).isEmpty();
        assertThat(Environment.setting(environment, "VALUE")).contains("64");
    }
}
