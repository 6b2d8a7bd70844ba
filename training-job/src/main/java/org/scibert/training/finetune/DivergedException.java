package org.scibert.training.finetune;

import java.io.IOException;

/** Training went out of bounds; nothing of it can be used. */
public class DivergedException extends IOException {
    private static final long serialVersionUID = 1L;

    DivergedException(int number, Passes.Step step, double learningRate) {
        super("training diverged at step %d: loss %s, gradient norm %s; try a learning rate below %s"
                .formatted(number, step.loss(), step.gradientNorm(), learningRate));
    }
}
