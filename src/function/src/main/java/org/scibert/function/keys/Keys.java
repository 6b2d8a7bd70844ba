package org.scibert.function.keys;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.scibert.function.settings.StartFailure;
import org.scibert.io.FileErrors;
import org.scibert.io.IoSupplier;
import org.scibert.io.Text;

/** The keys of {@code API_KEYS} and their holders' budgets; a file or a secret is read again now and then. */
@Singleton
public class Keys {
    private static final Logger LOG = Logger.getLogger(Keys.class);
    private static final String FILE = "file:";
    private static final String SECRET = "secretsmanager:";

    private final KeySettings settings;
    private final InstantSource clock;
    private final IoSupplier<String> source;
    private final Map<String, Budget> budgets = new ConcurrentHashMap<>();
    private ScheduledExecutorService timer;
    private String text;
    private long lookedAt;
    /** Null where nobody is asked for a key. */
    private volatile KeyRing ring;

    @Inject
    public Keys(KeySettings settings) {
        this(settings, Clock.systemUTC());
    }

    /** @param clock by which budgets fill and looking again is due */
    public Keys(KeySettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.source = settings.keys().map(Keys::source).orElse(null);
        if (source != null) {
            try {
                read();
            } catch (IOException | IllegalArgumentException e) {
                throw StartFailure.of("API_KEYS " + reason(e));
            }
            if (ring.size() == 0 && !changes()) {
                throw StartFailure.of("API_KEYS holds no key; make one with training-job keys new NAME, or unset it");
            }
        }
    }

    private static IoSupplier<String> source(String value) {
        if (value.startsWith(FILE)) {
            return () -> Files.readString(Path.of(value.substring(FILE.length())));
        }
        if (value.startsWith(SECRET)) {
            String secret = value.substring(SECRET.length());
            return () -> SecretsManager.ofEnvironment().read(secret);
        }
        return () -> value;
    }

    /** Whether callers must show a key. */
    public boolean areAsked() {
        return ring != null;
    }

    /** The name of a key's holder; empty if the key is not taken. */
    public Optional<String> nameOf(String key) {
        return ring.nameOf(key);
    }

    /** Takes texts from a holder's budget; returns zero, or takes none and returns how long to wait. */
    public Duration take(String name, int texts) {
        return settings.textsPerMinute().map(most -> budget(name, most).take(texts)).orElse(Duration.ZERO);
    }

    /** Puts back texts that were taken and not answered. */
    public void giveBack(String name, int texts) {
        settings.textsPerMinute().ifPresent(most -> budget(name, most).giveBack(texts));
    }

    private Budget budget(String name, int most) {
        return budgets.computeIfAbsent(name, n -> new Budget(most, clock));
    }

    /** Begins to look again, where keys can change. */
    public void begin() {
        if (changes()) {
            timer = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "api-keys");
                thread.setDaemon(true);
                return thread;
            });
            long period = settings.refresh().toMillis();
            timer.scheduleWithFixedDelay(this::lookIfDue, period, period, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Reads the file or the secret again if the last time is long enough ago. Lambda stops the process between events,
     * and the timer with it, so that there each event asks for this. Keys that can't be read leave the last ones.
     */
    public synchronized void lookIfDue() {
        if (!changes() || clock.millis() - lookedAt < settings.refresh().toMillis()) {
            return;
        }
        try {
            read();
        } catch (IOException | RuntimeException e) {
            LOG.errorf("the keys stay as they were: API_KEYS %s", reason(e));
        }
    }

    private boolean changes() {
        return settings.keys().filter(value -> value.startsWith(FILE) || value.startsWith(SECRET)).isPresent();
    }

    private synchronized void read() throws IOException {
        lookedAt = clock.millis();
        String now = source.get();
        if (!now.equals(text)) {
            ring = KeyRing.parse(now);
            text = now;
            LOG.infof("API_KEYS holds %s%s", Text.count(ring.size(), "key"),
                    ring.size() == 0 ? "; nobody may ask" : "");
        }
    }

    /** Without the setting's value, which holds digests unless it names a file or a secret. */
    private String reason(Exception e) {
        String from = changes() ? Text.format("(%s) ", settings.keys().orElseThrow()) : "";
        return from + (e instanceof IOException unread && !(e instanceof SecretsManager.Refused)
                ? Text.format("can't be read (%s)", FileErrors.describe(unread))
                : e.getMessage());
    }

    @PreDestroy
    void end() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
