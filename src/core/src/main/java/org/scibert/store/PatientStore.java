package org.scibert.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.scibert.io.FileDigest;
import org.scibert.io.IoConsumer;
import org.scibert.io.IoSupplier;
import org.scibert.io.Text;

/**
 * A store that outlasts an outage of another: whatever fails with a {@link StoreUnavailableException} is tried again,
 * with growing pauses, for as long as the patience lasts. Other failures are thrown at once.
 *
 * <p>A write whose first attempt had taken effect although its answer was lost is recognised by its content.
 */
public final class PatientStore implements ObjectStore {
    /** Longer than a restart of a server or a change of its address takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final ObjectStore store;
    private final Duration patience;
    private final Clock clock;
    private final IoConsumer<Duration> pause;
    private final Consumer<String> notices;

    /**
     * A store that waits up to 10 minutes for one that is gone.
     *
     * @param store closed with this one
     * @param notices hears of every failed attempt
     */
    public PatientStore(ObjectStore store, Consumer<String> notices) {
        this(store, PATIENCE, Clock.systemUTC(), PatientStore::sleep, notices);
    }

    /** @param pause waits; what it throws ends the attempts */
    public PatientStore(
            ObjectStore store,
            Duration patience,
            Clock clock,
            IoConsumer<Duration> pause,
            Consumer<String> notices) {
        this.store = store;
        this.patience = patience;
        this.clock = clock;
        this.pause = pause;
        this.notices = notices;
    }

    @Override
    public String uri() {
        return store.uri();
    }

    @Override
    public Tagged<byte[]> read(ObjectKey key) throws IOException {
        return patiently(() -> store.read(key));
    }

    @Override
    public Optional<Tagged<byte[]>> readIfChanged(ObjectKey key, String tag) throws IOException {
        return patiently(() -> store.readIfChanged(key, tag));
    }

    @Override
    public void download(ObjectKey key, Path target, long limit) throws IOException {
        patiently(() -> {
            store.download(key, target, limit);
            return null;
        });
    }

    @Override
    public void create(ObjectKey key, byte[] content) throws IOException {
        write(again -> {
            try {
                store.create(key, content);
            } catch (ObjectExistsException e) {
                if (!again || !holds(key, content)) {
                    throw e;
                }
            }
        });
    }

    @Override
    public void create(ObjectKey key, Path file) throws IOException {
        write(again -> {
            try {
                store.create(key, file);
            } catch (ObjectExistsException e) {
                if (!again || !holds(key, file)) {
                    throw e;
                }
            }
        });
    }

    @Override
    public void swap(ObjectKey key, byte[] content, Optional<String> expected) throws IOException {
        write(again -> {
            try {
                store.swap(key, content, expected);
            } catch (ObjectChangedException e) {
                if (!again || !holds(key, content)) {
                    throw e;
                }
            }
        });
    }

    @Override
    public List<ObjectKey> list(ObjectKey folder) throws IOException {
        return patiently(() -> store.list(folder));
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        patiently(() -> {
            store.delete(key);
            return null;
        });
    }

    @Override
    public void probe(ObjectKey folder, long bytes) throws IOException {
        patiently(() -> {
            store.probe(folder, bytes);
            return null;
        });
    }

    @Override
    public void close() {
        store.close();
    }

    /** @param attempt is told whether an attempt before it failed, and so may have taken effect */
    private void write(IoConsumer<Boolean> attempt) throws IOException {
        boolean[] again = new boolean[1];
        patiently(() -> {
            boolean second = again[0];
            again[0] = true;
            attempt.accept(second);
            return null;
        });
    }

    private <T> T patiently(IoSupplier<T> attempt) throws IOException {
        Instant start = clock.instant();
        Duration next = FIRST_PAUSE;
        while (true) {
            try {
                return attempt.get();
            } catch (StoreUnavailableException e) {
                Duration waited = Duration.between(start, clock.instant());
                if (waited.plus(next).compareTo(patience) > 0) {
                    throw new StoreUnavailableException(e, text(waited));
                }
                notices.accept(Text.format("%s; trying again in %s, for %s at most",
                        e.getMessage(), text(next), text(patience.minus(waited))));
                pause.accept(next);
                Duration doubled = next.multipliedBy(2);
                next = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            }
        }
    }

    private boolean holds(ObjectKey key, byte[] content) throws IOException {
        try {
            return Arrays.equals(store.read(key).value(), content);
        } catch (ObjectNotFoundException e) {
            return false;
        }
    }

    private boolean holds(ObjectKey key, Path file) throws IOException {
        Path copy = Files.createTempFile("stored", null);
        try {
            FileDigest expected = FileDigest.of(file);
            store.download(key, copy, expected.size());
            return FileDigest.of(copy).equals(expected);
        } catch (ObjectNotFoundException | ObjectTooLargeException e) {
            return false;
        } finally {
            Files.delete(copy);
        }
    }

    private static String text(Duration duration) {
        return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }

    private static void sleep(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for the store");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
