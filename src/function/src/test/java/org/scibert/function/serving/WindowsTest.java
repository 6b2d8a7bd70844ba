package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import org.scibert.text.Encoding;

class WindowsTest {
    private final Model model = new FakeModel(Task.BINARY, List.of("no", "yes"));

    @Test
    void aTextThatFitsIsItsOnlyWindow() {
        Encoding whole = encode(4);

        assertThat(Windows.of(whole, 6)).containsExactly(whole);
    }

    @Test
    void windowsOverlapByAQuarterAndTheLastEndsWithTheText() {
        List<Encoding> windows = Windows.of(encode(15), 10);

        // 8 pieces a window, 2 of them the next one's too: from 0, 6 and, ending with the 15th, 7.
        assertThat(windows).extracting(Encoding::tokens).containsExactly(
                List.of("[CLS]", "w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7", "[SEP]"),
                List.of("[CLS]", "w6", "w7", "w8", "w9", "w10", "w11", "w12", "w13", "[SEP]"),
                List.of("[CLS]", "w7", "w8", "w9", "w10", "w11", "w12", "w13", "w14", "[SEP]"));
        assertThat(windows.get(1).inputIds()).containsExactly(101, 2, 2, 2, 2, 3, 3, 3, 3, 102);
        assertThat(windows).allSatisfy(w -> {
            assertThat(w.truncated()).isFalse();
            assertThat(w.spans()).hasSize(w.used());
        });
    }

    @Test
    void everyPieceIsInAWindowWhateverTheLengths() {
        for (int maxTokens = 3; maxTokens < 12; maxTokens++) {
            for (int words = 1; words < 40; words++) {
                List<Encoding> windows = Windows.of(encode(words), maxTokens);
                int most = maxTokens;

                assertThat(windows.stream().flatMap(w -> w.tokens().stream().skip(1).limit(w.used() - 2)).distinct())
                        .containsExactlyElementsOf(IntStream.range(0, words).mapToObj(i -> "w" + i).toList());
                assertThat(windows).allMatch(w -> w.used() <= most);
            }
        }
    }

    @Test
    void logitsAreJoinedByTheLargestOrTheMean() {
        List<float[]> logits = List.of(new float[] {1, -4}, new float[] {3, -2}, new float[] {-1, 0});

        assertThat(Windows.largest(logits)).containsExactly(3, 0);
        assertThat(Windows.mean(logits)).containsExactly(1, -2);
        assertThat(logits.get(0)).containsExactly(1, -4);
    }

    private Encoding encode(int words) {
        String text = String.join(" ", IntStream.range(0, words).mapToObj(i -> "w" + i).toList());
        return model.encode(List.of(text), Integer.MAX_VALUE).get(0);
    }
}
