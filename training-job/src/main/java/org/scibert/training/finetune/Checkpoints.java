package org.scibert.training.finetune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.scibert.weights.Tensor;

/** Keeps a run's state while it trains, so that an interrupted run can go on. */
public interface Checkpoints {
    /**
     * A state that was kept.
     *
     * @param state of the loop
     * @param history of the steps done
     * @param network of the network, as {@link org.scibert.network.TrainableNetwork#state()} gave it; empty if the run
     *     was finished
     */
    record Kept(RunState state, TrainingHistory history, Map<String, Tensor> network) {}

    /**
     * Reads the newest complete state of this run.
     *
     * @param best file for the best epoch's weights; written if an epoch had ended
     */
    Optional<Kept> latest(Path best) throws IOException;

    /** Whether the state after this step is to be kept. */
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
