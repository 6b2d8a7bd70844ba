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
import org.scibert.io.Text;
import org.scibert.network.NetworkConfig;
import org.scibert.network.TrainableNetwork;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.RunState.Epoch;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

/**
 * Fine-tunes an encoder with a new head and keeps the weights of the best epoch, without dev rows those of the last. On
 * a processor, a run that was interrupted after any step and goes on from its checkpoint gives the same weights, byte
 * for byte.
 */
public final class FineTuning {
    private final FineTuningConfig config;
    private final NetworkConfig networkConfig;
    private final TrainingData data;
    private final Device device;
    private final Checkpoints checkpoints;
    private final BooleanSupplier interrupted;
    private final TrainingListener listener;
    private final Optional<Map<String, Tensor>> head;

    /** A run whose head begins with random weights. */
    public FineTuning(
            FineTuningConfig config,
            NetworkConfig networkConfig,
            TrainingData data,
            Device device,
            Checkpoints checkpoints,
            BooleanSupplier interrupted,
            TrainingListener listener) {
        this(config, networkConfig, data, device, checkpoints, interrupted, listener, Optional.empty());
    }

    /**
     * @param interrupted whether the run shall end; asked after each step
     * @param head the head's first weights by name; empty for random ones
     */
    public FineTuning(
            FineTuningConfig config,
            NetworkConfig networkConfig,
            TrainingData data,
            Device device,
            Checkpoints checkpoints,
            BooleanSupplier interrupted,
            TrainingListener listener,
            Optional<Map<String, Tensor>> head) {
        this.config = config;
        this.networkConfig = networkConfig;
        this.data = data;
        this.device = device;
        this.checkpoints = checkpoints;
        this.interrupted = interrupted;
        this.listener = listener;
        this.head = head;
    }

    /**
     * A finished run.
     *
     * @param state at the end; {@link RunState#best()} is the epoch whose weights were kept
     * @param history of all steps, those before an interruption as well
     */
    public record Result(RunState state, TrainingHistory history) {}

    /**
     * A run that was trained for a share of its steps.
     *
     * @param step the last one that is done
     * @param taken steps of this call; fewer where an earlier one was interrupted
     * @param dev the best scores on dev so far, of an epoch's end or of this step; null without dev rows
     */
    public record Paused(int step, int taken, Metrics dev) {}

    /**
     * Trains to the end.
     *
     * @param encoder the encoder's weights by name
     * @param best file for the best epoch's weights, as safetensors
     * @throws DivergedException if a loss or a gradient is not finite
     * @throws InterruptedRunException if the run was asked to end early
     */
    public Result run(Map<String, Tensor> encoder, Path best) throws IOException {
        TrainingPlan plan = TrainingPlan.of(config, data.train().lengths());
        return train(plan, plan.steps(), encoder, best).result();
    }

    /**
     * Trains for a share of the steps, by the learning rates of the whole run, and keeps the state: the same run goes
     * on from there, and ends with the same weights as if it had not paused.
     *
     * @param share in (0, 1], of all steps; rounded up
     */
    public Paused runTo(double share, Map<String, Tensor> encoder, Path best) throws IOException {
        TrainingPlan plan = TrainingPlan.of(config, data.train().lengths());
        Trained trained = train(plan, (int) Math.ceil(share * plan.steps()), encoder, best);
        int step = trained.result().state().step();
        return new Paused(step, step - trained.from(), trained.bestDev());
    }

    /**
     * A run as far as it was trained.
     *
     * @param from the last step that was done before
     * @param within the scores on dev where the run paused within an epoch; else null
     */
    private record Trained(Result result, int from, Metrics within) {
        /** The better of the best epoch's scores and those within an epoch; null without dev rows. */
        Metrics bestDev() {
            Metrics epoch = result.state().best().map(Epoch::dev).orElse(within);
            return within == null || RunState.BY_SCORE_THEN_LOSS.compare(epoch, within) >= 0 ? epoch : within;
        }
    }

    /** @param until the step to stop after, of all epochs */
    private Trained train(TrainingPlan plan, int until, Map<String, Tensor> encoder, Path best) throws IOException {
        LearningRateSchedule schedule = LearningRateSchedule.of(
                config.schedule(), config.learningRate(), plan.steps(), config.warmUpShare());

        // Where an earlier process with the same run stopped, or at the beginning.
        Optional<Checkpoints.Kept> kept = checkpoints.latest(best);
        RunState state = kept.map(Checkpoints.Kept::state).orElse(RunState.START);
        int from = state.step();
        List<TrainingHistory.Step> history = new ArrayList<>(
                kept.map(Checkpoints.Kept::history).orElse(TrainingHistory.EMPTY).steps());
        listener.started(data.train().size(), until, plan.paddingShare(), config.optimizer().compute());
        if (kept.isPresent()) {
            listener.resumed(state.step());
        }
        if (state.isFinished(config)) {
            return new Trained(new Result(state, new TrainingHistory(history)), from, null);
        }

        Metrics within = null;
        try (TrainableNetwork network = open(encoder)) {
            if (kept.isPresent()) {
                network.restore(kept.get().network());
            }
            Stepper stepper = new Stepper(network, data, config, listener::noted);
            while (!state.isFinished(config) && state.epochs().size() * plan.stepsPerEpoch() < until) {
                // An epoch: the steps that are left of it, then dev.
                List<List<int[]>> steps = plan.steps(state.epoch());
                int before = state.epochs().size() * plan.stepsPerEpoch();
                int last = Math.min(steps.size(), until - before);
                for (List<int[]> batches : steps.subList(Math.min(state.step() - before, last), last)) {
                    double learningRate = schedule.at(state.step());
                    Stepper.Step step = stepper.step(batches, state.step(), learningRate);
                    int rows = batches.stream().mapToInt(batch -> batch.length).sum();
                    state = state.stepped(step.loss() * rows);
                    if (!step.isFinite()) {
                        throw new DivergedException(state.step(), step, config.learningRate());
                    }
                    history.add(new TrainingHistory.Step(state.step(), rows, step.loss(), learningRate));
                    listener.stepped(state.step(), rows, step.loss(), learningRate);

                    boolean ends = interrupted.getAsBoolean();
                    if (ends || checkpoints.isDue(state.step())) {
                        // Copies weights and moments, three times the network's size, from the device to the store.
                        boolean isKept = keep(state, history, network.state(), best);
                        if (ends) {
                            throw new InterruptedRunException(state.step(), plan.steps(), isKept);
                        }
                    }
                }
                Metrics dev = data.dev()
                        .map(held -> held.scores().apply(stepper.logits(held.examples())))
                        .orElse(null);
                if (last < steps.size()) {
                    within = dev;
                    break;
                }
                Epoch epoch = new Epoch(state.epoch(), state.lossSum() / data.train().size(), dev);
                state = state.ended(epoch);
                boolean isBest = state.best().equals(Optional.of(epoch));
                if (isBest) {
                    Safetensors.write(best, network.weights(), Map.of("format", "pt"));
                }
                if (dev == null) {
                    listener.epochEnded(epoch.epoch(), epoch.loss());
                } else {
                    listener.epochEnded(epoch.epoch(), epoch.loss(), dev, isBest);
                }
            }
            if (!state.isFinished(config)) {
                keep(state, history, network.state(), best);
                return new Trained(new Result(state, new TrainingHistory(history)), from, within);
            }
        }

        // A job that dies between here and the publication finds a finished run.
        keep(state, history, Map.of(), best);
        return new Trained(new Result(state, new TrainingHistory(history)), from, null);
    }

    /** A checkpoint that can't be written, to a full disk say, is no reason to lose the training that it protects. */
    private boolean keep(RunState state, List<TrainingHistory.Step> history, Map<String, Tensor> network, Path best) {
        try {
            checkpoints.keep(state, new TrainingHistory(history), network, best);
        } catch (IOException e) {
            listener.noted(Text.format(
                    "the state after step %s is not kept, training goes on without it: %s",
                    state.step(), e.getMessage()));
            return false;
        }
        if (!network.isEmpty()) {
            listener.kept(state.step());
        }
        return true;
    }

    private TrainableNetwork open(Map<String, Tensor> encoder) throws IOException {
        Map<String, Tensor> initial = new LinkedHashMap<>(encoder);
        initial.putAll(head.orElseGet(
                () -> HeadWeights.initial(networkConfig, new Random(Seeds.head(config.seed())))));
        return TrainableNetwork.open(networkConfig, config.optimizer(), initial, device, config.seed());
    }
}
