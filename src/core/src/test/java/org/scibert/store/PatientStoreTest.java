package org.scibert.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientStoreTest {
    private static final ObjectKey KEY = new ObjectKey("animals/current.json");
    private static final byte[] ONE = "one".getBytes(UTF_8);
    private static final byte[] TWO = "two".getBytes(UTF_8);

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    /** A store whose first calls fail, before they take effect or after it. */
    private final class Outage extends ForwardingStore {
        private final boolean afterEffect;
        private int failures;

        Outage(int failures, boolean afterEffect) {
            super(store);
            this.failures = failures;
            this.afterEffect = afterEffect;
        }

        @Override
        public Tagged<byte[]> read(ObjectKey key) throws IOException {
            fail(key, !afterEffect);
            return super.read(key);
        }

        @Override
        public void create(ObjectKey key, byte[] content) throws IOException {
            fail(key, !afterEffect);
            super.create(key, content);
            fail(key, afterEffect);
        }

        @Override
        public void create(ObjectKey key, Path file) throws IOException {
            fail(key, !afterEffect);
            super.create(key, file);
            fail(key, afterEffect);
        }

        @Override
        public void swap(ObjectKey key, byte[] content, Optional<String> expected) throws IOException {
            fail(key, !afterEffect);
            super.swap(key, content, expected);
            fail(key, afterEffect);
        }

        private void fail(ObjectKey key, boolean here) throws StoreUnavailableException {
            if (here && failures-- > 0) {
                throw new StoreUnavailableException(uri(), key, "is away", null);
            }
        }
    }

    private PatientStore patient(ObjectStore outage, Duration patience) {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("nobody asks for another zone");
            }
        };
        return new PatientStore(outage, patience, clock, this::pass, notices::add);
    }

    private void pass(Duration pause) {
        pauses.add(pause);
        now = now.plus(pause);
    }

    @Test
    void anOutageIsWaitedForWithGrowingPausesAndSaid() throws Exception {
        store.create(KEY, ONE);

        assertThat(patient(new Outage(9, false), Duration.ofMinutes(10)).read(KEY).value()).isEqualTo(ONE);

        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(notices).hasSize(9);
        assertThat(notices.get(0))
                .isEqualTo("memory:: animals/current.json: is away; trying again in 1 s, for 10 min at most");
    }

    @Test
    void anOutageThatLastsIsSaidAsThat() {
        assertThatThrownBy(() -> patient(new Outage(Integer.MAX_VALUE, false), Duration.ofMinutes(10)).create(KEY, ONE))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("memory:: animals/current.json: is away (tried for 9 min)");
    }

    @Test
    void otherFailuresAreNotTriedAgain() {
        assertThatThrownBy(() -> patient(store, Duration.ofMinutes(10)).read(KEY))
                .isInstanceOf(ObjectNotFoundException.class);

        assertThat(pauses).isEmpty();
    }

    @Test
    void aWriteWhoseAnswerWasLostIsKnownByItsContent() throws Exception {
        Path file = Files.write(folder.resolve("file"), ONE);
        ObjectKey other = new ObjectKey("animals/other");

        patient(new Outage(1, true), Duration.ofMinutes(1)).create(KEY, ONE);
        patient(new Outage(1, true), Duration.ofMinutes(1)).create(other, file);
        patient(new Outage(1, true), Duration.ofMinutes(1)).swap(KEY, TWO, Optional.of(store.read(KEY).tag()));

        assertThat(store.read(KEY).value()).isEqualTo(TWO);
        assertThat(store.read(other).value()).isEqualTo(ONE);
    }

    @Test
    void anotherWritersObjectIsStillSaid() throws Exception {
        store.create(KEY, TWO);
        Path file = Files.write(folder.resolve("file"), ONE);

        assertThatThrownBy(() -> patient(new Outage(1, false), Duration.ofMinutes(1)).create(KEY, ONE))
                .isInstanceOf(ObjectExistsException.class);
        assertThatThrownBy(() -> patient(new Outage(1, false), Duration.ofMinutes(1)).create(KEY, file))
                .isInstanceOf(ObjectExistsException.class);
        assertThatThrownBy(() -> patient(new Outage(1, false), Duration.ofMinutes(1))
                        .swap(KEY, ONE, Optional.of("tag")))
                .isInstanceOf(ObjectChangedException.class);
        // The same content at the first attempt is another writer's too.
        assertThatThrownBy(() -> patient(store, Duration.ofMinutes(1)).create(KEY, TWO))
                .isInstanceOf(ObjectExistsException.class);
    }
}
