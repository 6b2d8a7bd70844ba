package org.scibert.training.job;

import org.scibert.network.Compute;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.TokenTable;
import org.scibert.training.evaluation.Metrics;

/** Hears nothing. */
public class SilentListener implements JobListener {
    @Override
    public void checked(DataReport report) {}

    @Override
    public void measured(TokenTable tokens) {}

    @Override
    public void started(int rows, int steps, double paddingShare, Compute compute) {}

    @Override
    public void stepped(int step, int rows, double loss, double learningRate) {}

    @Override
    public void epochEnded(int epoch, double loss, Metrics dev, boolean best) {}
}
