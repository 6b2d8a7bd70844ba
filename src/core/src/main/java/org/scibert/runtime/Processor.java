package org.scibert.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.scibert.io.Text;

/**
 * The processor that this process runs on.
 *
 * @param name as the system gives it; the architecture where it gives none
 * @param architecture as the system property {@code os.arch} names it
 * @param instructions the instruction sets among {@link #KNOWN} that it has, in that order, by Linux's names; empty
 *     where the system doesn't tell
 */
public record Processor(String name, String architecture, Set<String> instructions) {
    /** The sets that speed up a network: x86's vector and matrix instructions, then those of Arm. */
    private static final List<String> KNOWN = List.of(
            "avx2", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_bf16", "amx_int8",
            "asimddp", "i8mm", "bf16", "sve");
    private static final List<String> BF16 = List.of("avx512_bf16", "amx_bf16", "bf16");
    private static final List<String> VNNI = List.of("avx512_vnni", "avx_vnni");

    /** Asks the system; only Linux tells more than the architecture. */
    public static Processor current() {
        try {
            return parse(Files.readAllLines(Path.of("/proc/cpuinfo")));
        } catch (IOException e) {
            return parse(List.of());
        }
    }

    /** Reads the first processor of Linux's /proc/cpuinfo. */
    static Processor parse(List<String> cpuInfo) {
        String name = value(cpuInfo, "model name");
        String flags = value(cpuInfo, "flags") + " " + value(cpuInfo, "Features");
        Set<String> has = Set.of(flags.strip().split("\\s+"));
        Set<String> known = new LinkedHashSet<>(KNOWN);
        known.retainAll(has);
        String architecture = System.getProperty("os.arch");
        return new Processor(name.isEmpty() ? architecture : name, architecture, known);
    }

    /** Whether the processor multiplies bfloat16 matrices by instructions of its own. */
    public boolean hasBf16() {
        return BF16.stream().anyMatch(instructions::contains);
    }

    /** Whether the processor adds products of 8-bit integers in 32 bits by instructions of x86. */
    public boolean hasVnni() {
        return VNNI.stream().anyMatch(instructions::contains);
    }

    /** Whether it is an x86-64. */
    public boolean isX86() {
        return architecture.equals("amd64") || architecture.equals("x86_64");
    }

    /** The name and the instruction sets: "AMD EPYC (avx2, avx512f)". */
    @Override
    public String toString() {
        return instructions.isEmpty() ? name : Text.format("%s (%s)", name, String.join(", ", instructions));
    }

    private static String value(List<String> cpuInfo, String key) {
        return cpuInfo.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
