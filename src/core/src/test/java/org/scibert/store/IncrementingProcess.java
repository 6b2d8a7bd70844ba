package org.scibert.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A program that adds to a number in a store by compare and swap. */
final class IncrementingProcess {
    private IncrementingProcess() {}

    static Process start(Path store, ObjectKey key, int times) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IncrementingProcess.class.getName(),
                        store.toString(),
                        key.path(),
                        Integer.toString(times))
                .redirectErrorStream(true)
                .start();
    }

    /** @param args the store's folder, the key, how many times to add 1 */
    public static void main(String[] args) throws IOException {
        ObjectKey key = new ObjectKey(args[1]);
        try (ObjectStore store = new FileStore(Path.of(args[0]))) {
            for (int left = Integer.parseInt(args[2]); left > 0; ) {
                Tagged<byte[]> old = store.read(key);
                int number = Integer.parseInt(new String(old.value(), UTF_8));
                try {
                    store.swap(key, Integer.toString(number + 1).getBytes(UTF_8), Optional.of(old.tag()));
                    left--;
                } catch (ObjectChangedException e) {
                    Thread.onSpinWait(); // another was faster: read again
                }
            }
        }
    }
}
