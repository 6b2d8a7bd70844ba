package org.scibert.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scibert.function.serving.TrialBench;
import org.scibert.io.Text;

/**
 * What drift and a trial cost a request, without HTTP: one text a request, in alternating rounds of a model asked
 * plainly (tokens, logits, decision), through the function without a candidate, with one that answers a share, and with
 * one in the shadow. Prints the median and the 95th percentile of each in microseconds. The candidate is the same
 * release.
 */
public final class TrialCost {
    private static final int ROUNDS = 5;
    private static final String WORDS = "we study the effect of sleep on memory in a randomised trial of adults and ";

    private TrialCost() {}

    /** @param args store's address, name of the model, requests a round */
    public static void main(String[] args) throws Exception {
        int requests = Integer.parseInt(args[2]);
        try (TrialBench bench = TrialBench.open(args[0], args[1])) {
            Map<String, List<Double>> micros = new LinkedHashMap<>();
            for (int round = -1; round < ROUNDS; round++) {
                measure("plainly", bench::plainly, requests, round, micros);
                bench.without();
                measure("no candidate", bench::classify, requests, round, micros);
                bench.with(Optional.of(0.1));
                measure("a tenth by the candidate", bench::classify, requests, round, micros);
                bench.with(Optional.empty());
                measure("in the shadow", bench::classify, requests, round, micros);
            }
            micros.forEach((way, all) -> {
                double[] sorted = all.stream().mapToDouble(d -> d).sorted().toArray();
                System.out.println(Text.format("%-26s %8.0f %8.0f", way, sorted[sorted.length / 2],
                        sorted[sorted.length * 95 / 100]));
            });
            System.out.println(bench.status());
        }
    }

    private static void measure(
            String way, Consumer<String> ask, int requests, int round,
            Map<String, List<Double>> micros) {
        for (int i = 0; i < requests; i++) {
            String text = WORDS + round + ' ' + i;
            long start = System.nanoTime();
            ask.accept(text);
            if (round >= 0) { // the first warms up
                micros.computeIfAbsent(way, w -> new ArrayList<>()).add((System.nanoTime() - start) / 1e3);
            }
        }
    }
}
