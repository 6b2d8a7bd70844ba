package org.scibert.training.finetune;

import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.RunState.Epoch;

/** Metrics with a chosen score. */
public final class Scripted {
    private Scripted() {}

    public static Metrics metrics(double score, double loss) {
        return new Metrics.Binary(10, 5, loss, 0.7, 0.7, 0.7, 0.7, 0.7, 0.75, score);
    }

    static Epoch epoch(int number, double score, double loss) {
        return new Epoch(number, 0.5, metrics(score, loss));
    }
}
