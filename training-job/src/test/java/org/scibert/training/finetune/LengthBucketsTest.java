package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.text.Encoding;
import org.scibert.text.Tokenizer;
import org.scibert.training.encoder.Encoder;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.rows.RowReader;

class LengthBucketsTest {
    @Property(tries = 200)
    void eachRowStandsInOneBatch(
            @ForAll @Size(min = 1, max = 300) int @IntRange(min = 3, max = 512) [] lengths,
            @ForAll @IntRange(min = 1, max = 40) int batchSize,
            @ForAll long seed) {
        List<int[]> batches = LengthBuckets.shuffled(lengths, batchSize, new Random(seed));
        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, lengths.length).toArray());
        assertThat(batches).allMatch(b -> b.length <= batchSize);
        assertThat(batches.stream().filter(b -> b.length < batchSize).count()).isLessThanOrEqualTo(1);
    }

    @Test
    void paddingShareIsWorkedOutByHand() {
        // 3 + 5 tokens in 2 x 5 cells, 4 in 1 x 4.
        assertThat(LengthBuckets.paddingShare(new int[] {3, 5, 4}, List.of(new int[] {0, 1}, new int[] {2})))
                .isCloseTo(1 - 12 / 14.0, within(1e-12));
    }

    @Test
    void littleIsPaddingWhereLengthsVary() {
        Random random = new Random(1);
        int[] lengths = random.ints(3200, 10, 120).toArray();
        List<int[]> batches = LengthBuckets.shuffled(lengths, 32, random);
        assertThat(LengthBuckets.paddingShare(lengths, batches)).isLessThan(0.03);
    }

    @ParameterizedTest
    @ValueSource(strings = {"animal-depression-screening", "cs-abstract-sentences"})
    void underATwentiethOfTheBundledTrainingRowsIsPadding(String set) throws Exception {
        Encoder encoder = Encoder.open("embedded", EncoderOptions.ofEnvironment(Map.of(), null));
        List<String> texts = RowReader.read(Path.of("samples", set, "train.jsonl"), Integer.MAX_VALUE).texts();
        try (Tokenizer tokenizer = Tokenizer.load(
                encoder.tokenizerFolder(), encoder.config().vocabSize(), encoder.config().padTokenId())) {
            int[] lengths = tokenizer.encode(texts, 256).stream().mapToInt(Encoding::used).toArray();
            List<int[]> batches = LengthBuckets.shuffled(lengths, 32, new Random(1));
            assertThat(LengthBuckets.paddingShare(lengths, batches)).isLessThan(0.05);
        }
    }

    @Test
    void theSameSeedGivesTheSameOrderAndAnotherSeedAnother() {
        int[] lengths = new Random(1).ints(500, 10, 120).toArray();
        List<int[]> once = LengthBuckets.shuffled(lengths, 16, new Random(3));
        List<int[]> twice = LengthBuckets.shuffled(lengths, 16, new Random(3));
        List<int[]> other = LengthBuckets.shuffled(lengths, 16, new Random(4));
        assertThat(Arrays.deepEquals(once.toArray(), twice.toArray())).isTrue();
        assertThat(Arrays.deepEquals(once.toArray(), other.toArray())).isFalse();
    }

    @Test
    void forEvaluationRowsGoFromShortToLong() {
        List<int[]> batches = LengthBuckets.sorted(new int[] {9, 3, 7, 5}, 3);
        assertThat(batches).hasSize(2);
        assertThat(batches.get(0)).containsExactly(1, 3, 2);
        assertThat(batches.get(1)).containsExactly(0);
    }
}
