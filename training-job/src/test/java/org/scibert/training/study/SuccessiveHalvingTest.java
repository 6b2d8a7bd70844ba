package org.scibert.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.scibert.io.UsageException;
import org.scibert.training.study.SuccessiveHalving.Part;
import org.scibert.training.study.SuccessiveHalving.Result;

class SuccessiveHalvingTest {
    private static final double[] SIX = {1, 1, 1, 1, 1, 1};

    /** Six trials: all for a quarter, three for a half, two to the end; a later rung turns the order around. */
    @Test
    void aStudyWorkedOutByHand() {
        double[][] scores = {
            {.1, .5, .3, .4, .2, .3},
            {0, .6, 0, .7, 0, .4}, // of the ties at .3 the first would go on, but three are taken
            {0, .9, 0, .8, 0, 0}
        };
        SuccessiveHalving halving = new SuccessiveHalving(SIX, Budget.NONE, 1);
        List<Result> results = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (Optional<Part> next; (next = halving.next(results)).isPresent(); ) {
            Part part = next.get();
            parts.add(part);
            results.add(new Result(part.trial(), part.rung(), scores[part.rung()][part.trial()], 0.5, 1));
        }
        assertThat(parts).containsExactly(
                new Part(0, 0), new Part(1, 0), new Part(2, 0), new Part(3, 0), new Part(4, 0), new Part(5, 0),
                new Part(1, 1), new Part(3, 1), new Part(2, 1),
                new Part(3, 2), new Part(1, 2));
        assertThat(halving.winner(results)).hasValue(1);
        assertThat(halving.out(results)).containsExactlyInAnyOrder(0, 2, 3, 4, 5);
        // 6 / 4 + 3 / 4 + 2 / 2
        assertThat(SuccessiveHalving.runs(6, 6)).isEqualTo(3.25);
    }

    @Test
    void sharesAreAQuarterAHalfAndAll() {
        assertThat(shares(new SuccessiveHalving(SIX, Budget.NONE, 1))).containsExactly(.25, .5, 1.);
        assertThat(shares(new SuccessiveHalving(new double[] {1, 1, 1}, Budget.NONE, 1))).containsExactly(.5, 1.);
        assertThat(shares(new SuccessiveHalving(new double[] {1}, Budget.NONE, 1))).containsExactly(1.);
    }

    @Test
    void aBudgetTooSmallForAllDrawsBySeed() {
        // Four trials cost 1 + 1/2 + 1/2 of two runs.
        SuccessiveHalving one = new SuccessiveHalving(SIX, new Budget.Runs(2), 1);
        assertThat(one.drawn(List.of())).hasSize(4).isSorted().isEqualTo(
                new SuccessiveHalving(SIX, new Budget.Runs(2), 1).drawn(List.of()));
        assertThat(LongStream.range(0, 20)
                        .mapToObj(seed -> new SuccessiveHalving(SIX, new Budget.Runs(2), seed).drawn(List.of()))
                        .distinct())
                .hasSizeGreaterThan(3);
    }

    @Test
    void ofATimeThePaceOfTheFirstTellsHowManyHaveRoom() {
        // A quarter of a run takes 10 s: 4 trials take 40 + 2 × 10 + 20 = 80 s, 5 take 50 + 30 + 40.
        SuccessiveHalving halving = new SuccessiveHalving(SIX, new Budget.Time(Duration.ofSeconds(90)), 1);
        assertThat(halving.drawn(List.of())).hasSize(1);
        int first = halving.drawn(List.of()).get(0);
        assertThat(halving.drawn(List.of(new Result(first, 0, .5, .5, 10)))).hasSize(4).startsWith(first);
    }

    @Test
    void theStudyEndsWhereThePaceFallsAndTheTimeIsOver() {
        SuccessiveHalving halving = new SuccessiveHalving(SIX, new Budget.Time(Duration.ofSeconds(90)), 1);
        List<Integer> drawn = halving.drawn(List.of(new Result(halving.drawn(List.of()).get(0), 0, .5, .5, 10)));
        List<Result> results = new ArrayList<>(List.of(
                new Result(drawn.get(0), 0, .5, .5, 10), new Result(drawn.get(1), 0, .6, .5, 50)));
        // 60 s for two quarters: a third would end at 90 s, a fourth at 120 s.
        assertThat(halving.next(results)).contains(new Part(drawn.get(2), 0));
        results.add(new Result(drawn.get(2), 0, .4, .5, 29));
        assertThat(halving.next(results)).isEmpty();
        assertThat(halving.winner(results)).hasValue(drawn.get(1));
    }

    @Test
    void divergedTrialsAreNeverTheWinner() {
        SuccessiveHalving halving = new SuccessiveHalving(new double[] {1, 1}, Budget.NONE, 1);
        List<Result> results = List.of(new Result(0, 0, Double.NaN, Double.NaN, 1), new Result(1, 0, .2, .5, 1));
        assertThat(halving.next(results)).contains(new Part(1, 1));
        assertThat(halving.winner(results)).hasValue(1);
        assertThat(halving.winner(List.of(results.get(0)))).isEmpty();
    }

    @Test
    void aBudgetIsATimeOrANumberOfRuns() {
        assertThat(Budget.parse("12 runs")).isEqualTo(new Budget.Runs(12)).extracting(Budget::title)
                .isEqualTo("12 runs");
        assertThat(Budget.parse("12runs")).isEqualTo(new Budget.Runs(12));
        assertThat(Budget.parse("1h30m")).isEqualTo(new Budget.Time(Duration.ofMinutes(90)))
                .extracting(Budget::title).isEqualTo("1h30m");
        assertThat(Budget.parse("30m")).isEqualTo(new Budget.Time(Duration.ofMinutes(30)));
        for (String wrong : List.of("30", "", "m", "30 minutes", "-5m", "1.5h", "runs", "30m runs")) {
            assertThatThrownBy(() -> Budget.parse(wrong)).isInstanceOf(UsageException.class)
                    .hasMessage(
                            "a budget is a time such as 30m or 1h30m, or a number of runs such as \"12 runs\"; got \""
                            + wrong + "\"");
        }
        assertThatThrownBy(() -> Budget.parse("1 run")).hasMessage("a budget must be at least 2 runs, is 1");
        assertThatThrownBy(() -> Budget.parse("0s")).hasMessage("a budget must be a time of 1s to 365 days, is 0s");
    }

    @Test
    void aGridHasEachCombinationOnce() {
        Grid<String> grid = Grid.of("")
                .vary("rate", List.of(1, 2), String::valueOf, (config, rate) -> config + rate)
                .vary("kind", List.of("x"), kind -> kind, (config, kind) -> config + kind)
                .vary("epochs", List.of(3, 4), String::valueOf, (config, epochs) -> config + epochs);
        assertThat(grid.configurations()).extracting(Grid.Configuration::config)
                .containsExactly("1x3", "1x4", "2x3", "2x4");
        assertThat(grid.configurations()).extracting(Object::toString).first().isEqualTo("rate 1, epochs 3");
        assertThatThrownBy(() -> grid.vary("more", List.of(1, 1), String::valueOf, (config, more) -> config))
                .hasMessage("--more lists 1 twice");
    }

    private static List<Double> shares(SuccessiveHalving halving) {
        return IntStream.range(0, halving.rungs()).mapToObj(halving::share).toList();
    }
}
