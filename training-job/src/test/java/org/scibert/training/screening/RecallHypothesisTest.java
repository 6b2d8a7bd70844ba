package org.scibert.training.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scibert.io.Json;

class RecallHypothesisTest {
    private static final Percentage TOLERANCE = Percentage.withPercentage(1e-8);

    /** Exact fractions; the function's page is tested with the same file. */
    static JsonNode golden() throws IOException {
        return Json.MAPPER.readTree(Files.readAllBytes(Path.of("src/test/resources/screening/recall-p-values.json")));
    }

    static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        golden().forEach(cases::add);
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theGoldenValuesAreMet(JsonNode golden) {
        List<Boolean> relevant = new ArrayList<>();
        golden.get("runs").forEach(run -> {
            for (int i = 0; i < run.get(1).asInt(); i++) {
                relevant.add(run.get(0).asInt() == 1);
            }
        });
        double p = RecallHypothesis.pValue(
                array(relevant), golden.get("records").asInt(), golden.get("recall").asDouble());
        double expected = golden.get("p").asDouble();
        if (expected == 0) {
            assertThat(p).isZero();
        } else {
            assertThat(p).isCloseTo(expected, TOLERANCE);
        }
    }

    @Test
    void theAuthorsExampleByHand() {
        // 20 relevant, then 70 not, of 100; target 0.9: ⌊20 / 0.9⌋ + 1 − 20 = 3 must be among the 10 unseen. That 70
        // drawn of 80 hold none of 3 has the probability 10/80 · 9/79 · 8/78.
        boolean[] relevant = new boolean[90];
        Arrays.fill(relevant, 0, 20, true);
        assertThat(RecallHypothesis.pValue(relevant, 100, 0.9)).isCloseTo(10. / 80 * 9 / 79 * 8 / 78, TOLERANCE);
    }

    @Test
    void onePositionByHand() {
        // 1, 0, 0 of 4; target 0.95: ⌊1 / 0.95⌋ + 1 − 1 = 1 must be unseen. Last two: 2 of 3 drawn without the one,
        // 1/3. Last three: 3 of 4 drawn with at most one of two, 1/2.
        assertThat(RecallHypothesis.pValue(new boolean[] {true, false, false}, 4, 0.95)).isCloseTo(1. / 3, TOLERANCE);
    }

    @Test
    void theHypergeometricTailByHand() {
        // 5 drawn of 10 with 4 relevant: P(X ≤ 1) = (C(6,5) + 4 C(6,4)) / C(10,5) = (6 + 60) / 252
        assertThat(RecallHypothesis.atMost(1, 10, 4, 5)).isCloseTo(66. / 252, TOLERANCE);
        assertThat(RecallHypothesis.atMost(3, 10, 4, 5)).isCloseTo(1 - 6. / 252, TOLERANCE);
        assertThat(RecallHypothesis.atMost(4, 10, 4, 5)).isOne();
        assertThat(RecallHypothesis.atMost(0, 10, 6, 5)).isZero(); // 4 others can't be 5 drawn
        assertThat(RecallHypothesis.atMost(0, 10, 11, 5)).isZero();
    }

    @Property(seed = "9", tries = 200)
    void itIsTheSmallestOfTheExactValuesAtEveryPoint(
            @ForAll List<Boolean> screened,
            @ForAll @IntRange(max = 60) int unseen,
            @ForAll @IntRange(min = 1, max = 19) int twentieths) {
        if (screened.isEmpty()) {
            return;
        }
        int found = (int) screened.stream().filter(is -> is).count();
        int missed = found * 20 / twentieths + 1 - found;
        BigDecimal smallest = BigDecimal.ONE;
        int inSample = 0;
        for (int size = 1; size <= screened.size(); size++) {
            inSample += screened.get(screened.size() - size) ? 1 : 0;
            smallest = smallest.min(exact(inSample, unseen + size, inSample + missed, size));
        }
        double p = RecallHypothesis.pValue(array(screened), screened.size() + unseen, twentieths / 20.);
        assertThat(p).isCloseTo(smallest.doubleValue(), within(1e-11 * smallest.doubleValue() + 1e-300));
    }

    private static BigDecimal exact(int drawn, int population, int relevant, int sample) {
        if (relevant > population) {
            return BigDecimal.ZERO;
        }
        BigInteger ways = BigInteger.ZERO;
        for (int i = 0; i <= drawn; i++) {
            ways = ways.add(choose(relevant, i).multiply(choose(population - relevant, sample - i)));
        }
        return new BigDecimal(ways).divide(new BigDecimal(choose(population, sample)), new MathContext(40));
    }

    private static BigInteger choose(int n, int k) {
        BigInteger product = k < 0 || k > n ? BigInteger.ZERO : BigInteger.ONE;
        for (int i = 1; i <= k && product.signum() > 0; i++) {
            product = product.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
        }
        return product;
    }

    private static boolean[] array(List<Boolean> list) {
        boolean[] array = new boolean[list.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = list.get(i);
        }
        return array;
    }
}
