package org.scibert.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.network.OutOfDeviceMemoryException;
import org.scibert.network.OutOfMemory;

class HalvingRetryTest {
    private final HeardRun heard = new HeardRun();

    @Test
    void rowsAreHalvedUntilTheyFitAndStaySo() {
        HalvingRetry retry = new HalvingRetry(9, heard::noted);
        List<Integer> tried = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            assertThat(retry.<String>run(rows -> {
                tried.add(rows);
                if (rows > 3) {
                    throw OutOfMemory.exception();
                }
                return "done";
            })).isEqualTo("done");
        }
        assertThat(tried).containsExactly(9, 5, 3, 3);
        assertThat(heard.notes).containsExactly(
                "the device lacks memory for 9 rows at once; it gets 5 from now on, a step stays the same",
                "the device lacks memory for 5 rows at once; it gets 3 from now on, a step stays the same");
    }

    @Test
    void oneRowThatDoesNotFitEndsTheRun() {
        HalvingRetry retry = new HalvingRetry(2, heard::noted);
        assertThatThrownBy(() -> retry.run(rows -> {
            throw OutOfMemory.exception();
        })).isInstanceOf(OutOfDeviceMemoryException.class);
        assertThat(heard.notes).last().asString().contains("a single row", "max-tokens");
    }

    @Test
    void batchesAreCutWhereTheyStand() {
        List<int[]> parts = HalvingRetry.parts(List.of(new int[] {4, 1, 3}, new int[] {0, 2}), 2);
        assertThat(parts).hasSize(3);
        assertThat(parts.get(0)).containsExactly(4, 1);
        assertThat(parts.get(1)).containsExactly(3);
        assertThat(parts.get(2)).containsExactly(0, 2);
    }

    @Test
    void theWindowsOfARowStayTogether() {
        int[] windows = {1, 3, 1, 5, 1};
        List<int[]> parts = HalvingRetry.parts(List.of(new int[] {0, 1, 2, 3, 4}), 4, row -> windows[row]);
        // 1 + 3, then 1 and no room for 5, then 5 alone though it is too many, then 1.
        assertThat(parts).containsExactly(new int[] {0, 1}, new int[] {2}, new int[] {3}, new int[] {4});
    }
}
