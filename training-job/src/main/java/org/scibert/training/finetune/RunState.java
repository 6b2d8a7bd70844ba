package org.scibert.training.finetune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.scibert.training.evaluation.Metrics;

/**
 * Where a run stands between two steps; the network's own state is beside it. All else follows from it: the epoch, the
 * place in it, the best epoch and how long ago that was.
 *
 * @param step steps done in all epochs
 * @param lossSum of the running epoch: each row's loss
 * @param epochs that have ended
 */
public record RunState(int step, double lossSum, List<Epoch> epochs) {
    /** Of two epochs with the same score, the one with the lower loss knows better how sure it is. */
    public static final Comparator<Metrics> BY_SCORE_THEN_LOSS = Comparator.comparingDouble(Metrics::selectionScore)
            .thenComparing(Comparator.comparingDouble(Metrics::loss).reversed());

    /** Nothing is done yet. */
    public static final RunState START = new RunState(0, 0, List.of());

    public RunState {
        epochs = List.copyOf(epochs);
    }

    /** After a step whose rows' losses sum up to this. */
    RunState stepped(double loss) {
        return new RunState(step + 1, lossSum + loss, epochs);
    }

    /** After the end of the running epoch. */
    RunState ended(Epoch epoch) {
        List<Epoch> all = new ArrayList<>(epochs);
        all.add(epoch);
        return new RunState(step, 0, all);
    }

    /** The running epoch, counted from 1. */
    int epoch() {
        return epochs.size() + 1;
    }

    /** The epoch with the best dev scores, the first of equals; empty before the first has ended. */
    public Optional<Epoch> best() {
        return epochs.stream()
                .reduce((best, next) -> BY_SCORE_THEN_LOSS.compare(next.dev(), best.dev()) > 0 ? next : best);
    }

    /** Whether all epochs are done, or so many in a row were no better than the best before them as patience bears. */
    boolean isFinished(FineTuningConfig config) {
        int sinceBest = epochs.size() - best().map(Epoch::epoch).orElse(0);
        return epochs.size() >= config.epochs() || (config.patience() > 0 && sinceBest >= config.patience());
    }
}
