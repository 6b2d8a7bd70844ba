package org.scibert.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    /** Of "abc", from FIPS 180-2's appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void anEntryIsANameAndTheKeysDigest() {
        assertThat(ApiKey.of("alice", "abc").entry()).isEqualTo("alice:" + ABC);
        assertThat(ApiKey.parse(" alice : " + ABC.toUpperCase(Locale.ROOT))).isEqualTo(new ApiKey("alice", ABC));
    }

    @Test
    void keysAreOfTheirOwnFormAndNeverTheSame() {
        SecureRandom random = new SecureRandom();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(ApiKey.generate(random)).matches("scibert_[0-9a-f]{64}").satisfies(keys::add);
        }
        assertThat(keys).hasSize(100);
    }

    @Test
    void whatIsNoEntryIsRefusedAndNotRepeated() {
        for (String entry : new String[] {"alice", "alice:", ":" + ABC, "a b:" + ABC, "alice:" + ABC + "0", "alice:xyz",
            "x".repeat(65) + ":" + ABC}) {
            assertThatThrownBy(() -> ApiKey.parse(entry)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContainingAny("alice", ABC, "xyz");
        }
        assertThatThrownBy(() -> ApiKey.parse("alice:scibert_" + ABC)).hasMessageContaining("holds a key");
    }
}
