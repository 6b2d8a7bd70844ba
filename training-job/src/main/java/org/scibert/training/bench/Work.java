package org.scibert.training.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something to be timed.
 *
 * @param name in tables
 * @param flops floating-point operations of one run, 0 where nobody asks for its rate
 * @param repeats runs in one timing
 * @param run does it once, and has done it when it returns, on a GPU too
 */
record Work(String name, double flops, int repeats, Runnable run) {
    /** libtorch settles its memory and its graphs in the first runs. */
    private static final int WARM_UP = 2;

    /** Does all of it in turns, so that a busy moment of the machine meets each; gives the median of one run of each. */
    static Map<String, Timing> interleaved(List<Work> all, int rounds) {
        Map<String, List<Timing>> timings = new LinkedHashMap<>();
        for (int round = 0; round < WARM_UP + rounds; round++) {
            for (Work work : all) {
                Timing sum = Timing.of(work::runAll);
                if (round >= WARM_UP) {
                    timings.computeIfAbsent(work.name, name -> new ArrayList<>()).add(new Timing(
                            sum.wallSeconds() / work.repeats, sum.cpuSeconds() / work.repeats));
                }
            }
        }
        Map<String, Timing> medians = new LinkedHashMap<>();
        timings.forEach((name, each) -> medians.put(name, Timing.median(each)));
        return medians;
    }

    private void runAll() {
        for (int i = 0; i < repeats; i++) {
            run.run();
        }
    }
}
