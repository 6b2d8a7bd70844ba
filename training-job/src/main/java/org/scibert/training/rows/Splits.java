package org.scibert.training.rows;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One value for each split: its files, its rows, or what was made of its rows.
 *
 * @param <T> what each split has
 * @param test empty if a job has no test rows
 */
public record Splits<T>(T train, T dev, Optional<T> test) {

    public Splits(T train, T dev) {
        this(train, dev, Optional.empty());
    }

    public Splits(T train, T dev, T test) {
        this(train, dev, Optional.of(test));
    }

    /** The values in the order of {@link Split}, without test if there is none. */
    public Map<Split, T> bySplit() {
        Map<Split, T> splits = new EnumMap<>(Split.class);
        splits.put(Split.TRAIN, train);
        splits.put(Split.DEV, dev);
        test.ifPresent(value -> splits.put(Split.TEST, value));
        return splits;
    }

    /** The splits that no weight is fitted to: dev, and test if there is one. */
    public Map<Split, T> heldOut() {
        Map<Split, T> splits = bySplit();
        splits.remove(Split.TRAIN);
        return splits;
    }

    /** The split that versions are compared on: test, or dev without it. */
    public Split last() {
        return test.isPresent() ? Split.TEST : Split.DEV;
    }

    /** What a split has. */
    public T of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case DEV -> dev;
            case TEST -> test.orElseThrow();
        };
    }

    /** Another value for each split. */
    public <R> Splits<R> map(Function<? super T, ? extends R> function) {
        return new Splits<>(function.apply(train), function.apply(dev), test.map(function));
    }

    /** These splits with other training data. */
    public Splits<T> withTrain(T other) {
        return new Splits<>(other, dev, test);
    }
}
