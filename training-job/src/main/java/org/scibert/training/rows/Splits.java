package org.scibert.training.rows;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One value for each split: its files, its rows, or what was made of its rows. In a cross-validation, the same rows are
 * learned from, chosen by and measured on, each answered by a model that was not trained on it.
 *
 * @param <T> what each split has
 * @param dev in a cross-validation, the same as {@code train}
 * @param test empty if a job has no test rows, and in a cross-validation
 * @param crossValidated whether there is only {@link Split#OUT_OF_FOLD} beside the training rows
 */
public record Splits<T>(T train, T dev, Optional<T> test, boolean crossValidated) {

    public Splits(T train, T dev) {
        this(train, dev, Optional.empty());
    }

    public Splits(T train, T dev, T test) {
        this(train, dev, Optional.of(test));
    }

    public Splits(T train, T dev, Optional<T> test) {
        this(train, dev, test, false);
    }

    /** All rows, for a cross-validation. */
    public static <T> Splits<T> crossValidated(T all) {
        return new Splits<>(all, all, Optional.empty(), true);
    }

    /**
     * The values in the order of {@link Split}, each once: without test if there is none, train alone if
     * cross-validated.
     */
    public Map<Split, T> bySplit() {
        Map<Split, T> splits = new EnumMap<>(Split.class);
        splits.put(Split.TRAIN, train);
        if (!crossValidated) {
            splits.putAll(heldOut());
        }
        return splits;
    }

    /** The splits whose answers come from models that were not trained on them. */
    public Map<Split, T> heldOut() {
        Map<Split, T> splits = new EnumMap<>(Split.class);
        splits.put(chosenBy(), dev);
        test.ifPresent(value -> splits.put(Split.TEST, value));
        return splits;
    }

    /** The split that calibration, thresholds and precision are chosen by. */
    public Split chosenBy() {
        return crossValidated ? Split.OUT_OF_FOLD : Split.DEV;
    }

    /** The split that versions are compared on: test, or without it the one that was chosen by. */
    public Split last() {
        return test.isPresent() ? Split.TEST : chosenBy();
    }

    /** What a split has. */
    public T of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case DEV, OUT_OF_FOLD -> dev;
            case TEST -> test.orElseThrow();
        };
    }

    /** Another value for each split. */
    public <R> Splits<R> map(Function<? super T, ? extends R> function) {
        return crossValidated
                ? crossValidated(function.apply(train))
                : new Splits<>(function.apply(train), function.apply(dev), test.map(function));
    }

    /** These splits with other training data. */
    public Splits<T> withTrain(T other) {
        return crossValidated ? crossValidated(other) : new Splits<>(other, dev, test);
    }
}
