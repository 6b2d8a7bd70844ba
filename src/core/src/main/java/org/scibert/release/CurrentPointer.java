package org.scibert.release;

import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.scibert.io.Sha256;
import org.scibert.io.Text;
import org.scibert.store.ObjectChangedException;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.Tagged;

/** The object {@code NAME/current.json}, read and moved by compare and swap. */
final class CurrentPointer {
    private final ObjectStore store;
    private final String name;
    private final Clock clock;
    private final ObjectKey key;

    CurrentPointer(ObjectStore store, String name, Clock clock) {
        this.store = store;
        this.name = name;
        this.clock = clock;
        this.key = new ObjectKey(name).resolve("current.json");
    }

    /** The pointer and its tag; empty if no version was put in service yet. */
    Optional<Tagged<Pointer>> read() throws IOException {
        try {
            return Optional.of(parse(store.read(key)));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The pointer if it has another tag than this. */
    Optional<Tagged<Pointer>> readIfChanged(String tag) throws IOException {
        Optional<Tagged<byte[]>> changed = store.readIfChanged(key, tag);
        return changed.isEmpty() ? Optional.empty() : Optional.of(parse(changed.get()));
    }

    /**
     * Moves the pointer; writes nothing if it points there already.
     *
     * @param from as it was read; empty if there was none
     * @param manifest of {@code version}, its bytes
     * @throws PromotionConflictException if it is not what was read any more
     */
    Pointer move(Optional<Tagged<Pointer>> from, Version version, byte[] manifest) throws IOException {
        String sha256 = Sha256.hex(manifest);
        if (from.isPresent() && from.get().value().pointsTo(version, sha256)) {
            return from.get().value();
        }
        Pointer next = new Pointer(
                name, version, sha256, version(from).orElse(null), clock.instant().truncatedTo(ChronoUnit.SECONDS));
        try {
            store.swap(key, next.toBytes(), from.map(Tagged::tag));
            return next;
        } catch (ObjectChangedException e) {
            throw conflict(version, version(from), version(read()), e);
        }
    }

    /** Checks that these are the bytes of the manifest that the pointer names. */
    void verify(Pointer current, byte[] manifest) throws CorruptReleaseException {
        String found = Sha256.hex(manifest);
        if (!found.equals(current.manifestSha256())) {
            throw new CorruptReleaseException(Text.format("%s of %s %s has SHA-256 %s, %s says %s",
                    Manifest.FILE, name, current.version(), found, key, current.manifestSha256()));
        }
    }

    PromotionConflictException conflict(
            Version version, Optional<Version> expected, Optional<Version> found, Exception cause) {
        return new PromotionConflictException(
                Text.format(
                        "%s %s was to replace %s, but %s is in service by now; compare with that one and decide anew",
                        name, version, text(expected), text(found)),
                cause);
    }

    /** The version that a pointer names. */
    static Optional<Version> version(Optional<Tagged<Pointer>> pointer) {
        return pointer.map(found -> found.value().version());
    }

    private Tagged<Pointer> parse(Tagged<byte[]> read) throws CorruptReleaseException {
        String source = Text.format("%s: %s", store.uri(), key);
        Pointer value = Pointer.parse(read.value(), source);
        if (!value.name().equals(name)) {
            throw new CorruptReleaseException(Text.format("%s is the pointer of %s: delete it", source, value.name()));
        }
        return new Tagged<>(value, read.tag());
    }

    private static String text(Optional<Version> version) {
        return version.map(Version::toString).orElse("none");
    }
}
