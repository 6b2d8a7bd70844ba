package org.scibert.infra.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings by key, from a properties file and from the environment, which wins: {@code function.memory-mb} is
 * {@code INFRA_FUNCTION_MEMORY_MB}. An empty value is an absent one.
 */
final class Settings {
    private static final String PREFIX = "INFRA_";

    private final Map<String, String> file = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();

    /** @param file may be missing: then there is only the environment */
    Settings(Path file, Map<String, String> environment) throws IOException {
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            properties.stringPropertyNames().forEach(key -> this.file.put(key, properties.getProperty(key).strip()));
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                this.environment.put(name, value.strip());
            }
        });
    }

    Optional<String> text(String key) {
        known.add(key);
        String value = environment.getOrDefault(variable(key), file.getOrDefault(key, ""));
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    String required(String key, String meaning) {
        return text(key).orElseThrow(() -> new ConfigException(
                String.format(Locale.ROOT,
                        "%s is missing: %s; set it in infra/settings.properties, or %s in the environment",
                        key, meaning, variable(key))));
    }

    int integer(String key, int otherwise) {
        return optionalInteger(key).orElse(otherwise);
    }

    Optional<Integer> optionalInteger(String key) {
        return text(key).map(value -> {
            Check.form(key, value, "-?\\d{1,9}", "3008");
            return Integer.valueOf(value);
        });
    }

    Optional<Double> optionalNumber(String key) {
        return text(key).map(value -> {
            Check.form(key, value, "\\d{1,9}(\\.\\d{1,9})?", "0.25");
            return Double.valueOf(value);
        });
    }

    boolean flag(String key, boolean otherwise) {
        return text(key).map(value -> {
            Check.form(key, value, "true|false", "true");
            return Boolean.valueOf(value);
        }).orElse(otherwise);
    }

    <E extends Enum<E>> E choice(String key, E otherwise) {
        Map<String, E> choices = new HashMap<>();
        Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .forEach(e -> choices.put(e.name().toLowerCase(Locale.ROOT).replace('_', '-'), e));
        return text(key).map(value -> {
            Check.that(choices.containsKey(value), "%s is \"%s\"; use one of %s", key, value,
                    new TreeSet<>(choices.keySet()));
            return choices.get(value);
        }).orElse(otherwise);
    }

    List<String> list(String key, List<String> otherwise) {
        return text(key).map(value -> List.of(value.split("\\s*,\\s*"))).orElse(otherwise);
    }

    /** The keys that were asked for so far. */
    Set<String> known() {
        return Collections.unmodifiableSet(known);
    }

    /** To be called when everything was read: a key that nobody asked for is a slip of the pen. */
    void refuseUnknown() {
        file.keySet().stream().filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
            throw unknown(key, known);
        });
        Set<String> variables = new TreeSet<>();
        known.forEach(key -> variables.add(variable(key)));
        environment.keySet().stream().filter(name -> !variables.contains(name)).findFirst().ifPresent(name -> {
            throw unknown(name, variables);
        });
    }

    private static ConfigException unknown(String key, Set<String> known) {
        String nearest = known.stream().min(Comparator.comparingInt(k -> distance(key, k))).orElseThrow();
        return new ConfigException(String.format(Locale.ROOT, "there is no setting %s; the nearest is %s",
                key, nearest));
    }

    private static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
