package org.scibert.function.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.scibert.io.Text;

/**
 * One setting of the function, from its environment variable. A blank value is none, and values are stripped.
 *
 * <p>A value outside its range stops the start with a line that names the variable, the value and the range.
 */
public final class Setting {
    private final String variable;
    private final Optional<String> value;
    private final Function<String, RuntimeException> refusal;

    private Setting(String variable, Optional<String> value, Function<String, RuntimeException> refusal) {
        this.variable = variable;
        this.value = value.map(String::strip).filter(v -> !v.isEmpty());
        this.refusal = refusal;
    }

    /** @param property in Quarkus's notation, as in {@code limits.body-bytes} for LIMITS_BODY_BYTES */
    public static Setting of(Config config, String property) {
        String variable = property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return new Setting(variable, config.getOptionalValue(property, String.class), StartFailure::of);
    }

    /**
     * A setting before Quarkus has its configuration; a value outside its range does not stop the start yet.
     *
     * @throws IllegalArgumentException from {@link #integer} and {@link #duration}
     */
    public static Setting of(Map<String, String> environment, String variable) {
        return new Setting(variable, Optional.ofNullable(environment.get(variable)), IllegalArgumentException::new);
    }

    public Optional<String> text() {
        return value;
    }

    /** Returns the number, or nothing if the setting has no value. */
    public Optional<Integer> integer(int least, int most) {
        return value.map(text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Refused below, with the numbers outside the range.
            }
            throw refused(Text.format("a whole number from %d to %d", least, most));
        });
    }

    /** Returns the number with its decimals, or nothing if the setting has no value. */
    public Optional<Double> number(double least, double most) {
        return value.map(text -> {
            try {
                double number = Double.parseDouble(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Refused below, with the numbers outside the range.
            }
            throw refused(Text.format("a number from %s to %s", least, most));
        });
    }

    /** Returns the duration, or nothing if the setting has no value. */
    public Optional<Duration> duration(Duration least, Duration most) {
        return value.map(text -> {
            try {
                Duration duration = DurationConverter.parseDuration(text);
                if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                    return duration;
                }
            } catch (RuntimeException e) {
                // Refused below, with the durations outside the range.
            }
            throw refused(Text.format("a time from %s to %s, as in 20S, 500ms or 5M", written(least), written(most)));
        });
    }

    private RuntimeException refused(String expected) {
        return refusal.apply(Text.format("%s must be %s, is \"%s\"; correct it, or unset it for the default",
                variable, expected, value.orElseThrow()));
    }

    private static String written(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "S" : duration.toMillis() + "ms";
    }
}
