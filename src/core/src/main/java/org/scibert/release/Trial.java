package org.scibert.release;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.scibert.io.IoFunction;
import org.scibert.io.Sha256;
import org.scibert.io.Text;
import org.scibert.store.ObjectChangedException;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.StoreRefusedException;
import org.scibert.store.Tagged;

/**
 * The trial of one version beside the one in service, moved by compare and swap as the pointer is. One at a time.
 *
 * <p>Functions only read it: one that takes its candidate out of service keeps that to itself, until somebody ends the
 * trial here.
 */
public final class Trial {
    private final ObjectStore store;
    private final String name;
    private final Clock clock;
    private final PublishedVersions published;
    private final ObjectKey key;

    Trial(ObjectStore store, String name, Clock clock, PublishedVersions published) {
        this.store = store;
        this.name = name;
        this.clock = clock;
        this.published = published;
        this.key = new ObjectKey(name).resolve("candidate.json");
    }

    /**
     * The last trial, which may have ended; empty if there never was one.
     *
     * <p>S3 says "access is denied" of an absent object to whoever may not list, as a function may not: that reads as
     * none.
     */
    public Optional<Tagged<Candidate>> read() throws IOException {
        try {
            return Optional.of(parse(store.read(key)));
        } catch (ObjectNotFoundException | StoreRefusedException e) {
            return Optional.empty();
        }
    }

    /** The last trial if it has another tag than this; costs little if it has not. */
    public Optional<Tagged<Candidate>> readIfChanged(String tag) throws IOException {
        Optional<Tagged<byte[]>> changed = store.readIfChanged(key, tag);
        return changed.isEmpty() ? Optional.empty() : Optional.of(parse(changed.get()));
    }

    /** The candidate on trial; empty if none is. */
    public Optional<Candidate> current() throws IOException {
        return read().map(Tagged::value).filter(Candidate::onTrial);
    }

    /**
     * Puts a version on trial, in place of another that may be.
     *
     * @param share of the texts that it answers; empty to have it compared only
     * @throws ReleaseNotFoundException if it is not published
     * @throws PromotionConflictException if somebody else moves the candidate at the same moment
     */
    public Candidate start(Version version, Optional<Double> share) throws IOException {
        byte[] manifest = published.manifestBytes(version);
        published.parse(version, manifest);
        return write(read(), new Candidate(name, version, Sha256.hex(manifest), share.orElse(null), now(), null));
    }

    /**
     * Ends the trial that goes on; running functions let go of the candidate.
     *
     * @return as it ended; empty if none went on
     * @throws PromotionConflictException if somebody else moves the candidate at the same moment
     */
    public Optional<Candidate> end() throws IOException {
        Optional<Tagged<Candidate>> last = read();
        if (last.isEmpty() || !last.get().value().onTrial()) {
            return Optional.empty();
        }
        Candidate c = last.get().value();
        return Optional.of(write(
                last, new Candidate(name, c.version(), c.manifestSha256(), c.share(), c.startedAt(), now())));
    }

    /** Ends the trial of this version; another's goes on. */
    void end(Version version) throws IOException {
        if (current().filter(c -> c.version().equals(version)).isPresent()) {
            end();
        }
    }

    /**
     * Brings a candidate into the cache as {@link Releases#open} does, its signature and every digest verified.
     *
     * @param cache another than that of the release in service, which keeps only few copies
     */
    public LocalRelease open(Candidate candidate, Path cache, IoFunction<LocalRelease, List<String>> choice)
            throws IOException {
        byte[] manifest = published.manifestBytes(candidate.version());
        String found = Sha256.hex(manifest);
        if (!found.equals(candidate.manifestSha256())) {
            throw new CorruptReleaseException(Text.format("%s of %s %s has SHA-256 %s, %s says %s",
                    Manifest.FILE, name, candidate.version(), found, key, candidate.manifestSha256()));
        }
        return new ReleaseCache(cache)
                .open(published.parse(candidate.version(), manifest), manifest, choice, published);
    }

    private Candidate write(Optional<Tagged<Candidate>> from, Candidate next) throws IOException {
        try {
            store.swap(key, next.toBytes(), from.map(Tagged::tag));
            return next;
        } catch (ObjectChangedException e) {
            throw new PromotionConflictException(Text.format(
                    "somebody else moved the candidate of %s meanwhile; look at it and decide anew", name), e);
        }
    }

    private Tagged<Candidate> parse(Tagged<byte[]> read) throws CorruptReleaseException {
        String source = Text.format("%s: %s", store.uri(), key);
        Candidate value = Candidate.parse(read.value(), source);
        if (!value.name().equals(name)) {
            throw new CorruptReleaseException(
                    Text.format("%s is the candidate of %s: delete it", source, value.name()));
        }
        return new Tagged<>(value, read.tag());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
