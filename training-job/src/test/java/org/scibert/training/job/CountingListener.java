package org.scibert.training.job;

import java.util.ArrayList;
import java.util.List;
import org.scibert.training.evaluation.Metrics;

/** Counts steps and epochs, and keeps what is noted. */
class CountingListener extends SilentListener {
    final List<String> notes = new ArrayList<>();
    int steps;
    int epochs;

    @Override
    public void stepped(int step, int rows, double loss, double learningRate) {
        steps++;
    }

    @Override
    public void epochEnded(int epoch, double loss, Metrics dev, boolean best) {
        epochs++;
    }

    @Override
    public void noted(String sentence) {
        notes.add(sentence);
    }
}
