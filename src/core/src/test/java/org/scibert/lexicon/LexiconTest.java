package org.scibert.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.lexicon.Lexicon.Contribution;
import org.scibert.weights.WeightsException;

class LexiconTest {
    /** tf: cell 2, "cell method" 1, study 1; values before the length: 1 + ln 2, 1, 2. */
    private static final String TEXT = "Cell method: study cell.";
    private static final double CELL = 1 + Math.log(2);
    private static final double LENGTH = Math.sqrt(CELL * CELL + 1 + 4);

    @TempDir
    Path folder;

    @Test
    void logitsByHand() {
        assertThat(TinyLexicon.of(2).logits(TEXT)).containsExactly(
                new float[] {
                    (float) ((3 * CELL - 1 + 2 * 2) / LENGTH - 0.5), (float) ((-1 * CELL + 2 + 3 * 2) / LENGTH - 1.5)
                },
                within(1e-6f));
        assertThat(TinyLexicon.of(2).logits("nothing known")).containsExactly(-0.5f, -1.5f);
    }

    @Test
    void contributionsByHand() {
        List<Contribution> words = TinyLexicon.of(1).contributions(TEXT, 0);
        assertThat(words).extracting(word -> word.word().lower()).containsExactly("cell", "method", "study", "cell");
        // Each of two places of "cell" has half of it; "cell method" is shared by its two words.
        assertThat(words).extracting(Contribution::contribution).usingComparatorForType(
                        (a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b), Double.class)
                .containsExactly(
                        (1.5 * CELL - 0.5) / LENGTH, -0.5 / LENGTH, 4 / LENGTH, 1.5 * CELL / LENGTH);
    }

    @Property(tries = 100)
    void contributionsAddUpToTheLogit(@ForAll @CharRange(from = 'a', to = 'd') String letters) {
        String text = letters.replace("a", "cell ").replace("b", "method ").replace("c", "study ").replace("d", "x, ");
        for (int c = 0; c < 3; c++) {
            Lexicon lexicon = TinyLexicon.of(3);
            double sum = lexicon.contributions(text, c).stream().mapToDouble(Contribution::contribution).sum();
            assertThat(sum).isEqualTo(lexicon.logits(text)[c] - (-0.5 - c), within(1e-5));
        }
    }

    @Test
    void filesGiveTheSameLexicon() throws Exception {
        Lexicon written = TinyLexicon.of(3);
        written.write(folder);
        Lexicon read = Lexicon.read(folder);
        assertThat(read.tfIdf().terms()).isEqualTo(written.tfIdf().terms());
        assertThat(read.logits(TEXT)).containsExactly(written.logits(TEXT));

        byte[] first = Files.readAllBytes(folder.resolve(Lexicon.WEIGHTS));
        read.write(folder);
        assertThat(folder.resolve(Lexicon.WEIGHTS)).hasBinaryContent(first);
    }

    @Test
    void damagedOrForeignFilesAreRefused() throws Exception {
        TinyLexicon.of(1).write(folder);
        Path vocabulary = folder.resolve(Lexicon.VOCABULARY);
        String json = Files.readString(vocabulary);

        Files.writeString(vocabulary, json.replace("\"norm\" : \"l2\"", "\"norm\" : \"l1\""));
        assertThatThrownBy(() -> Lexicon.read(folder)).isInstanceOf(WeightsException.class)
                .hasMessageContaining("has norm \"l1\", this program reads \"l2\"");
        Files.writeString(vocabulary, json.replace(", \"study\"", ""));
        assertThatThrownBy(() -> Lexicon.read(folder)).isInstanceOf(WeightsException.class)
                .hasMessageContaining("do not fit");
        Files.writeString(vocabulary, "{");
        assertThatThrownBy(() -> Lexicon.read(folder)).isInstanceOf(WeightsException.class)
                .hasMessageContaining("it is no JSON");
    }

    /**
     * By the memory it takes, which no other program changes: work that is quadratic in the words would take 64 times.
     */
    @Test
    void aTextOfEightTimesTheWordsTakesEightTimesTheWork() {
        Lexicon lexicon = TinyLexicon.of(1);
        String text = "study cell method 12 ".repeat(250);
        lexicon.logits(text);
        long once = allocated(() -> lexicon.logits(text));
        assertThat(allocated(() -> lexicon.logits(text.repeat(8)))).isBetween(once, 12 * once);
    }

    private static long allocated(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
