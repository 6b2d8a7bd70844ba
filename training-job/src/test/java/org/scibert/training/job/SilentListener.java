package org.scibert.training.job;

import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.TrainingListener;

final class SilentListener implements TrainingListener {
    @Override
    public void started(int rows, int steps, double paddingShare) {}

    @Override
    public void stepped(int step, int rows, double loss, double learningRate) {}

    @Override
    public void epochEnded(int epoch, double loss, Metrics dev, boolean best) {}
}
