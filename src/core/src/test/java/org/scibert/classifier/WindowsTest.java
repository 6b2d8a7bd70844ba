package org.scibert.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.text.Encoding;

class WindowsTest {
    @Test
    void aTextThatFitsIsItsOnlyWindow() {
        Encoding whole = encode(4);

        assertThat(Windows.of(whole, 6)).containsExactly(whole);
    }

    @Test
    void windowsOverlapByAQuarterAndTheLastEndsWithTheText() {
        List<Encoding> windows = Windows.of(encode(15), 10);

        // 8 pieces a window, 2 of them the next one's too: from 0, 6 and, ending with the 15th, 7.
        assertThat(windows).extracting(Encoding::inputIds).containsExactly(
                new int[] {101, 1, 2, 3, 4, 5, 6, 7, 8, 102},
                new int[] {101, 7, 8, 9, 10, 11, 12, 13, 14, 102},
                new int[] {101, 8, 9, 10, 11, 12, 13, 14, 15, 102});
        assertThat(windows).noneMatch(Encoding::truncated);
    }

    @Test
    void everyPieceIsInAWindowWhateverTheLengths() {
        for (int maxTokens = 3; maxTokens < 12; maxTokens++) {
            for (int words = 1; words < 40; words++) {
                List<Encoding> windows = Windows.of(encode(words), maxTokens);
                int most = maxTokens;

                assertThat(windows.stream().flatMapToInt(w -> Arrays.stream(w.inputIds(), 1, w.used() - 1)).distinct())
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, words).boxed().toList());
                assertThat(windows).allMatch(w -> w.used() <= most);
            }
        }
    }

    @Test
    void someTextsOrTheirFirstWindowsAreTaken() {
        Windows windows = Windows.of(List.of(encode(15), encode(4), encode(9)), 10);
        assertThat(windows.only(new int[] {2, 0}).all()).containsExactly(
                windows.of(2).get(0), windows.of(2).get(1), windows.of(0).get(0), windows.of(0).get(1),
                windows.of(0).get(2));
        assertThat(windows.first(2).all()).hasSize(2 + 1 + 2);
        assertThat(Windows.single(List.of(encode(15))).count(0)).isEqualTo(1);
    }

    @Test
    void logitsAreJoinedByTheLargestOrTheMean() {
        List<float[]> logits = List.of(new float[] {1, -4}, new float[] {3, -2}, new float[] {-1, 0});

        assertThat(Windows.largest(logits)).containsExactly(3, 0);
        assertThat(Windows.mean(logits)).containsExactly(1, -2);
        assertThat(logits.get(0)).containsExactly(1, -4);
    }

    /** [CLS], pieces whose ids are 1, 2, 3 …, [SEP]. */
    private static Encoding encode(int pieces) {
        int[] ids = IntStream.rangeClosed(0, pieces + 1).toArray();
        ids[0] = 101;
        ids[pieces + 1] = 102;
        return new Encoding(ids, ids.length);
    }
}
