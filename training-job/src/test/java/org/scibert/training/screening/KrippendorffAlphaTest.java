package org.scibert.training.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KrippendorffAlphaTest {
    /** Section C of Krippendorff (2011): four observers, 12 units, labels 1 to 5, some missing. */
    @Test
    void fourObserversWithMissingLabelsAsPublished() {
        KrippendorffAlpha alpha = KrippendorffAlpha.of(units(5,
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 ."));
        assertThat(alpha.works()).isEqualTo(11); // the last has one label
        assertThat(alpha.value().orElseThrow()).isCloseTo(0.743, within(5e-4));
    }

    /** Section A there: two observers, ten articles, 0 and 1 written as 1 and 2. */
    @Test
    void twoObserversAsPublished() {
        KrippendorffAlpha alpha = KrippendorffAlpha.of(units(2, "1 2 1 1 1 1 1 1 2 1", "2 2 2 1 1 2 1 1 1 1"));
        assertThat(alpha.value().orElseThrow()).isCloseTo(0.095, within(5e-4));
    }

    /** By hand: labels 1 1 | 1 2: 2 unequal ordered pairs against (16 − 10) / 3 = 2 by chance. */
    @Test
    void agreementByChanceIsZeroAndWholeAgreementOne() {
        assertThat(KrippendorffAlpha.of(units(2, "1 1", "1 2")).value()).hasValue(0);
        assertThat(KrippendorffAlpha.of(units(2, "1 2", "1 2", "1 2")).value()).hasValue(1);
    }

    @Test
    void oneLabelThroughoutOrNoneInCommonHasNoAlpha() {
        assertThat(KrippendorffAlpha.of(units(2, "1 1", "1 1")).value()).isEmpty();
        assertThat(KrippendorffAlpha.of(units(2, "1 .", ". 2"))).extracting(KrippendorffAlpha::works).isEqualTo(0);
    }

    /** The counts of labels 1 to C in each unit. */
    private static List<int[]> units(int labels, String... observers) {
        String[][] rows = Arrays.stream(observers).map(row -> row.split(" ")).toArray(String[][]::new);
        return IntStream.range(0, rows[0].length)
                .mapToObj(unit -> IntStream.rangeClosed(1, labels)
                        .map(label -> (int) Arrays.stream(rows)
                                .filter(row -> row[unit].equals(Integer.toString(label)))
                                .count())
                        .toArray())
                .toList();
    }
}
