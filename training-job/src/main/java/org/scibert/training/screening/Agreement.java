package org.scibert.training.screening;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.scibert.io.Text;

/**
 * How far two screeners agree on the records that both labelled.
 *
 * <p>Shapes: C labels.
 *
 * @param labels (C), at least one
 * @param counts (C, C): records by the first screener's label, and by the second's within it
 */
public record Agreement(List<String> labels, List<List<Integer>> counts) {
    /** The quantile of the standard normal distribution that cuts 2.5 % off, for intervals of 95 %. */
    private static final double QUANTILE = 1.959963984540054;

    public Agreement {
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
        int size = labels.size();
        if (size == 0 || counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
            throw new IllegalArgumentException(
                    Text.format("%s labels need as many rows and columns, not %s", size, counts));
        }
    }

    /** A 95 % interval. */
    public record Interval(double low, double high) {}

    public int records() {
        return counts.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
    }

    /** The share of the records to which both gave the same label, in [0, 1]; NaN without records. */
    public double observed() {
        double same = 0;
        for (int i = 0; i < labels.size(); i++) {
            same += cell(i, i);
        }
        return same;
    }

    /** The share on which both would agree by chance, each giving labels as often as they did. */
    private double byChance() {
        double chance = 0;
        for (int i = 0; i < labels.size(); i++) {
            chance += first(i) * second(i);
        }
        return chance;
    }

    /** Cohen's kappa (1960), in [−1, 1]; empty where both gave one and the same label throughout. */
    public OptionalDouble kappa() {
        double chance = byChance();
        return records() == 0 || chance == 1
                ? OptionalDouble.empty()
                : OptionalDouble.of((observed() - chance) / (1 - chance));
    }

    /**
     * The interval of kappa by its asymptotic standard error (Fleiss, Cohen and Everitt 1969), cut to [−1, 1]. It is
     * too narrow for few records, and a point where they agree on all.
     */
    public Optional<Interval> interval() {
        if (kappa().isEmpty()) {
            return Optional.empty();
        }
        double kappa = kappa().getAsDouble();
        double chance = byChance();
        double sum = 0;
        for (int i = 0; i < labels.size(); i++) {
            for (int j = 0; j < labels.size(); j++) {
                double weight = i == j
                        ? 1 - (first(i) + second(i)) * (1 - kappa)
                        : (1 - kappa) * (second(i) + first(j));
                sum += cell(i, j) * weight * weight;
            }
        }
        double centre = kappa - chance * (1 - kappa);
        double error = Math.sqrt(Math.max(0, sum - centre * centre) / records()) / (1 - chance);
        return Optional.of(new Interval(Math.max(-1, kappa - QUANTILE * error), Math.min(1, kappa + QUANTILE * error)));
    }

    /**
     * Kappa adjusted for prevalence and bias (Byrt, Bishop and Carlin 1993): what kappa would be if all labels were
     * equally frequent. It stays high where one label is rare and kappa falls.
     */
    public double adjusted() {
        int size = Math.max(2, labels.size());
        return (size * observed() - 1) / (size - 1);
    }

    /** How often the first screener gave a label, in [0, 1]. */
    public double first(int label) {
        double share = 0;
        for (int j = 0; j < labels.size(); j++) {
            share += cell(label, j);
        }
        return share;
    }

    /** How often the second screener gave a label, in [0, 1]. */
    public double second(int label) {
        double share = 0;
        for (int i = 0; i < labels.size(); i++) {
            share += cell(i, label);
        }
        return share;
    }

    private double cell(int first, int second) {
        return (double) counts.get(first).get(second) / records();
    }
}
