package org.scibert.training.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.scibert.io.Text;
import org.scibert.io.UsageException;

/**
 * All combinations of the values that options list.
 *
 * @param configurations in the order of the options and of their values, the last option's changing fastest; at least
 *     one
 */
public record Grid<C>(List<Configuration<C>> configurations) {
    /** Their rows are people's to read, and each has a network's state to keep while it may go on. */
    public static final int MOST = 1000;

    /**
     * One combination.
     *
     * @param values what people gave for each option that lists several, by its name: {@code learning-rate}
     * @param config that they make
     */
    public record Configuration<C>(Map<String, String> values, C config) {
        private Configuration<C> with(String option, String value, C other) {
            Map<String, String> all = new LinkedHashMap<>(values);
            all.put(option, value);
            return new Configuration<>(all, other);
        }

        /** For people: {@code learning-rate 2e-5, epochs 3}. */
        @Override
        public String toString() {
            List<String> pairs = new ArrayList<>();
            values.forEach((option, value) -> pairs.add(option + " " + value));
            return String.join(", ", pairs);
        }
    }

    public Grid {
        configurations = List.copyOf(configurations);
        if (configurations.size() > MOST) {
            throw new UsageException(Text.format("the lists have %s combinations, a study takes %s; shorten one",
                    configurations.size(), MOST));
        }
    }

    /** The grid of a configuration that nothing is varied in. */
    public static <C> Grid<C> of(C config) {
        return new Grid<>(List.of(new Configuration<>(Map.of(), config)));
    }

    /**
     * This grid with each of an option's values in each configuration. A single value is set and not named.
     *
     * @param option its name without the hyphens before it
     * @param title of a value, for people
     * @param set makes a configuration with a value
     * @throws UsageException if a value is listed twice
     */
    public <T> Grid<C> vary(String option, List<T> values, Function<T, String> title, BiFunction<C, T, C> set) {
        List<Configuration<C>> all = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.indexOf(values.get(i)) != i) {
                throw new UsageException(Text.format("--%s lists %s twice", option, title.apply(values.get(i))));
            }
        }
        for (Configuration<C> each : configurations) {
            for (T value : values) {
                C config = set.apply(each.config(), value);
                all.add(values.size() == 1
                        ? new Configuration<>(each.values(), config)
                        : each.with(option, title.apply(value), config));
            }
        }
        return new Grid<>(all);
    }

    /** The same combinations of other configurations. */
    public Grid<C> map(UnaryOperator<C> change) {
        return new Grid<>(configurations.stream()
                .map(each -> new Configuration<>(each.values(), change.apply(each.config())))
                .toList());
    }

    public int size() {
        return configurations.size();
    }
}
