package org.scibert.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
    private static final Path ROOT = Path.of("/store/root");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "a/../b", "a/./b", ".a", "a/.b", "-a", "_a",
                "a\\b", "a b", "a:b", "a%2fb", "a\u0000b", "a\nb", "a\n", "ä", "~", "*"
            })
    void whatIsNotAHarmlessPathIsRefused(String path) {
        assertThatThrownBy(() -> new ObjectKey(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"" + path + "\" cannot name an object", "use up to 512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "a/b/c", "a.b-c_d", "a..b", "x/releases/20261122T145400Z-1a2b3c4d/MODEL_CARD.md"})
    void aHarmlessPathIsTaken(String path) {
        assertThat(new ObjectKey(path)).hasToString(path);
    }

    @Property(tries = 5000, seed = "1")
    void whateverIsTakenStaysUnderTheRootAndIsItsOwnNormalForm(@ForAll("texts") String path) {
        boolean harmless = path.length() <= 512;
        for (String segment : path.split("/", -1)) {
            harmless &= !segment.isEmpty() && segment.length() <= 128 && isAlphanumeric(segment.charAt(0));
            harmless &= segment.chars().allMatch(c -> isAlphanumeric((char) c) || "._-".indexOf(c) >= 0);
        }

        assertThat(ObjectKey.isValid(path)).isEqualTo(harmless);
        if (harmless) {
            Path file = ROOT.resolve(path);
            assertThat(file).isEqualTo(file.normalize());
            assertThat(file.startsWith(ROOT) && !file.equals(ROOT)).isTrue();
        }
    }

    @Property(seed = "1")
    void aKeyUnderAnotherBeginsWithIt(@ForAll("keys") String folder, @ForAll("keys") String name) {
        assertThat(new ObjectKey(folder).resolve(name).path()).isEqualTo(folder + "/" + name);
    }

    @Test
    void segmentsAreLimitedAndSoIsTheWhole() {
        assertThat(ObjectKey.isValid("a".repeat(128))).isTrue();
        assertThat(ObjectKey.isValid("a".repeat(129))).isFalse();
        assertThat(ObjectKey.isValid("a/".repeat(255) + "ab")).isTrue();
        assertThat(ObjectKey.isValid("a/".repeat(256) + "a")).isFalse();
    }

    /** Mostly of the characters that matter here, so that valid and invalid paths both turn up. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("aZ0./_-\\ ").ofMaxLength(12),
                Arbitraries.strings().ofMaxLength(8),
                keys());
    }

    @Provide
    Arbitrary<String> keys() {
        Arbitrary<String> segments = Arbitraries.strings().withChars("aZ09").ofMinLength(1).ofMaxLength(6);
        return segments.list().ofMinSize(1).ofMaxSize(4).map(some -> String.join("/", some));
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
