package org.scibert.training.job;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.scibert.io.IoFunction;
import org.scibert.io.Text;
import org.scibert.network.Compute;
import org.scibert.network.EncoderConfig;
import org.scibert.training.finetune.Fp32Steps;

/** The number format of a job's training steps where it is the program's choice for this machine. */
final class ComputeChoice {
    private ComputeChoice() {}

    /**
     * Returns the configuration in the number format that its runs take: in that of the job's checkpoints, so that a
     * job that goes on never changes it; else fp32 by the faster of MKL and oneDNN where the machine has nothing
     * better.
     *
     * @param isBegun whether the store has checkpoints of a configuration's first run
     * @param notes hears what was chosen
     */
    static JobConfig of(
            JobConfig config,
            ComputeDevice device,
            EncoderConfig encoder,
            IoFunction<JobConfig, Boolean> isBegun,
            Consumer<String> notes)
            throws IOException {
        Compute chosen = config.compute();
        if (!config.training().computeChosen() || isBegun.apply(config)) {
            return config;
        }
        for (Compute other : List.of(Compute.FP32, Compute.ONEDNN, Compute.BF16)) {
            if (other != chosen && isBegun.apply(config.with(other))) {
                notes.accept(Text.format(
                        "training goes on in %s, in which its checkpoints are; --compute %s begins anew",
                        title(other), title(chosen)));
                return config.with(other);
            }
        }
        if (chosen != Compute.FP32 || device.device().isGpu()) {
            return config;
        }
        Fp32Steps steps = Fp32Steps.measure(encoder);
        notes.accept(Text.format(
                "training steps in %s: products in fp32 take %.2f of MKL's time by oneDNN, steps of two layers"
                        + " measured",
                title(steps.faster()), steps.onednn() / steps.mkl()));
        return config.with(steps.faster());
    }

    private static String title(Compute compute) {
        return compute.name().toLowerCase(Locale.ROOT);
    }
}
