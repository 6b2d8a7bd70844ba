package org.scibert.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scibert.release.PromotionConflictException;
import org.scibert.release.ReleaseFixtures;
import org.scibert.release.Releases;
import org.scibert.release.Version;

/**
 * Writers at the same moment. Not against S3Proxy, which checks a condition and writes in two steps; AWS does it in
 * one.
 */
class AtomicWritesTest {
    private static final ObjectKey KEY = new ObjectKey("animals/current.json");
    private static final int ROUNDS = 20;

    @TempDir
    static Path folder;

    static Stream<ObjectStore> stores() {
        return Stream.of(new MemoryStore(), new FileStore(folder.resolve("store")));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void ofManyWritersOneCreatesAndOneSwaps(ObjectStore store) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(Race.losses(4, i -> store.create(KEY, bytes("new " + i)), ObjectExistsException.class))
                    .hasSize(3);

            Optional<String> tag = Optional.of(store.read(KEY).tag());
            assertThat(Race.losses(4, i -> store.swap(KEY, bytes("next " + i), tag), ObjectChangedException.class))
                    .hasSize(3);
            store.delete(KEY);
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void ofTwoPromotionsOneWinsAndTheOtherIsToldByWhich(ObjectStore store) throws Exception {
        Releases releases = new Releases(store, "race", ReleaseFixtures.clock(Instant.parse("2026-11-22T12:00:00Z")));
        List<Version> versions = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            Path source = ReleaseFixtures.folder(folder.resolve("source"), seed, 100);
            versions.add(releases.publish(source, ReleaseFixtures.provenance()).version());
        }

        List<Exception> losses = Race.losses(
                2,
                i -> new Releases(store, "race", Clock.systemUTC()).promote(versions.get(i), Optional.empty()),
                PromotionConflictException.class);

        Version winner = releases.current().orElseThrow().value().version();
        Version loser = versions.get(1 - versions.indexOf(winner));
        assertThat(losses).singleElement().satisfies(loss -> assertThat(loss)
                .hasMessageContainingAll("race " + loser + " was to replace none", winner + " is in service"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
