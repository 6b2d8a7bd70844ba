package org.scibert.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scibert.io.Json;
import org.scibert.io.TemporaryFolder;
import org.scibert.io.Text;
import org.scibert.signing.DetachedSignature;
import org.scibert.signing.Signatures;
import org.scibert.signing.TrustedKeys;
import org.scibert.signing.UntrustedSignatureException;
import org.scibert.store.ObjectExistsException;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectTooLargeException;

/** The objects of one name's published versions. Manifests are read with their signatures verified, or refused. */
final class PublishedVersions {
    private final ObjectStore store;
    private final String name;
    private final ObjectKey versions;
    private final Signatures signatures;

    PublishedVersions(ObjectStore store, String name, Signatures signatures) {
        this.store = store;
        this.name = name;
        this.versions = new ObjectKey(name).resolve("releases");
        this.signatures = signatures;
    }

    /** The versions that were published to the end, oldest first. */
    List<Version> list() throws IOException {
        String prefix = versions + "/";
        String suffix = "/" + Manifest.FILE;
        return store.list(versions).stream()
                .map(ObjectKey::path)
                .filter(path -> path.endsWith(suffix))
                .map(path -> path.substring(prefix.length(), path.length() - suffix.length()))
                .flatMap(text -> Version.tryParse(text).stream())
                .sorted()
                .toList();
    }

    private ObjectKey folder(Version version) {
        return versions.resolve(version.toString());
    }

    ObjectKey key(Version version, String path) {
        return folder(version).resolve(path);
    }

    /**
     * The bytes of a version's manifest; where keys are trusted, their signature is verified.
     *
     * @throws ReleaseNotFoundException if the version is not published
     * @throws UntrustedReleaseException if keys are trusted and none of them has signed the manifest
     */
    byte[] manifestBytes(Version version) throws IOException {
        byte[] manifest = untrusted(version);
        if (signatures.trusted().isPresent()) {
            DetachedSignature signature = signature(version)
                    .orElseThrow(() -> new UntrustedReleaseException(Text.format(
                            "%s %s is not signed, and %s asks for a signature",
                            name, version, TrustedKeys.SETTING)));
            try {
                signatures.trusted().get().verify(manifest, signature, name + " " + version);
            } catch (UntrustedSignatureException e) {
                throw new UntrustedReleaseException(e.getMessage());
            }
        }
        return manifest;
    }

    /** The bytes of a version's manifest; the signature is not verified. */
    byte[] untrusted(Version version) throws IOException {
        try {
            return store.read(key(version, Manifest.FILE)).value();
        } catch (ObjectNotFoundException e) {
            throw new ReleaseNotFoundException(
                    Text.format("%s holds no version %s of %s that was published to the end; list its versions",
                            store.uri(), version, name), e);
        }
    }

    /** A version's signature, not compared with its manifest; empty if the version is not signed. */
    Optional<DetachedSignature> signature(Version version) throws IOException {
        ObjectKey key = key(version, Manifest.SIGNATURE);
        try {
            return Optional.of(Json.read(store.read(key).value(), DetachedSignature.class));
        } catch (JsonProcessingException e) {
            throw new UntrustedReleaseException(Text.format("%s: %s is not a signature: %s",
                    store.uri(), key, Json.explain(e)));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    /** @throws CorruptReleaseException if the bytes are not a manifest, or another release's */
    Manifest parse(Version version, byte[] bytes) throws CorruptReleaseException {
        String source = Text.format("%s: %s", store.uri(), key(version, Manifest.FILE));
        Manifest manifest = Manifest.parse(bytes, source);
        if (!manifest.name().equals(name) || !manifest.version().equals(version)) {
            throw new CorruptReleaseException(
                    Text.format("%s is the manifest of %s %s", source, manifest.name(), manifest.version()));
        }
        return manifest;
    }

    /**
     * Writes a finished folder's files, then the signature, then the manifest.
     *
     * @param resume whether objects that an earlier attempt has written are taken as they are, if they are the same
     */
    void write(Path folder, Manifest manifest, boolean resume) throws IOException {
        for (String path : manifest.files().keySet()) {
            try {
                store.create(key(manifest.version(), path), folder.resolve(path));
            } catch (ObjectExistsException e) {
                if (!resume || !holds(manifest, path)) {
                    throw e;
                }
            }
        }
        byte[] bytes = manifest.toBytes();
        if (signatures.key().isPresent()) {
            byte[] signature = Json.write(signatures.key().get().sign(bytes));
            write(key(manifest.version(), Manifest.SIGNATURE), signature, resume);
        }
        write(key(manifest.version(), Manifest.FILE), bytes, resume);
    }

    private void write(ObjectKey key, byte[] content, boolean resume) throws IOException {
        try {
            store.create(key, content);
        } catch (ObjectExistsException e) {
            if (!resume || !Arrays.equals(store.read(key).value(), content)) {
                throw e;
            }
        }
    }

    private boolean holds(Manifest manifest, String path) throws IOException {
        try (TemporaryFolder temporary = TemporaryFolder.create("stored")) {
            Path copy = temporary.path().resolve("copy");
            fetch(manifest, path, copy);
            manifest.verify(copy, path);
            return true;
        } catch (CorruptReleaseException e) {
            return false;
        }
    }

    /** Deletes a version, its manifest first, so that the version is at no moment half there. */
    void delete(Version version) throws IOException {
        store.delete(key(version, Manifest.FILE));
        for (ObjectKey key : store.list(folder(version))) {
            store.delete(key);
        }
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
