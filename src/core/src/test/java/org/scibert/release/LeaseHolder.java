package org.scibert.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** A process that uses a copy of a release until it is closed. */
final class LeaseHolder implements AutoCloseable {
    private static final int READY = 'r';

    private final Process process;

    private LeaseHolder(Process process) {
        this.process = process;
    }

    static LeaseHolder start(Path copy) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeaseHolder.class.getName(),
                        copy.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.getInputStream().read()).isEqualTo(READY);
        return new LeaseHolder(process);
    }

    /** @param args the copy's folder; ends when standard input does */
    public static void main(String[] args) throws IOException {
        Path copy = Path.of(args[0]);
        CopyLeases.in(copy.getParent()).take(copy.getFileName().toString());
        System.out.write(READY);
        System.out.flush();
        System.in.read();
    }

    @Override
    public void close() throws Exception {
        process.getOutputStream().close();
        process.waitFor();
    }
}
