package org.scibert.training.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Means over labels. */
final class Means {
    private Means() {}

    /** Over those that define the measure, which is null for the others; null if none does. */
    static <T> Double ofDefined(List<T> labels, Function<T, Double> measure) {
        OptionalDouble mean = labels.stream().map(measure).filter(Objects::nonNull).mapToDouble(d -> d).average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }
}
