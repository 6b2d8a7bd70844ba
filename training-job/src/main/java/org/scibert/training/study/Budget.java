package org.scibert.training.study;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scibert.io.Text;
import org.scibert.io.UsageException;

/** The most that a study may spend on its trials. */
public sealed interface Budget {
    /** No limit: each configuration is tried. */
    Budget NONE = new None();

    /** The largest time that makes sense, in days. */
    int MOST_DAYS = 365;

    Pattern RUNS = Pattern.compile("([0-9]{1,9})\\s*runs?");
    Pattern TIME = Pattern.compile("(?=[0-9])(?:([0-9]{1,6})h)?\\s*(?:([0-9]{1,6})m)?\\s*(?:([0-9]{1,9})s)?");

    /** @param text {@code 30m}, {@code 1h30m}, {@code 90s}; {@code 12 runs} */
    static Budget parse(String text) {
        Matcher runs = RUNS.matcher(text.strip());
        if (runs.matches()) {
            return new Runs(Integer.parseInt(runs.group(1)));
        }
        Matcher time = TIME.matcher(text.strip());
        if (time.matches()) {
            return new Time(Duration.ofHours(number(time.group(1)))
                    .plusMinutes(number(time.group(2)))
                    .plusSeconds(number(time.group(3))));
        }
        throw new UsageException(Text.format(
                "a budget is a time such as 30m or 1h30m, or a number of runs such as \"12 runs\"; got \"%s\"", text));
    }

    /** The budget as it is given at the command line. */
    String title();

    /** No limit. */
    record None() implements Budget {
        @Override
        public String title() {
            return "none";
        }
    }

    /**
     * As much training as so many whole runs take; half a run counts half.
     *
     * @param runs at least 2, so that there is something to compare
     */
    record Runs(int runs) implements Budget {
        public Runs {
            if (runs < 2) {
                throw new UsageException(Text.format("a budget must be at least 2 runs, is %s", runs));
            }
        }

        @Override
        public String title() {
            return runs + " runs";
        }
    }

    /**
     * The time of the trials together, kept by the pace of those before.
     *
     * @param time 1 second to {@value Budget#MOST_DAYS} days
     */
    record Time(Duration time) implements Budget {
        public Time {
            if (time.toSeconds() < 1 || time.toDays() > MOST_DAYS) {
                throw new UsageException(
                        Text.format("a budget must be a time of 1s to %s days, is %s", MOST_DAYS, title(time)));
            }
        }

        @Override
        public String title() {
            return title(time);
        }

        private static String title(Duration time) {
            return time.isZero() ? "0s" : time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
        }
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
