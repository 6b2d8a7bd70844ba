package org.scibert.training.finetune;

import java.io.IOException;
import org.scibert.io.Text;

/** Training diverged: a loss or a gradient is not finite. No weights of the run can be used. */
public class DivergedException extends IOException {
    private static final long serialVersionUID = 1L;

    DivergedException(int number, Stepper.Step step, double learningRate) {
        super(Text.format(
                "training diverged at step %s: loss %s, gradient norm %s; try a learning rate below %s",
                number, step.loss(), step.gradientNorm(), learningRate));
    }
}
