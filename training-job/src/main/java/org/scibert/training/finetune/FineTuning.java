package org.scibert.training.finetune;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.scibert.network.NetworkConfig;
import org.scibert.network.TrainableNetwork;
import org.scibert.training.evaluation.Metrics;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/**
 * Fine-tunes an encoder and a new head, and keeps the best epoch. A run that is cut off at any step and goes on from
 * its checkpoint gives, on a processor, the same weights byte for byte.
 */
public final class FineTuning {
    private final FineTuningConfig config;
    private final NetworkConfig network;
    private final TrainingData data;
    private final Device device;
    private final Checkpoints checkpoints;
    private final BooleanSupplier interrupted;
    private final TrainingListener listener;

    /** @param interrupted whether to end after the running step; asked after each */
    public FineTuning(
            FineTuningConfig config,
            NetworkConfig network,
            TrainingData data,
            Device device,
            Checkpoints checkpoints,
            BooleanSupplier interrupted,
            TrainingListener listener) {
        this.config = config;
        this.network = network;
        this.data = data;
        this.device = device;
        this.checkpoints = checkpoints;
        this.interrupted = interrupted;
        this.listener = listener;
    }

    /**
     * Trains.
     *
     * @param encoder the encoder's weights by name
     * @param best file that the best epoch's weights are written to, as safetensors
     * @throws DivergedException if a loss is not finite
     * @throws InterruptedRunException if it was asked to end early
     */
    public Trained run(Map<String, Tensor> encoder, Path best) throws IOException {
        TrainingPlan plan = TrainingPlan.of(config, data.train().lengths());
        LearningRateSchedule schedule = LearningRateSchedule.of(
                config.schedule(), config.learningRate(), plan.steps(), config.warmUpShare());
        Optional<Checkpoints.Kept> kept = checkpoints.latest(best);
        RunState state = kept.map(Checkpoints.Kept::state).orElse(RunState.START);
        List<TrainingHistory.Step> history = new ArrayList<>(
                kept.map(Checkpoints.Kept::history).orElse(TrainingHistory.EMPTY).steps());
        listener.started(data.train().size(), plan.steps(), plan.paddingShare());
        if (kept.isPresent()) {
            listener.resumed(state.step());
        }
        if (state.isFinished(config)) {
            return new Trained(state, new TrainingHistory(history));
        }
        try (TrainableNetwork net = open(encoder)) {
            if (kept.isPresent()) {
                net.restore(kept.get().network());
            }
            Passes passes = new Passes(net, net::backward, data, config, listener);
            while (!state.isFinished(config)) {
                List<List<int[]>> steps = plan.steps(state.epoch());
                int done = state.step() - state.epochs().size() * plan.stepsPerEpoch();
                for (List<int[]> batches : steps.subList(done, steps.size())) {
                    double learningRate = schedule.at(state.step());
                    Passes.Step step = passes.step(batches, state.step(), learningRate);
                    int rows = batches.stream().mapToInt(batch -> batch.length).sum();
                    state = state.stepped(step.loss() * rows);
                    if (!step.isFinite()) {
                        throw new DivergedException(state.step(), step, config.learningRate());
                    }
                    history.add(new TrainingHistory.Step(state.step(), rows, step.loss(), learningRate));
                    listener.stepped(state.step(), rows, step.loss(), learningRate);
                    boolean ends = interrupted.getAsBoolean();
                    if (ends || checkpoints.isDue(state.step())) {
                        checkpoints.keep(state, new TrainingHistory(history), net.state(), best);
                        listener.kept(state.step());
                    }
                    if (ends) {
                        throw new InterruptedRunException(state.step(), plan.steps());
                    }
                }
                Metrics dev = data.scores().apply(passes.devLogits());
                Epoch epoch = new Epoch(state.epoch(), state.lossSum() / data.train().size(), dev);
                state = state.ended(epoch);
                boolean isBest = state.best().equals(Optional.of(epoch));
                if (isBest) {
                    Safetensors.write(best, net.weights(), Map.of("format", "pt"));
                }
                listener.epochEnded(epoch.epoch(), epoch.loss(), dev, isBest);
            }
        }
        Trained trained = new Trained(state, new TrainingHistory(history));
        checkpoints.keep(state, trained.history(), Map.of(), best);
        return trained;
    }

    private TrainableNetwork open(Map<String, Tensor> encoder) throws IOException {
        Map<String, Tensor> initial = new LinkedHashMap<>(encoder);
        initial.putAll(HeadWeights.initial(network, new Random(Seeds.head(config.seed()))));
        return TrainableNetwork.open(network, config.optimizer(), initial, device, config.seed());
    }
}
