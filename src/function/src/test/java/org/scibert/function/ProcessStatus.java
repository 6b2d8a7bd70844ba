package org.scibert.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Figures of Linux's /proc/PID/status. */
final class ProcessStatus {
    private ProcessStatus() {}

    /** A figure in kB, such as VmRSS. */
    static long kilobytes(Process process, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
