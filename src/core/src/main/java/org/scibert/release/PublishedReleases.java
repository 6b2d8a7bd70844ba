package org.scibert.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.scibert.io.Json;
import org.scibert.signing.DetachedSignature;
import org.scibert.signing.Signatures;
import org.scibert.signing.TrustedKeys;
import org.scibert.signing.UntrustedSignatureException;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectTooLargeException;

/** The objects of one name's published versions. What is read is trusted, or refused. */
final class PublishedReleases {
    private final ObjectStore store;
    private final String name;
    private final ObjectKey versions;
    private final Signatures signatures;

    PublishedReleases(ObjectStore store, String name, Signatures signatures) {
        this.store = store;
        this.name = name;
        this.versions = new ObjectKey(name).resolve("releases");
        this.signatures = signatures;
    }

    /** The folder of all versions. */
    ObjectKey folder() {
        return versions;
    }

    ObjectKey folder(Version version) {
        return versions.resolve(version.toString());
    }

    ObjectKey key(Version version, String path) {
        return folder(version).resolve(path);
    }

    /**
     * The bytes of a version's manifest, signed as is asked for.
     *
     * @throws ReleaseNotFoundException if it is not published
     * @throws UntrustedReleaseException if a signature is asked for, and this has none that fits
     */
    byte[] manifestBytes(Version version) throws IOException {
        byte[] manifest = untrusted(version);
        if (signatures.trusted().isPresent()) {
            DetachedSignature signature = signature(version)
                    .orElseThrow(() -> new UntrustedReleaseException("%s %s is not signed, and %s asks for a signature"
                            .formatted(name, version, TrustedKeys.SETTING)));
            try {
                signatures.trusted().get().verify(manifest, signature, name + " " + version);
            } catch (UntrustedSignatureException e) {
                throw new UntrustedReleaseException(e.getMessage());
            }
        }
        return manifest;
    }

    /** The bytes of a version's manifest, whoever wrote them. */
    byte[] untrusted(Version version) throws IOException {
        try {
            return store.read(key(version, Manifest.FILE)).value();
        } catch (ObjectNotFoundException e) {
            throw new ReleaseNotFoundException(
                    "%s holds no version %s of %s that was published to the end; list its versions"
                            .formatted(store.uri(), version, name), e);
        }
    }

    /** As it stands, not compared with the manifest; empty for an unsigned version. */
    Optional<DetachedSignature> signature(Version version) throws IOException {
        ObjectKey key = key(version, Manifest.SIGNATURE);
        try {
            return Optional.of(Json.read(store.read(key).value(), DetachedSignature.class));
        } catch (JsonProcessingException e) {
            throw new UntrustedReleaseException("%s: %s is not a signature: %s".formatted(
                    store.uri(), key, Json.explain(e)));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    /** @throws CorruptReleaseException if the bytes are not a manifest, or another release's */
    Manifest parse(Version version, byte[] bytes) throws CorruptReleaseException {
        String source = "%s: %s".formatted(store.uri(), key(version, Manifest.FILE));
        Manifest manifest = Manifest.parse(bytes, source);
        if (!manifest.name().equals(name) || !manifest.version().equals(version)) {
            throw new CorruptReleaseException(
                    "%s is the manifest of %s %s".formatted(source, manifest.name(), manifest.version()));
        }
        return manifest;
    }

    /** Downloads one of the manifest's files; its digest is not compared yet. */
    void fetch(Manifest manifest, String path, Path target) throws IOException {
        try {
            store.download(key(manifest.version(), path), target, manifest.files().get(path).size());
        } catch (ObjectTooLargeException e) {
            throw manifest.sizeDiffers(path, e.size());
        } catch (ObjectNotFoundException e) {
            throw manifest.lacks(path);
        }
    }
}
