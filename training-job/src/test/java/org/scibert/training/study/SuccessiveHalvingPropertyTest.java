package org.scibert.training.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.scibert.training.study.SuccessiveHalving.Part;
import org.scibert.training.study.SuccessiveHalving.Result;

/** Studies of trials whose scores are random, some of which diverge. */
class SuccessiveHalvingPropertyTest {
    private static final double DIVERGING = 0.1;

    @Property(seed = "1", tries = 300)
    void runsNeverExceedTheBudget(
            @ForAll @IntRange(min = 1, max = 40) int trials, @ForAll @IntRange(min = 2, max = 30) int budget,
            @ForAll long seed) {
        SuccessiveHalving halving = new SuccessiveHalving(same(trials), new Budget.Runs(budget), seed);
        List<Result> results = run(halving, seed, 1);
        double runs = results.stream()
                .mapToDouble(result -> halving.share(result.rung()) * (result.rung() == 0 ? 1 : 0.5))
                .sum();
        assertThat(runs).isLessThanOrEqualTo(budget);
        int drawn = halving.drawn(results).size();
        assertThat(SuccessiveHalving.runs(drawn, trials)).as("as planned").isGreaterThanOrEqualTo(runs);
        if (drawn < trials) {
            assertThat(SuccessiveHalving.runs(drawn + 1, trials)).as("with one more").isGreaterThan(budget);
        }
    }

    @Property(seed = "2", tries = 300)
    void timeNeverExceedsTheBudgetWhereThePaceHolds(@ForAll @IntRange(min = 2, max = 40) int trials,
            @ForAll @IntRange(min = 1, max = 500) int seconds, @ForAll long seed) {
        Random random = new Random(seed);
        double[] work = random.doubles(trials, 1, 20).toArray();
        SuccessiveHalving halving = new SuccessiveHalving(work, new Budget.Time(Duration.ofSeconds(seconds)), seed);
        List<Result> results = run(halving, seed, 3.5, work);
        double spent = results.stream().mapToDouble(Result::seconds).sum();
        // The first has no pace to go by.
        assertThat(spent).isLessThanOrEqualTo(Math.max(seconds, results.get(0).seconds()) + 1e-9);
    }

    @Property(seed = "3", tries = 300)
    void theBestOfARungGoesOn(@ForAll @IntRange(min = 1, max = 40) int trials, @ForAll long seed) {
        SuccessiveHalving halving = new SuccessiveHalving(same(trials), Budget.NONE, seed);
        List<Result> results = run(halving, seed, 1);
        for (int rung = 0; rung < halving.rungs() - 1; rung++) {
            int of = rung;
            List<Integer> next = trialsOf(rung + 1, results);
            results.stream().filter(result -> result.rung() == of && !result.diverged())
                    .min(SuccessiveHalving.BEST_FIRST)
                    .ifPresent(best -> assertThat(next).contains(best.trial()));
            assertThat(next).isSubsetOf(trialsOf(rung, results));
            assertThat(next.size()).isLessThanOrEqualTo((trialsOf(rung, results).size() + 1) / 2);
        }
        assertThat(trialsOf(0, results)).as("each is tried").hasSize(trials);
        halving.winner(results).ifPresent(winner ->
                assertThat(results).noneMatch(result -> result.trial() == winner && result.diverged()));
    }

    @Property(seed = "4", tries = 200)
    void whatIsNextDoesNotDependOnTheOrderOfTheResults(@ForAll @IntRange(min = 2, max = 20) int trials,
            @ForAll @IntRange(min = 1, max = 200) int seconds, @ForAll long seed) {
        for (Budget budget : List.of(Budget.NONE, new Budget.Runs(4), new Budget.Time(Duration.ofSeconds(seconds)))) {
            SuccessiveHalving halving = new SuccessiveHalving(same(trials), budget, seed);
            List<Result> results = run(halving, seed, 2);
            List<Result> some = new ArrayList<>(results.subList(0, new Random(seed).nextInt(results.size() + 1)));
            Optional<Part> next = halving.next(some);
            Collections.shuffle(some, new Random(seed));
            assertThat(halving.next(some)).isEqualTo(next);
            // Started again with what it knew, as after a kill, a study goes on as the one that was not interrupted.
            next.ifPresent(part -> assertThat(part)
                    .isEqualTo(new Part(results.get(some.size()).trial(), results.get(some.size()).rung())));
        }
    }

    @Property(seed = "5", tries = 200)
    void aTrialThatIsOutNeverGoesOn(@ForAll @IntRange(min = 2, max = 30) int trials, @ForAll long seed) {
        SuccessiveHalving halving = new SuccessiveHalving(same(trials), Budget.NONE, seed);
        List<Result> results = run(halving, seed, 1);
        for (int known = 0; known < results.size(); known++) {
            Set<Integer> out = halving.out(results.subList(0, known));
            assertThat(results.subList(known, results.size())).noneMatch(later -> out.contains(later.trial()));
        }
        halving.winner(results).ifPresent(winner -> assertThat(halving.out(results)).doesNotContain(winner));
    }

    private static double[] same(int trials) {
        double[] work = new double[trials];
        Arrays.fill(work, 10);
        return work;
    }

    private static List<Result> run(SuccessiveHalving halving, long seed, double pace) {
        return run(halving, seed, pace, null);
    }

    /** A study to its end. A result depends on the trial and the rung alone, as a training does. */
    private static List<Result> run(SuccessiveHalving halving, long seed, double pace, double[] work) {
        List<Result> results = new ArrayList<>();
        for (Optional<Part> next; (next = halving.next(results)).isPresent(); ) {
            Part part = next.get();
            Random random = new Random(seed ^ (31L * part.trial() + part.rung()));
            boolean diverges = random.nextDouble() < DIVERGING;
            double share = halving.share(part.rung()) * (part.rung() == 0 ? 1 : 0.5);
            double score = Math.round(20 * random.nextDouble()) / 20.; // with ties
            results.add(new Result(
                    part.trial(), part.rung(), diverges ? Double.NaN : score, diverges ? Double.NaN : 0.5,
                    pace * share * (work == null ? 10 : work[part.trial()])));
        }
        return results;
    }

    private static List<Integer> trialsOf(int rung, List<Result> results) {
        return results.stream().filter(result -> result.rung() == rung).map(Result::trial).toList();
    }
}
