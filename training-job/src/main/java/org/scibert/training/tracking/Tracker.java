package org.scibert.training.tracking;

import java.util.Map;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.TrainingListener;
import org.scibert.training.rows.Split;

/** Passes a training on to a tracker of experiments. Closed without {@link #finished}, the training has failed. */
public interface Tracker extends TrainingListener, AutoCloseable {
    /** The setting that is known when the first run begins: the job may choose the number format for the machine. */
    String COMPUTE = "optimizer.compute";

    /**
     * The version is published.
     *
     * @param splits what it scored, by split
     */
    void finished(String version, Map<Split, Metrics> splits);

    /** Sends what is left; never throws. */
    @Override
    void close();
}
