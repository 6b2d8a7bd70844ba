package org.scibert.release;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scibert.io.FileDigest;
import org.scibert.io.FileTree;
import org.scibert.io.Json;
import org.scibert.signing.DetachedSignature;
import org.scibert.signing.Signatures;
import org.scibert.signing.SigningKey;
import org.scibert.store.ObjectChangedException;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.Tagged;

/**
 * The published versions of one name, and the pointer to the one in service.
 *
 * <p>Publishing and putting in service are two steps: a publication that dies, at any point, leaves the version in
 * service as it was.
 */
public final class Releases {
    private final ObjectStore store;
    private final String name;
    private final Clock clock;
    private final ObjectKey pointer;
    private final Signatures signatures;
    private final PublishedReleases published;

    /** Publishes without a signature and asks for none. */
    public Releases(ObjectStore store, String name, Clock clock) {
        this(store, name, clock, Signatures.NONE);
    }

    /** @param store stays the caller's to close */
    public Releases(ObjectStore store, String name, Clock clock, Signatures signatures) {
        this.store = store;
        this.name = ReleaseName.require(name);
        this.clock = clock;
        this.pointer = new ObjectKey(name).resolve("current.json");
        this.signatures = signatures;
        this.published = new PublishedReleases(store, name, signatures);
    }

    /**
     * Publishes a folder's files as a new version, the manifest last: what has one is whole, and signed if it was to be.
     * The version in service stays what it is.
     *
     * @param folder with {@link Manifest#WEIGHTS} and any other files; no manifest
     * @throws ReleaseException if the folder is not fit to be a release; nothing was written
     */
    public Manifest publish(Path folder, Provenance provenance) throws IOException {
        Manifest manifest = describe(folder, provenance);
        for (String path : manifest.files().keySet()) {
            store.create(published.key(manifest.version(), path), folder.resolve(path));
        }
        byte[] bytes = manifest.toBytes();
        if (signatures.key().isPresent()) {
            byte[] signature = Json.write(signatures.key().get().sign(bytes));
            store.create(published.key(manifest.version(), Manifest.SIGNATURE), signature);
        }
        store.create(published.key(manifest.version(), Manifest.FILE), bytes);
        return manifest;
    }

    /**
     * Puts a version in service in place of whichever is now; also the way back to an earlier one. Nothing changes if
     * it is in service already.
     *
     * @throws ReleaseNotFoundException if it is not published
     * @throws PromotionConflictException if somebody else puts one in service at the same moment
     */
    public Pointer promote(Version version) throws IOException {
        return move(current(), version);
    }

    /**
     * Puts a version in service if the one in service is still the one that the caller compared it with.
     *
     * @param expected in service; empty if none
     * @throws ReleaseNotFoundException if {@code version} is not published
     * @throws PromotionConflictException if another than {@code expected} is in service by now
     */
    public Pointer promote(Version version, Optional<Version> expected) throws IOException {
        Optional<Tagged<Pointer>> current = current();
        if (!version(current).equals(expected)) {
            throw conflict(version, expected, version(current), null);
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
        Tagged<Pointer> current = current().orElseThrow(this::noneInService);
        if (current.value().previous() == null) {
            throw new ReleaseNotFoundException("%s %s is the first in service, so there is none to go back to; promote one"
                    .formatted(name, current.value().version()), null);
        }
        return move(Optional.of(current), current.value().previous());
    }

    /** The version in service, with the tag for {@link #currentIfChanged}; empty if there is none yet. */
    public Optional<Tagged<Pointer>> current() throws IOException {
        try {
            return Optional.of(pointer(store.read(pointer)));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * The version in service if the pointer has moved since it had this tag; costs little if it has not.
     *
     * @throws ObjectNotFoundException if there is no pointer any more
     */
    public Optional<Tagged<Pointer>> currentIfChanged(String tag) throws IOException {
        Optional<Tagged<byte[]>> changed = store.readIfChanged(pointer, tag);
        return changed.isEmpty() ? Optional.empty() : Optional.of(pointer(changed.get()));
    }

    /** The versions that were published to the end, oldest first. */
    public List<Version> versions() throws IOException {
        String prefix = published.folder() + "/";
        String suffix = "/" + Manifest.FILE;
        return store.list(published.folder()).stream()
                .map(ObjectKey::path)
                .filter(path -> path.endsWith(suffix))
                .map(path -> path.substring(prefix.length(), path.length() - suffix.length()))
                .flatMap(text -> Version.tryParse(text).stream())
                .sorted()
                .toList();
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
        Optional<Tagged<Pointer>> current = current();
        if (version(current).equals(Optional.of(version))) {
            try {
                requirePointedTo(current.get().value(), published.untrusted(version));
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

    /** The same, but of the weights only those chosen are brought and verified; all other files are small. */
    public LocalRelease open(Optional<Version> version, Path cache, WeightsChoice choice) throws IOException {
        return version.isPresent()
                ? open(version.get(), published.manifestBytes(version.get()), cache, choice)
                : openCurrent(cache, choice);
    }

    private Manifest describe(Path folder, Provenance provenance) throws IOException {
        SortedMap<String, FileDigest> files = new TreeMap<>();
        for (String path : FileTree.paths(folder)) {
            files.put(path, FileDigest.of(folder.resolve(path)));
        }
        if (!files.containsKey(Manifest.WEIGHTS)) {
            throw new ReleaseException("%s has no %s; nothing was published".formatted(folder, Manifest.WEIGHTS));
        }
        try {
            Version version = Version.of(clock.instant(), files.get(Manifest.WEIGHTS));
            return new Manifest(Manifest.FORMAT, name, version, version.publishedAt(), files, provenance);
        } catch (IllegalArgumentException e) {
            throw new ReleaseException("%s cannot be published: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private LocalRelease openCurrent(Path cache, WeightsChoice choice) throws IOException {
        Pointer current = current().orElseThrow(this::noneInService).value();
        byte[] manifest = published.manifestBytes(current.version());
        requirePointedTo(current, manifest);
        return open(current.version(), manifest, cache, choice);
    }

    private void requirePointedTo(Pointer current, byte[] manifest) throws CorruptReleaseException {
        String found = FileDigest.of(manifest).sha256();
        if (!found.equals(current.manifestSha256())) {
            throw new CorruptReleaseException("%s of %s %s has SHA-256 %s, %s says %s".formatted(
                    Manifest.FILE, name, current.version(), found, pointer, current.manifestSha256()));
        }
    }

    private LocalRelease open(Version version, byte[] manifestBytes, Path cache, WeightsChoice choice)
            throws IOException {
        Manifest manifest = published.parse(version, manifestBytes);
        return new ReleaseCache(cache)
                .open(manifest, manifestBytes, choice, (path, target) -> published.fetch(manifest, path, target));
    }

    private Pointer move(Optional<Tagged<Pointer>> from, Version version) throws IOException {
        byte[] manifest = published.manifestBytes(version);
        published.parse(version, manifest);
        String sha256 = FileDigest.of(manifest).sha256();
        if (from.isPresent() && from.get().value().pointsTo(version, sha256)) {
            return from.get().value();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Pointer next = new Pointer(name, version, sha256, version(from).orElse(null), now);
        try {
            store.swap(pointer, next.toBytes(), from.map(Tagged::tag));
            return next;
        } catch (ObjectChangedException e) {
            throw conflict(version, version(from), version(current()), e);
        }
    }

    private Tagged<Pointer> pointer(Tagged<byte[]> read) throws CorruptReleaseException {
        String source = "%s: %s".formatted(store.uri(), pointer);
        Pointer value = Pointer.parse(read.value(), source);
        if (!value.name().equals(name)) {
            throw new CorruptReleaseException("%s is the pointer of %s: delete it".formatted(source, value.name()));
        }
        return new Tagged<>(value, read.tag());
    }

    private ReleaseNotFoundException noneInService() {
        return new ReleaseNotFoundException(
                "%s has no version of %s in service; put one in service, or name a version"
                        .formatted(store.uri(), name), null);
    }

    private static Optional<Version> version(Optional<Tagged<Pointer>> pointer) {
        return pointer.map(found -> found.value().version());
    }

    private PromotionConflictException conflict(
            Version version, Optional<Version> expected, Optional<Version> found, Exception cause) {
        return new PromotionConflictException(
                "%s %s was to replace %s, but %s is in service by now; compare with that one and decide anew"
                        .formatted(name, version, text(expected), text(found)),
                cause);
    }

    private static String text(Optional<Version> version) {
        return version.map(Version::toString).orElse("none");
    }
}
