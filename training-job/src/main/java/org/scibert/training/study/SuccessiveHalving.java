package org.scibert.training.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Successive halving (Jamieson and Talwalkar 2016): all trials are trained for a share of their steps, the better half
 * of them for twice the share, until some have had all. What is next is a function of the results so far, whatever
 * order they came in; so a study that goes on after an interruption ends as one that was never interrupted.
 *
 * <p>At most two halvings, so that the first rung is a quarter of a run: after fewer steps the rate has hardly been at
 * its peak, and dev tells little.
 */
public final class SuccessiveHalving {
    private static final int MOST_HALVINGS = 2;

    private final double[] work;
    private final Budget budget;
    private final int halvings;
    /** The order in which trials are drawn. */
    private final List<Integer> order;

    /**
     * @param work of each trial's whole run, in any unit; above 0
     * @param seed of the draw of those that are tried where the budget is too small for all
     */
    public SuccessiveHalving(double[] work, Budget budget, long seed) {
        if (work.length == 0 || Arrays.stream(work).anyMatch(each -> !(each > 0))) {
            throw new IllegalArgumentException("each trial must have work above 0, are " + Arrays.toString(work));
        }
        this.work = work.clone();
        this.budget = budget;
        this.halvings = Math.min(MOST_HALVINGS, log2(work.length));
        this.order = IntStream.range(0, work.length).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(order, new Random(seed));
    }

    /**
     * A trial's result on dev after a rung.
     *
     * @param trial counted from 0
     * @param rung counted from 0
     * @param score higher is better; not a number if the trial diverged
     * @param loss decides between equal scores, lower is better
     * @param seconds that the rung's steps took
     */
    public record Result(int trial, int rung, double score, double loss, double seconds) {
        public boolean diverged() {
            return Double.isNaN(score);
        }
    }

    /** A trial that is to be trained to the end of a rung. */
    public record Part(int trial, int rung) {}

    /** The best first; equal ones in the order of the trials. */
    public static final Comparator<Result> BEST_FIRST =
            Comparator.comparing((Result result) -> result.diverged() ? Double.NEGATIVE_INFINITY : result.score())
                    .reversed()
                    .thenComparingDouble(Result::loss)
                    .thenComparingInt(Result::trial);

    /** The share of a run's steps that is done at the end of a rung, in (0, 1]. */
    public double share(int rung) {
        return Math.scalb(1.0, rung - halvings);
    }

    /** The number of rungs. */
    public int rungs() {
        return halvings + 1;
    }

    /** How many whole runs' training so many trials take, in the first rung and what follows. */
    public static double runs(int trials, int ofConfigurations) {
        int halvings = Math.min(MOST_HALVINGS, log2(ofConfigurations));
        double runs = 0;
        int members = trials;
        for (int rung = 0; rung <= halvings; rung++) {
            double share = Math.scalb(1.0, rung - halvings);
            runs += members * (rung == 0 ? share : share / 2);
            members = half(members);
        }
        return runs;
    }

    /**
     * The trials of the first rung, in the order in which they begin: all, or as many as the budget has room for. Of a
     * time, how many that is follows from the pace of the first.
     */
    public List<Integer> drawn(List<Result> results) {
        if (budget instanceof Budget.Time time) {
            return order.subList(0, fitting(time, results));
        }
        int most = work.length;
        if (budget instanceof Budget.Runs runs) {
            while (runs(most, work.length) > runs.runs()) {
                most--;
            }
        }
        return order.subList(0, most).stream().sorted().toList();
    }

    /** What is to be trained next; empty if the study is over. */
    public Optional<Part> next(List<Result> results) {
        List<Integer> members = drawn(results);
        for (int rung = 0; rung <= halvings; rung++) {
            List<Result> done = of(rung, results);
            for (int trial : members) {
                if (done.stream().noneMatch(result -> result.trial() == trial)) {
                    Part part = new Part(trial, rung);
                    return hasRoom(part, results) ? Optional.of(part) : Optional.empty();
                }
            }
            members = done.stream()
                    .filter(result -> !result.diverged())
                    .limit(half(members.size()))
                    .map(Result::trial)
                    .toList();
        }
        return Optional.empty();
    }

    /** Trials that will not go on, whatever the others of their rung show. */
    public Set<Integer> out(List<Result> results) {
        Set<Integer> out = results.stream().filter(Result::diverged).map(Result::trial).collect(Collectors.toSet());
        int members = drawn(results).size();
        for (int rung = 0; rung <= halvings; rung++) {
            members = rung == halvings ? 1 : half(members);
            of(rung, results).stream().skip(members).map(Result::trial).forEach(out::add);
        }
        return out;
    }

    /** The best of those that were trained longest, diverged ones left out; empty if all diverged. */
    public OptionalInt winner(List<Result> results) {
        Set<Integer> diverged =
                results.stream().filter(Result::diverged).map(Result::trial).collect(Collectors.toSet());
        return results.stream()
                .filter(result -> !diverged.contains(result.trial()))
                .min(Comparator.comparingInt(Result::rung).reversed().thenComparing(BEST_FIRST))
                .map(result -> OptionalInt.of(result.trial()))
                .orElse(OptionalInt.empty());
    }

    /** The results of a rung, the best first. */
    private static List<Result> of(int rung, List<Result> results) {
        return results.stream().filter(result -> result.rung() == rung).sorted(BEST_FIRST).toList();
    }

    /** How many trials a time has room for if all go on at the pace of the first, and the longest of them go on. */
    private int fitting(Budget.Time time, List<Result> results) {
        Optional<Result> first = of(0, results).stream().filter(result -> result.trial() == order.get(0)).findFirst();
        if (first.isEmpty()) {
            return 1;
        }
        double pace = first.get().seconds() / work(first.get().trial(), 0);
        int most = work.length;
        while (most > 1 && pace * longest(most) > time.time().toSeconds()) {
            most--;
        }
        return most;
    }

    /** The most work that the first of the draw can make. */
    private double longest(int trials) {
        double sum = order.subList(0, trials).stream().mapToDouble(trial -> work(trial, 0)).sum();
        int members = trials;
        for (int rung = 1; rung <= halvings; rung++) {
            members = half(members);
            int ofRung = rung;
            sum += order.subList(0, trials).stream()
                    .map(trial -> work(trial, ofRung))
                    .sorted(Comparator.reverseOrder())
                    .limit(members)
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }
        return sum;
    }

    /** Whether a part ends in time at the pace of those before; the first has nothing to go by. */
    private boolean hasRoom(Part part, List<Result> results) {
        if (!(budget instanceof Budget.Time time) || results.isEmpty()) {
            return true;
        }
        double spent = results.stream().mapToDouble(Result::seconds).sum();
        double pace = spent / results.stream().mapToDouble(result -> work(result.trial(), result.rung())).sum();
        return spent + pace * work(part.trial(), part.rung()) <= time.time().toSeconds();
    }

    /** The work of a rung's steps. */
    private double work(int trial, int rung) {
        return work[trial] * (rung == 0 ? share(0) : share(rung) / 2);
    }

    /** Half, rounded up: the best is never dropped. */
    private static int half(int members) {
        return (members + 1) / 2;
    }

    private static int log2(int number) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number);
    }
}
