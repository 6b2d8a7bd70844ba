package org.scibert.training.finetune;

import java.util.ArrayList;
import java.util.List;
import org.scibert.network.Compute;
import org.scibert.training.evaluation.Metrics;

/** Remembers what a run says. */
final class HeardRun implements TrainingListener {
    final List<String> notes = new ArrayList<>();
    final List<Integer> steps = new ArrayList<>();
    final List<Integer> keptSteps = new ArrayList<>();
    int resumedAfter;

    @Override
    public void started(int rows, int steps, double paddingShare, Compute compute) {}

    @Override
    public void resumed(int step) {
        resumedAfter = step;
    }

    @Override
    public void stepped(int step, int rows, double loss, double learningRate) {
        steps.add(step);
    }

    @Override
    public void kept(int step) {
        keptSteps.add(step);
    }

    @Override
    public void epochEnded(int epoch, double loss, Metrics dev, boolean best) {}

    @Override
    public void noted(String sentence) {
        notes.add(sentence);
    }
}
