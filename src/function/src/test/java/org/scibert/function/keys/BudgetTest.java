package org.scibert.function.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Duration TAKEN = Duration.ZERO;

    private long millis = 1_795_363_200_000L;
    private final Budget budget = new Budget(60, () -> Instant.ofEpochMilli(millis)); // one text a second

    @Test
    void aMinutesTextsMayComeAtOnceAndThenEvenly() {
        assertThat(budget.take(60)).isEqualTo(TAKEN);

        assertThat(budget.take(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(budget.take(32)).isEqualTo(Duration.ofSeconds(32));
        millis += 999;
        assertThat(budget.take(1)).isEqualTo(Duration.ofMillis(1));
        millis += 1;
        assertThat(budget.take(1)).isEqualTo(TAKEN);
        millis += 10_000;
        assertThat(budget.take(11)).isEqualTo(Duration.ofSeconds(1));
        assertThat(budget.take(10)).isEqualTo(TAKEN);
    }

    @Test
    void aMinuteIsAllThatIsKept() {
        millis += Duration.ofDays(400).toMillis();

        assertThat(budget.take(60)).isEqualTo(TAKEN);
        assertThat(budget.take(1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aRequestForMoreThanAMinutesTextsLeavesADebt() {
        assertThat(budget.take(90)).isEqualTo(TAKEN);

        assertThat(budget.take(1)).isEqualTo(Duration.ofSeconds(31));
        assertThat(budget.take(90)).as("when it is full again").isEqualTo(Duration.ofSeconds(90));
        millis += 90_000;
        assertThat(budget.take(90)).isEqualTo(TAKEN);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        budget.take(60);
        budget.giveBack(20);

        assertThat(budget.take(20)).isEqualTo(TAKEN);
        budget.giveBack(1000);
        assertThat(budget.take(60)).isEqualTo(TAKEN);
        assertThat(budget.take(1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aClockThatIsSetBackCostsNothing() {
        budget.take(60);
        millis -= 3_600_000;
        assertThat(budget.take(1)).isEqualTo(Duration.ofSeconds(1));
        millis += 1000;
        assertThat(budget.take(1)).isEqualTo(TAKEN);
    }

    @Test
    void theLargestBudgetDoesNotOverflow() {
        Budget largest = new Budget(1_000_000, () -> Instant.ofEpochMilli(millis));

        assertThat(largest.take(1_000_000)).isEqualTo(TAKEN);
        millis = Long.MAX_VALUE / 2;
        assertThat(largest.take(1_000_000)).isEqualTo(TAKEN);
        assertThat(largest.take(1)).isEqualTo(Duration.ofMillis(1)); // 60 µs, a millisecond's worth
    }
}
