package org.scibert.training.finetune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.scibert.weights.Tensor;

/** Where a run's state is kept while it trains, so that one that was cut off can go on. */
public interface Checkpoints {
    /**
     * What was kept.
     *
     * @param state of the loop
     * @param history of the steps done
     * @param network of the network, as {@link org.scibert.network.TrainableNetwork#state()} gave it; empty if the run
     *     was finished
     */
    record Kept(RunState state, TrainingHistory history, Map<String, Tensor> network) {}

    /**
     * The newest whole state that was kept of this run.
     *
     * @param best gets the best epoch's weights, if one had ended
     */
    Optional<Kept> latest(Path best) throws IOException;

    /** Whether the state after this many steps is to be kept. */
    boolean isDue(int step);

    /**
     * Keeps a state.
     *
     * @param history as in {@link Kept}
     * @param network as in {@link Kept}
     * @param best holds the best epoch's weights, if one has ended
     */
    void keep(RunState state, TrainingHistory history, Map<String, Tensor> network, Path best) throws IOException;
}
