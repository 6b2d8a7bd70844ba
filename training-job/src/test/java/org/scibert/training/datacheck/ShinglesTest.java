package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShinglesTest {
    @Test
    void aTextHasAShingleForEachFiveCharacters() {
        assertThat(Shingles.of("abcdefg")).hasSize(3).doesNotHaveDuplicates();
        assertThat(Shingles.of("abcabcabc")).hasSize(5);
        assertThat(Shingles.setOf("abcabcabc")).hasSize(3).isSorted();
    }

    @Test
    void aShortTextIsOneShingle() {
        assertThat(Shingles.of("abc")).hasSize(1).isNotEqualTo(Shingles.of("abd"));
        assertThat(Shingles.of("")).hasSize(1);
    }

    @Test
    void jaccardIsWhatIsSharedOfAll() {
        assertThat(Shingles.jaccard(new long[] {1, 2, 3, 4}, new long[] {2, 3, 5})).isEqualTo(2 / 5.0);
        assertThat(Shingles.jaccard(new long[] {-1, 2}, new long[] {-1, 2})).isEqualTo(1);
        assertThat(Shingles.jaccard(new long[] {1}, new long[] {2})).isZero();
    }

    /** "abcdefgh" and "abcdefgx" have four shingles each, of which three are the same. */
    @Test
    void aChangedCharacterCostsTheShinglesThatHoldIt() {
        assertThat(Shingles.jaccard(Shingles.setOf("abcdefgh"), Shingles.setOf("abcdefgx"))).isEqualTo(3 / 5.0);
    }
}
