package org.scibert.training.baseline;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.scibert.lexicon.TfIdf;
import org.scibert.network.Pooling;
import org.scibert.training.rows.Split;

/**
 * An encoder's vectors of some training rows, each element with the mean 0 and the deviation 1 over the rows that are
 * learnt from: one penalty then suits encoders of any scale.
 *
 * @param rows places among the training rows, (N)
 */
record Standardised(PooledVectors vectors, int[] rows, Pooling pooling) implements Representation {
    /** Keeps an element that hardly varies from being blown up. */
    private static final double LEAST_DEVIATION = 1e-6;

    /**
     * What the elements are scaled by.
     *
     * @param mean (H)
     * @param deviation (H)
     */
    record Scale(double[] mean, double[] deviation) {}

    @Override
    public Vectors learntFrom(int[] fitted) {
        Scale scale = scale(fitted);
        int[] columns = IntStream.range(0, vectors.hidden()).toArray();
        return new Vectors(
                Arrays.stream(rows)
                        .mapToObj(row -> new TfIdf.Vector(columns, Arrays.stream(columns)
                                .mapToDouble(h -> (at(row, h) - scale.mean[h]) / scale.deviation[h])
                                .toArray()))
                        .toList(),
                columns.length);
    }

    /** @param fitted places in {@link #rows} */
    Scale scale(int[] fitted) {
        double[] mean = new double[vectors.hidden()];
        double[] deviation = new double[vectors.hidden()];
        for (int h = 0; h < mean.length; h++) {
            double sum = 0;
            double squares = 0;
            for (int place : fitted) {
                sum += at(rows[place], h);
            }
            mean[h] = sum / fitted.length;
            for (int place : fitted) {
                double off = at(rows[place], h) - mean[h];
                squares += off * off;
            }
            deviation[h] = Math.max(LEAST_DEVIATION, Math.sqrt(squares / fitted.length));
        }
        return new Scale(mean, deviation);
    }

    private double at(int row, int h) {
        return vectors.at(Split.TRAIN, row, pooling, h);
    }
}
