package org.scibert.function.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory that this process may still take: what Linux has available, or what is left of a container's limit. */
final class FreeMemory {
    private static final Path SYSTEM = Path.of("/proc/meminfo");
    private static final Path LIMIT = Path.of("/sys/fs/cgroup/memory.max");
    private static final Path USED = Path.of("/sys/fs/cgroup/memory.current");
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

    private FreeMemory() {}

    /** In bytes; empty where it can't be told, as on other systems than Linux. */
    static OptionalLong bytes() {
        OptionalLong system = available(read(SYSTEM));
        OptionalLong container = left(read(LIMIT), read(USED));
        if (system.isEmpty() || container.isEmpty()) {
            return system.isPresent() ? system : container;
        }
        return OptionalLong.of(Math.min(system.getAsLong(), container.getAsLong()));
    }

    /** @param meminfo as Linux writes it */
    static OptionalLong available(String meminfo) {
        Matcher line = AVAILABLE.matcher(meminfo);
        return line.find() ? OptionalLong.of(1024 * Long.parseLong(line.group(1))) : OptionalLong.empty();
    }

    /** @param limit in bytes; "max" or nothing for none */
    static OptionalLong left(String limit, String used) {
        try {
            return OptionalLong.of(Math.max(0, Long.parseLong(limit.strip()) - Long.parseLong(used.strip())));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
