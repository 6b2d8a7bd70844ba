package org.scibert.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.signing.Signatures;
import org.scibert.signing.SigningKey;
import org.scibert.signing.TrustedKeys;
import org.scibert.store.MemoryStore;
import org.scibert.store.ObjectKey;
import org.scibert.store.Tagged;

/** One version on trial beside the one in service. */
class TrialTest {
    private static final ObjectKey KEY = new ObjectKey("animals/candidate.json");

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final Clock clock = ReleaseFixtures.clock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Releases releases = new Releases(store, "animals", clock);
    private Version served;
    private Version next;

    @BeforeEach
    void publish() throws IOException {
        served = publish(releases, 1).version();
        next = publish(releases, 2).version();
        releases.promote(served);
    }

    @Test
    void aTrialBeginsChangesAndEnds() throws Exception {
        assertThat(releases.trial().read()).isEmpty();

        Candidate started = releases.trial().start(next, Optional.of(0.1));
        Tagged<Candidate> read = releases.trial().read().orElseThrow();
        assertThat(read.value()).isEqualTo(started);
        assertThat(read.value().share()).isEqualTo(0.1);
        assertThat(releases.trial().readIfChanged(read.tag())).isEmpty();

        releases.trial().start(next, Optional.empty());
        assertThat(releases.trial().readIfChanged(read.tag()).orElseThrow().value().share()).isNull();
        assertThat(releases.trial().end().orElseThrow().onTrial()).isFalse();
        assertThat(releases.trial().current()).isEmpty();
        assertThat(releases.trial().end()).isEmpty();
        assertThat(CurrentPointer.version(releases.current())).contains(served);
    }

    @Test
    void promotingTheCandidateEndsItsTrialAndAnothersGoesOn() throws Exception {
        Version third = publish(releases, 3).version();
        releases.trial().start(next, Optional.empty());
        releases.promote(third);
        assertThat(releases.trial().current().map(Candidate::version)).contains(next);

        assertThat(releases.promoteCandidate().version()).isEqualTo(next);
        assertThat(releases.trial().current()).isEmpty();
        assertThatThrownBy(releases::promoteCandidate).isInstanceOf(ReleaseNotFoundException.class)
                .hasMessage("no version of animals is on trial; name the one to put in service");
    }

    @Test
    void theCandidateIsNotDeleted() throws Exception {
        Version third = publish(releases, 3).version();
        publish(releases, 4);
        releases.trial().start(next, Optional.empty());

        assertThat(releases.surplus(1)).containsExactly(third);
        assertThatThrownBy(() -> releases.delete(next)).hasMessageContaining("on trial");
    }

    @Test
    void whatIsNotPublishedOrNotSignedIsNotPutOnTrial() throws Exception {
        SigningKey key = SigningKey.generate();
        Releases trusting = new Releases(store, "animals", clock, new Signatures(
                Optional.of(key), Optional.of(TrustedKeys.parse(key.publicPem()))));

        assertThatThrownBy(() -> releases.trial().start(Version.parse("20261122T145400Z-1a2b3c4d"), Optional.empty()))
                .isInstanceOf(ReleaseNotFoundException.class);
        assertThatThrownBy(() -> trusting.trial().start(next, Optional.empty()))
                .isInstanceOf(UntrustedReleaseException.class);
        releases.trial().start(next, Optional.empty());
        Candidate unsigned = releases.trial().current().orElseThrow();
        assertThatThrownBy(() -> open(trusting, unsigned)).isInstanceOf(UntrustedReleaseException.class);

        trusting.trial().start(publish(trusting, 5).version(), Optional.empty());
        Candidate signed = trusting.trial().current().orElseThrow();
        assertThat(open(trusting, signed).manifest().version()).isEqualTo(signed.version());
    }

    @Test
    void aManifestThatIsNotTheTrialsIsRefused() throws Exception {
        Candidate started = releases.trial().start(next, Optional.empty());
        Candidate other = new Candidate(
                "animals", next, "0".repeat(64), null, started.startedAt(), null);

        assertThatThrownBy(() -> open(releases, other)).isInstanceOf(CorruptReleaseException.class)
                .hasMessageContaining("animals/candidate.json says 000000");
    }

    @Test
    void aPointerThatIsNoCandidateIsNamed() throws Exception {
        store.create(KEY, "{\"name\": \"animals\"}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> releases.trial().read()).isInstanceOf(CorruptReleaseException.class)
                .hasMessageContaining("memory:: animals/candidate.json is not a candidate");
    }

    @Test
    void aShareIsMoreThanNoneAndAtMostAHalf() {
        for (double share : List.of(0., -0.1, 0.51, Double.NaN)) {
            assertThatThrownBy(() -> Candidate.requireShare(share)).hasMessageContaining("above 0 and at most 0.5");
        }
        assertThat(Candidate.requireShare(0.5)).isEqualTo(0.5);
    }

    private LocalRelease open(Releases from, Candidate candidate) throws IOException {
        return from.trial().open(candidate, folder.resolve("cache"), r -> List.of(Manifest.WEIGHTS));
    }

    private Manifest publish(Releases to, long seed) throws IOException {
        return to.publish(
                ReleaseFixtures.folder(folder.resolve("release-" + seed), seed, 64), ReleaseFixtures.provenance());
    }
}
