package org.scibert.training.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.io.UsageException;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.ReadOptions;
import org.scibert.training.rows.ScreenedFile;

class ScreeningTest {
    private static final Offset<Double> TOLERANCE = within(1e-12);

    /** Not in the order of probabilities; the last one has no probability. */
    private static final String TEN = """
            title,SciBERT_probability,included
            c,0.7,1
            a,0.9,yes
            b,0.8,0
            d,0.6,no
            e,0.5,
            f,0.4,NA
            g,0.3,?
            h,0.2,
            i,0.1,
            j,,
            """;

    @TempDir
    private Path folder;

    @Test
    void theNumbersByHand() throws IOException {
        Screening screening = screening(TEN);
        assertThat(screening.items()).extracting(item -> item.decision().orElse(null))
                .startsWith(true, false, true, false).hasSize(10);
        assertThat(screening.ranked()).isTrue();
        assertThat(screening.screened()).isEqualTo(4);
        assertThat(screening.found()).isEqualTo(2);
        assertThat(screening.skipped()).isZero();
        assertThat(screening.unknown()).isOne();
        assertThat(screening.expectedRemaining()).isEqualTo(0.5 + 0.4 + 0.3 + 0.2 + 0.1, TOLERANCE);
        assertThat(screening.remainingDeviation()).isEqualTo(Math.sqrt(0.25 + 0.24 + 0.21 + 0.16 + 0.09), TOLERANCE);
        assertThat(screening.expectedRecall()).isEqualTo(2 / 3.5, TOLERANCE);
        // 0.95 · 3.5 = 3.325; the expected sums are 1, 1, 2, 2, 2.5, 2.9, 3.2, 3.4: 8 of 10 are read
        assertThat(screening.workSaved(0.95).getAsDouble()).isEqualTo(0.2 - 0.05, TOLERANCE);
        // One is missing. Of the last record: P(0 of 1) with 1 of 7 is 6/7. Of the last three, which hold one:
        // 1 − P(2 of 3) with 2 of 9 is 11/12. Of all four: 1 − P(3 of 4) with 3 of 10 is 29/30.
        assertThat(screening.pValue(0.95)).isEqualTo(6. / 7, TOLERANCE);
    }

    @Test
    void whenAllIsScreenedTheWorkSavedIsCohens() throws IOException {
        StringBuilder csv = new StringBuilder("title,SciBERT_probability,label\n");
        for (int i = 0; i < 100; i++) {
            csv.append("t,").append(1 - i / 200.).append(i < 19 || i == 99 ? ",1\n" : ",0\n");
        }
        Screening screening = screening(csv.toString());
        assertThat(screening.workSaved(0.95).getAsDouble()).isEqualTo(0.81 - 0.05, TOLERANCE);
        assertThat(screening.expectedRemaining()).isZero();
        assertThat(screening.pValue(0.95)).isZero();
        assertThat(screening.isRemainderKnown()).isTrue();
    }

    @Test
    void theFilesOrderIsTakenOnRequestAndWithoutProbabilities() throws IOException {
        ScreenedFile file = read("a.csv", TEN);
        assertThat(Screening.of(file, Optional.empty(), true).items())
                .extracting(item -> item.decision().orElse(null)).startsWith(true, true, false, false);
        Screening plain = screening("title,label\na,0\nb,\nc,1\nd,\n");
        assertThat(plain.ranked()).isFalse();
        assertThat(plain.skipped()).isOne();
        assertThat(plain.isRemainderKnown()).isFalse();
        // 1 is missing; of the last record: P(1 of 1) can't be less than 1, of both: 1 − P(2 of 2) with 2 of 4 is 5/6
        assertThat(plain.pValue(0.95)).isEqualTo(5. / 6, TOLERANCE);
    }

    @Test
    void notesOfReferencesAreRead() throws IOException {
        Screening screening = Screening.of(read("a.ris", """
                TY  - JOUR
                TI  - A title of a work
                N1  - SciBERT_probability: 0.2500
                N1  - SciBERT_decision: exclude
                ER  -\s

                TY  - JOUR
                TI  - Another title of a work
                N1  - SciBERT_probability: 0.5
                N1  - SciBERT_decision: include
                N1  - SciBERT_probability: 0.75
                ER  -\s

                TY  - JOUR
                TI  - A third title
                N1  - SciBERT_decision: maybe
                N1  - ASReview_relevant
                ER  -\s
                """), Optional.empty(), false);
        assertThat(screening.items()).extracting(item -> item.decision().orElse(null))
                .containsExactly(true, false, null);
        assertThat(screening.items()).extracting(item -> item.probability().orElse(-1))
                .containsExactly(0.75, 0.25, -1.);
    }

    @Test
    void theCurveRunsFromNothingToWhatIsExpectedOfAll() throws IOException {
        List<Screening.Point> curve = screening(TEN).curve(200);
        assertThat(curve).hasSize(11);
        assertThat(curve).extracting(Screening.Point::found).containsExactly(0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2);
        assertThat(curve.get(10).expected()).isEqualTo(3.5, TOLERANCE);
        assertThat(curve).filteredOn(Screening.Point::reached).hasSize(5);
        assertThat(screening(TEN).curve(3)).extracting(Screening.Point::records).startsWith(0).contains(4).endsWith(10)
                .hasSizeLessThan(8);
    }

    @Test
    void whatSaysNothingIsRefused() throws IOException {
        ScreenedFile topics = read("topics.csv", "title,label\na,mice\nb,rats\n");
        assertThatThrownBy(() -> Screening.of(topics, Optional.empty(), false)).isInstanceOf(DataException.class)
                .hasMessageContaining("line 2: the label \"mice\" says neither relevant nor irrelevant")
                .hasMessageContaining("--positive-label");
        assertThat(Screening.of(topics, Optional.of("rats"), false).found()).isOne();
        ScreenedFile odd = read("odd.csv", "title,label,scibert_probability\na,1,0.5\nb,,93 %\n");
        assertThatThrownBy(() -> Screening.of(odd, Optional.empty(), false)).isInstanceOf(DataException.class)
                .hasMessageContaining("line 3: SciBERT_probability must be a number from 0 to 1, is \"93 %\"");
        assertThatThrownBy(() -> Screening.requireRecall(95)).isInstanceOf(UsageException.class)
                .hasMessage("--recall must be above 0 and below 1, is 95.0");
        Path lists = Files.writeString(folder.resolve("lists.jsonl"), "{\"text\":\"a\",\"labels\":[\"x\"]}\n");
        assertThatThrownBy(() -> ScreenedFile.read(lists, ReadOptions.DEFAULT)).isInstanceOf(DataException.class)
                .hasMessageContaining("line 1: it has a list of labels");
    }

    private Screening screening(String csv) throws IOException {
        return Screening.of(read("screening.csv", csv), Optional.empty(), false);
    }

    private ScreenedFile read(String name, String content) throws IOException {
        return ScreenedFile.read(Files.writeString(folder.resolve(name), content), ReadOptions.DEFAULT);
    }
}
