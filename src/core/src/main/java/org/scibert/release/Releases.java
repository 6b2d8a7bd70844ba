package org.scibert.release;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scibert.io.AtomicFiles;
import org.scibert.io.FileDigest;
import org.scibert.io.IoFunction;
import org.scibert.io.Text;
import org.scibert.signing.DetachedSignature;
import org.scibert.signing.Signatures;
import org.scibert.signing.SigningKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.Tagged;

/**
 * The published versions of one name, and the pointer to the version in service.
 *
 * <p>Publishing and putting in service are two steps: a publication that fails, at any point, leaves the version in
 * service as it was.
 */
public final class Releases {
    private final ObjectStore store;
    private final String name;
    private final Clock clock;
    private final CurrentPointer pointer;
    private final PublishedVersions published;
    private final Trial trial;

    /** Publishes without a signature and asks for none. */
    public Releases(ObjectStore store, String name, Clock clock) {
        this(store, name, clock, Signatures.NONE);
    }

    /** @param store stays the caller's to close */
    public Releases(ObjectStore store, String name, Clock clock, Signatures signatures) {
        this.store = store;
        this.name = ReleaseName.require(name);
        this.clock = clock;
        this.pointer = new CurrentPointer(store, name, clock);
        this.published = new PublishedVersions(store, name, signatures);
        this.trial = new Trial(store, name, clock, published);
    }

    /**
     * Publishes a folder's files as a new version. The manifest is written last, so that a version that has one is
     * whole, and signed if a key is given. The version in service stays what it is.
     *
     * @param folder with {@link Manifest#WEIGHTS} and any other files; no manifest
     * @throws ReleaseException if the folder is not fit to be a release; nothing was written
     */
    public Manifest publish(Path folder, Provenance provenance) throws IOException {
        Manifest manifest = Manifest.describe(folder, name, clock.instant(), provenance);
        published.write(folder, manifest, false);
        return manifest;
    }

    /**
     * Makes a folder a finished release that {@link #publish(Path)} can publish at any time, any number of times:
     * writes the manifest, which fixes the version, into it.
     *
     * @param folder with {@link Manifest#WEIGHTS} and any other files; no manifest
     * @throws ReleaseException if the folder is not fit to be a release; nothing was written
     */
    public Manifest finish(Path folder, Provenance provenance) throws IOException {
        Manifest manifest = Manifest.describe(folder, name, clock.instant(), provenance);
        AtomicFiles.write(folder.resolve(Manifest.FILE), manifest.toBytes());
        return manifest;
    }

    /**
     * Publishes a finished release. An attempt that failed before is continued: what it has written is kept if it is
     * the same.
     *
     * @param folder of {@link #finish}
     * @throws ReleaseException if the folder holds no finished release of this name
     * @throws CorruptReleaseException if its files are not what its manifest says
     */
    public Manifest publish(Path folder) throws IOException {
        Manifest manifest = Manifest.read(folder);
        if (!manifest.name().equals(name)) {
            throw new ReleaseException(
                    Text.format("%s is a release of %s, not of %s; give that name", folder, manifest.name(), name));
        }
        manifest.verify(folder);
        published.write(folder, manifest, true);
        return manifest;
    }

    /**
     * Puts a version in service in place of whichever is now; also the way back to an earlier one. Nothing changes if
     * it is in service already. If it is on trial, the trial ends.
     *
     * @throws ReleaseNotFoundException if it is not published
     * @throws PromotionConflictException if somebody else puts one in service at the same moment
     */
    public Pointer promote(Version version) throws IOException {
        return move(pointer.read(), version);
    }

    /**
     * Puts a version in service if the one in service is still the one that the caller compared it with.
     *
     * @param expected in service; empty if none
     * @throws ReleaseNotFoundException if {@code version} is not published
     * @throws PromotionConflictException if another than {@code expected} is in service by now
     */
    public Pointer promote(Version version, Optional<Version> expected) throws IOException {
        Optional<Tagged<Pointer>> current = pointer.read();
        if (!CurrentPointer.version(current).equals(expected)) {
            throw pointer.conflict(version, expected, CurrentPointer.version(current), null);
        }
        return move(current, version);
    }

    /**
     * Puts the version in service that was before this one; twice is there and back.
     *
     * @throws ReleaseNotFoundException if none is in service, or none was before, or it is gone
     * @throws PromotionConflictException if somebody else puts one in service at the same moment
     */
    public Pointer rollBack() throws IOException {
        Tagged<Pointer> current = pointer.read().orElseThrow(this::noneInService);
        if (current.value().previous() == null) {
            throw new ReleaseNotFoundException(Text.format(
                    "%s %s is the first in service, so there is none to go back to; promote one",
                    name, current.value().version()), null);
        }
        return move(Optional.of(current), current.value().previous());
    }

    /** The version in service, with the tag for {@link #currentIfChanged}; empty if none was put in service yet. */
    public Optional<Tagged<Pointer>> current() throws IOException {
        return pointer.read();
    }

    /**
     * The version in service if the pointer has moved since it had this tag; costs little if it has not.
     *
     * @throws ObjectNotFoundException if there is no pointer any more
     */
    public Optional<Tagged<Pointer>> currentIfChanged(String tag) throws IOException {
        return pointer.readIfChanged(tag);
    }

    /** The trial of a version beside the one in service. */
    public Trial trial() {
        return trial;
    }

    /**
     * Puts the version on trial in service, and ends the trial.
     *
     * @throws ReleaseNotFoundException if none is on trial
     * @throws PromotionConflictException if somebody else puts one in service at the same moment
     */
    public Pointer promoteCandidate() throws IOException {
        Candidate candidate = trial.current().orElseThrow(() -> new ReleaseNotFoundException(
                Text.format("no version of %s is on trial; name the one to put in service", name), null));
        return promote(candidate.version());
    }

    /** The versions that were published to the end, oldest first. */
    public List<Version> versions() throws IOException {
        return published.list();
    }

    /**
     * The versions that may be deleted, oldest first: all but the newest, the one in service, the one before it and the
     * one on trial.
     *
     * @param keep how many of the newest stay, at least 1
     */
    public List<Version> surplus(int keep) throws IOException {
        if (keep < 1) {
            throw new IllegalArgumentException("at least 1 version must be kept, not " + keep);
        }
        List<Version> all = versions();
        Set<Version> needed = inUse();
        return all.subList(0, Math.max(0, all.size() - keep)).stream()
                .filter(version -> !needed.contains(version))
                .toList();
    }

    /**
     * Deletes a version for ever. Not to be done while somebody promotes this very version: the pointer would be left
     * without what it points to.
     *
     * @throws ReleaseException if the version is in service or was before, or is on trial
     */
    public void delete(Version version) throws IOException {
        if (inUse().contains(version)) {
            throw new ReleaseException(Text.format(
                    "%s is in service, or was before and is the way back, or is on trial; it stays", version));
        }
        published.delete(version);
    }

    /**
     * A published version's manifest.
     *
     * @throws ReleaseNotFoundException if it is not published
     * @throws CorruptReleaseException if its manifest is not one, or another release's
     * @throws UntrustedReleaseException if a signature is asked for, and it has none that fits
     */
    public Manifest manifest(Version version) throws IOException {
        return published.parse(version, published.manifestBytes(version));
    }

    /**
     * The key that a version names as its signer's, as {@link SigningKey#id}; verified only where keys are trusted.
     *
     * @return empty if it is not signed
     */
    public Optional<String> signer(Version version) throws IOException {
        return published.signature(version).map(DetachedSignature::key);
    }

    /**
     * A small file of a release, verified.
     *
     * @param path one of the manifest's
     * @throws CorruptReleaseException if it differs from what was published
     */
    public byte[] read(Manifest manifest, String path) throws IOException {
        try {
            byte[] content = store.read(published.key(manifest.version(), path)).value();
            manifest.verify(FileDigest.of(content), path);
            return content;
        } catch (ObjectNotFoundException e) {
            throw manifest.lacks(path);
        }
    }

    /**
     * Reads every byte of a release again.
     *
     * @return what differs from what was published, a sentence each that names the file; none if it is whole
     * @throws ReleaseNotFoundException if it is not published
     */
    public List<String> audit(Version version) throws IOException {
        List<String> flaws = new ReleaseAudit(published).flaws(version);
        Optional<Tagged<Pointer>> current = pointer.read();
        if (CurrentPointer.version(current).equals(Optional.of(version))) {
            try {
                pointer.verify(current.get().value(), published.untrusted(version));
            } catch (CorruptReleaseException e) {
                flaws.add(e.difference());
            }
        }
        return flaws;
    }

    /**
     * Brings a release into the cache, unless it is there, and verifies every file's size and digest in either case.
     *
     * @param version to open; empty for the one in service
     * @param cache a folder, created if it is missing
     * @throws ReleaseNotFoundException if it is not published, or none is in service
     * @throws CorruptReleaseException if anything differs from what was published
     * @throws UntrustedReleaseException if a signature is asked for, and it has none that fits
     * @throws ReleaseException if the cache's disk is too full
     */
    public LocalRelease open(Optional<Version> version, Path cache) throws IOException {
        return open(version, cache, release -> release.manifest().weights());
    }

    /**
     * Brings a release into the cache as {@link #open(Optional, Path)} does, but of the weights only those chosen: each
     * is large, and one is enough to serve.
     *
     * @param choice chooses some of {@link Manifest#weights} by the release with all its other files
     */
    public LocalRelease open(Optional<Version> version, Path cache, IoFunction<LocalRelease, List<String>> choice)
            throws IOException {
        return version.isPresent()
                ? open(version.get(), published.manifestBytes(version.get()), cache, choice)
                : openCurrent(cache, choice);
    }

    private LocalRelease openCurrent(Path cache, IoFunction<LocalRelease, List<String>> choice) throws IOException {
        Pointer current = pointer.read().orElseThrow(this::noneInService).value();
        byte[] manifest = published.manifestBytes(current.version());
        pointer.verify(current, manifest);
        return open(current.version(), manifest, cache, choice);
    }

    private LocalRelease open(
            Version version, byte[] manifestBytes, Path cache, IoFunction<LocalRelease, List<String>> choice)
            throws IOException {
        Manifest manifest = published.parse(version, manifestBytes);
        return new ReleaseCache(cache).open(manifest, manifestBytes, choice, published);
    }

    private Pointer move(Optional<Tagged<Pointer>> from, Version version) throws IOException {
        byte[] manifest = published.manifestBytes(version);
        published.parse(version, manifest);
        Pointer moved = pointer.move(from, version, manifest);
        trial.end(version);
        return moved;
    }

    private Set<Version> inUse() throws IOException {
        Stream<Version> pointed = pointer.read().stream()
                .flatMap(current -> Stream.of(current.value().version(), current.value().previous()))
                .filter(Objects::nonNull);
        return Stream.concat(pointed, trial.current().map(Candidate::version).stream()).collect(Collectors.toSet());
    }

    private ReleaseNotFoundException noneInService() {
        return new ReleaseNotFoundException(
                Text.format("%s has no version of %s in service; put one in service, or name a version",
                        store.uri(), name), null);
    }
}
