package org.scibert.training.finetune;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.scibert.training.evaluation.Metrics;

/**
 * The state of a run between two steps, without the network's own. The running epoch, the place in it, the best epoch
 * and how long ago that was follow from these.
 *
 * @param step steps done in all epochs
 * @param lossSum sum of the rows' losses in the running epoch
 * @param epochs that have ended
 */
public record RunState(int step, double lossSum, List<Epoch> epochs) {
    /**
     * An epoch that has ended.
     *
     * @param epoch counted from 1
     * @param loss mean over the training rows, with dropout and weights as they changed
     * @param dev scores on the dev rows after the epoch; null in a run without dev rows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Epoch(int epoch, double loss, Metrics dev) {
        boolean isBetterThan(Epoch other) {
            return dev == null || BY_SCORE_THEN_LOSS.compare(dev, other.dev) > 0;
        }
    }

    /** Orders by score; of equal scores, the lower loss (the better calibrated epoch) is the greater. */
    public static final Comparator<Metrics> BY_SCORE_THEN_LOSS = Comparator.comparingDouble(Metrics::selectionScore)
            .thenComparing(Comparator.comparingDouble(Metrics::loss).reversed());

    /** The state before the first step. */
    public static final RunState START = new RunState(0, 0, List.of());

    public RunState {
        epochs = List.copyOf(epochs);
    }

    /** The state after a step; {@code loss} is the sum of its rows' losses. */
    RunState stepped(double loss) {
        return new RunState(step + 1, lossSum + loss, epochs);
    }

    /** The state after the end of the running epoch. */
    RunState ended(Epoch epoch) {
        List<Epoch> all = new ArrayList<>(epochs);
        all.add(epoch);
        return new RunState(step, 0, all);
    }

    /** The running epoch, counted from 1. */
    int epoch() {
        return epochs.size() + 1;
    }

    /**
     * The epoch with the best dev scores, the first of equals; without dev rows the last. Empty before the first has
     * ended.
     */
    public Optional<Epoch> best() {
        return epochs.stream().reduce((best, next) -> next.isBetterThan(best) ? next : best);
    }

    /** Whether all epochs are done, or {@code patience} epochs in a row were no better than the best before them. */
    boolean isFinished(FineTuningConfig config) {
        int sinceBest = epochs.size() - best().map(Epoch::epoch).orElse(0);
        return epochs.size() >= config.epochs() || (config.patience() > 0 && sinceBest >= config.patience());
    }
}
