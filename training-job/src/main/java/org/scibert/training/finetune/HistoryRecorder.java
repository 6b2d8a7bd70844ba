package org.scibert.training.finetune;

import java.util.ArrayList;
import java.util.List;
import org.scibert.training.evaluation.Metrics;

/** Keeps what every step came to. A step that is not above the last one begins another run. */
public final class HistoryRecorder implements TrainingListener {
    private final List<TrainingHistory.Step> steps;
    private int stepsPlanned;

    /** @param before what was recorded before an interruption; {@link TrainingHistory#EMPTY} for a new run */
    public HistoryRecorder(TrainingHistory before) {
        this.steps = new ArrayList<>(before.steps());
        this.stepsPlanned = before.stepsPlanned();
    }

    public TrainingHistory history() {
        return new TrainingHistory(stepsPlanned, steps);
    }

    @Override
    public void started(int rows, int planned, double paddingShare) {
        stepsPlanned = planned;
    }

    @Override
    public void stepped(int step, int rows, double loss, double learningRate) {
        TrainingHistory.Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        int run = last == null ? 1 : step > last.step() ? last.run() : last.run() + 1;
        steps.add(new TrainingHistory.Step(run, step, rows, loss, learningRate));
    }

    @Override
    public void epochEnded(int epoch, double loss, Metrics dev, boolean best) {}
}
