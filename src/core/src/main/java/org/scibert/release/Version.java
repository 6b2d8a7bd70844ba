package org.scibert.release;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scibert.io.FileDigest;
import org.scibert.io.Text;

/**
 * A publication's name: its time and the start of its weights' digest, as in {@code 20261122T145400Z-1a2b3c4d}.
 *
 * <p>Versions sort by time, and so do their texts.
 *
 * @param publishedAt in whole seconds, years 0 to 9999
 * @param weights the first 8 hexadecimal digits of the SHA-256 of {@code model.safetensors}
 */
public record Version(Instant publishedAt, String weights) implements Comparable<Version> {
    private static final int WEIGHTS_DIGITS = 8;
    private static final Pattern TEXT = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{8}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);
    private static final Comparator<Version> ORDER =
            Comparator.comparing(Version::publishedAt).thenComparing(Version::weights);

    public Version {
        publishedAt = publishedAt.truncatedTo(ChronoUnit.SECONDS);
        if (!weights.matches("[0-9a-f]{8}")) {
            throw new IllegalArgumentException(Text.format("\"%s\" is not 8 hexadecimal digits in lower case",
                    weights));
        }
    }

    /** The version of weights published at this time. */
    static Version of(Instant publishedAt, FileDigest weights) {
        return new Version(publishedAt, weights.sha256().substring(0, WEIGHTS_DIGITS));
    }

    /** @throws IllegalArgumentException if the text is not what {@link #toString} gives */
    @JsonCreator
    public static Version parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException(
                Text.format("\"%s\" is not a version; one looks like 20261122T145400Z-1a2b3c4d", text)));
    }

    /** The version that a text names; empty if it names none. */
    static Optional<Version> tryParse(String text) {
        if (!TEXT.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            String[] halves = text.split("-");
            return Optional.of(new Version(TIME.parse(halves[0], Instant::from), halves[1]));
        } catch (DateTimeException e) {
            return Optional.empty(); // a 13th month
        }
    }

    /** Whether a file's digest is that of the weights that the version names. */
    boolean names(FileDigest file) {
        return file.sha256().startsWith(weights);
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    @JsonValue
    public String toString() {
        return TIME.format(publishedAt) + "-" + weights;
    }
}
