package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
    private static final int[] LENGTHS = IntStream.range(0, 21).map(i -> 3 + i % 7).toArray();

    @Test
    void aStepTakesSoManyBatchesAndTheLastWhatIsLeft() {
        // 21 rows in batches of 4: 6, one of them with a single row; in steps of 4 batches: 4 and 2.
        TrainingPlan plan = new TrainingPlan(LENGTHS, 4, 4, 3, 1);
        assertThat(plan.stepsPerEpoch()).isEqualTo(2);
        assertThat(plan.steps()).isEqualTo(6);
        assertThat(plan.steps(1)).extracting(List::size).containsExactly(4, 2);
    }

    @Property(tries = 100)
    void eachEpochTakesEachRowOnceInTheStepsThatWereCounted(
            @ForAll @IntRange(min = 1, max = 60) int rows,
            @ForAll @IntRange(min = 1, max = 9) int batchSize,
            @ForAll @IntRange(min = 1, max = 5) int accumulate) {
        int[] lengths = IntStream.range(0, rows).map(i -> 3 + i % 5).toArray();
        TrainingPlan plan = new TrainingPlan(lengths, batchSize, accumulate, 1, 3);
        assertThat(plan.steps(1)).hasSize(plan.stepsPerEpoch());
        assertThat(plan.steps(1).stream().flatMap(List::stream).flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, rows).toArray());
    }

    @Test
    void theOrderFollowsFromSeedAndEpochAlone() {
        TrainingPlan plan = new TrainingPlan(LENGTHS, 4, 2, 3, 1);
        assertThat(rows(plan, 2)).isEqualTo(rows(new TrainingPlan(LENGTHS, 4, 2, 3, 1), 2));
        assertThat(rows(plan, 2)).isNotEqualTo(rows(plan, 1));
        assertThat(rows(plan, 2)).isNotEqualTo(rows(new TrainingPlan(LENGTHS, 4, 2, 3, 2), 2));
    }

    private static int[] rows(TrainingPlan plan, int epoch) {
        return plan.steps(epoch).stream().flatMap(List::stream).flatMapToInt(Arrays::stream).toArray();
    }
}
