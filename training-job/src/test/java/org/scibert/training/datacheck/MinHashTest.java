package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class MinHashTest {
    private static final int NUMBERS = 144;
    private final MinHash hash = new MinHash(NUMBERS);

    /** Five standard deviations: √(s (1 − s) / 144) is at most 0.0417. */
    @Property(seed = "7", tries = 300)
    void agreementEstimatesJaccardSimilarity(
            @ForAll @IntRange(min = 1, max = 400) int shared,
            @ForAll @IntRange(max = 200) int onlyOne,
            @ForAll @IntRange(max = 200) int onlyOther,
            @ForAll int seed) {
        long[] all = new Random(seed).longs(shared + onlyOne + onlyOther).distinct().toArray();
        long[] one = LongStream.concat(
                        Arrays.stream(all, 0, shared), Arrays.stream(all, shared, shared + onlyOne))
                .toArray();
        long[] other = LongStream.concat(
                        Arrays.stream(all, 0, shared), Arrays.stream(all, shared + onlyOne, all.length))
                .toArray();
        assertThat(agreement(hash.signature(one), hash.signature(other)))
                .isCloseTo((double) shared / all.length, within(0.21));
    }

    @Property(seed = "11", tries = 300)
    void orderAndRepetitionDoNotMatter(@ForAll @NotEmpty long[] shingles, @ForAll int seed) {
        List<Long> again = new ArrayList<>(Arrays.stream(shingles).boxed().toList());
        again.addAll(again.subList(0, (again.size() + 1) / 2).stream().toList());
        Collections.shuffle(again, new Random(seed));
        assertThat(hash.signature(again.stream().mapToLong(Long::longValue).toArray()))
                .isEqualTo(hash.signature(shingles));
    }

    @Test
    void numbersDifferFromEachOther() {
        int[] signature = hash.signature(new long[] {Shingles.mix(1), Shingles.mix(2)});
        assertThat(signature).hasSize(NUMBERS);
        assertThat(Arrays.stream(signature).distinct().count()).isEqualTo(NUMBERS);
    }

    private static double agreement(int[] one, int[] other) {
        return (double) IntStream.range(0, NUMBERS).filter(k -> one[k] == other[k]).count() / NUMBERS;
    }
}
