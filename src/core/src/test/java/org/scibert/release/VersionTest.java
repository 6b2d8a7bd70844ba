package org.scibert.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.io.FileDigest;
import org.scibert.store.ObjectKey;

class VersionTest {
    @Test
    void aVersionIsItsTimeInUtcAndTheStartOfTheDigest() {
        FileDigest weights = new FileDigest(1, "1a2b3c4d" + "e".repeat(56));

        assertThat(Version.of(Instant.parse("2026-11-22T14:54:00.999Z"), weights))
                .hasToString("20261122T145400Z-1a2b3c4d")
                .isEqualTo(Version.parse("20261122T145400Z-1a2b3c4d"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                "20261122T145400Z",
                "20261122T145400Z-",
                "20261122T145400Z-1a2b3c4",
                "20261122T145400Z-1A2B3C4D",
                "20261122T145400-1a2b3c4d",
                "20261122T246000Z-1a2b3c4d",
                "20260231T145400Z-1a2b3c4d",
                "20261122T145400Z-1a2b3c4d/..",
                "20261122T145400Z-1a2b3c4d\n"
            })
    void whatIsNotAVersionIsRefused(String text) {
        assertThatThrownBy(() -> Version.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a version; one looks like 20261122T145400Z-1a2b3c4d");
    }

    @Property(seed = "1")
    void aTextIsReadBackAndNamesAnObject(@ForAll("versions") Version version) {
        assertThat(Version.parse(version.toString())).isEqualTo(version);
        assertThat(new ObjectKey(version.toString()).path()).hasSize(25);
    }

    @Property(seed = "1")
    void textsSortAsVersionsDo(@ForAll("versions") Version a, @ForAll("versions") Version b) {
        assertThat(Integer.signum(a.toString().compareTo(b.toString()))).isEqualTo(Integer.signum(a.compareTo(b)));
    }

    @Provide
    Arbitrary<Version> versions() {
        long lastSecond = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        return Combinators.combine(
                        Arbitraries.longs().between(0, lastSecond).map(Instant::ofEpochSecond),
                        Arbitraries.strings().withChars("0123456789abcdef").ofLength(8))
                .as(Version::new);
    }
}
