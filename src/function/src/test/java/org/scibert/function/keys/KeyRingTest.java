package org.scibert.function.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.signing.ApiKey;

class KeyRingTest {
    /** Of "abc", from FIPS 180-2's appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String ZEROS = "0".repeat(64);

    @Test
    void aKeyIsKnownByItsDigest() {
        KeyRing ring = KeyRing.parse("# who screens\nalice:" + ABC + ", bob : " + ZEROS + "\n\n  # no more\r\n");

        assertThat(ring.size()).isEqualTo(2);
        assertThat(ring.nameOf("abc")).contains("alice");
        assertThat(ring.nameOf("abd")).isEmpty();
        assertThat(ring.nameOf("")).isEmpty();
        assertThat(KeyRing.parse("alice:" + ABC.toUpperCase(Locale.ROOT)).nameOf("abc")).contains("alice");
        assertThat(KeyRing.parse("# nobody\n").nameOf("abc")).isEmpty();
    }

    @Test
    void aNameMayHaveSeveralKeys() {
        KeyRing ring = KeyRing.parse("alice:" + ABC + ",alice:" + ZEROS);

        assertThat(ring.nameOf("abc")).contains("alice");
    }

    /** The time that a comparison takes tells nothing, because there are as many whatever is shown. */
    @Test
    void everyKeyIsComparedWhateverIsShown() {
        AtomicInteger compared = new AtomicInteger();
        List<ApiKey> keys = IntStream.range(0, 10).mapToObj(i -> ApiKey.of("n" + i, "key" + i)).toList();
        KeyRing ring = new KeyRing(keys, (a, b) -> {
            compared.incrementAndGet();
            return MessageDigest.isEqual(a, b);
        });

        for (String shown : List.of("key0", "key5", "key9", "none", "")) {
            compared.set(0);
            assertThat(ring.nameOf(shown).isPresent()).isEqualTo(shown.startsWith("key"));
            assertThat(compared).as(shown).hasValue(10);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hunter2 | entry 2 is not NAME:DIGEST",
        "hunter two:DIGEST | entry 2 has a name that is not 1 to 64 letters",
        ":DIGEST | entry 2 has a name",
        "hunter2:abc | entry 2 has a digest that is not 64 hexadecimal digits",
        "hunter2:DIGEST0 | entry 2 has a digest",
        "hunter2:scibert_DIGEST | entry 2 holds a key where its digest belongs; make another with training-job keys"
                + " new NAME",
        "scibert_DIGEST:hunter2 | entry 2 has a name that is not 1 to 64",
        "hunter2:ABC | entries 1 and 2 have the same digest"})
    void whatIsNoKeyIsRefusedByItsNumberAndRepeatedNowhere(String entry, String message) {
        String value = entry.replace("DIGEST", ZEROS).replace("ABC", ABC);

        assertThatThrownBy(() -> KeyRing.parse("alice:" + ABC + "," + value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContainingAny("hunter", ABC, ZEROS);
    }

    @Test
    void thereMayBeAThousand() {
        String thousand = IntStream.range(0, 1000).mapToObj(i -> ApiKey.of("a", "key" + i).entry())
                .collect(Collectors.joining("\n"));

        assertThat(KeyRing.parse(thousand).size()).isEqualTo(1000);
        assertThatThrownBy(() -> KeyRing.parse(thousand + "\n" + ApiKey.of("b", "more").entry()))
                .hasMessage("holds 1001 keys, more than the 1000 that are compared");
    }
}
