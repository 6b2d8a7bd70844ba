package org.scibert.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scibert.io.FileDigest;
import org.scibert.io.FileTree;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.store.ObjectKey;

/**
 * A release's list of files with its provenance: {@code manifest.json}, the last file that is published and the first
 * that is read.
 *
 * <p>A signature, if there is one, is a file of its own beside it ({@link #SIGNATURE}) over exactly its bytes.
 *
 * @param formatVersion {@link #FORMAT} or {@link #LATEST_FORMAT}
 * @param name the release's name
 * @param version names this publication; fits the digest of {@link #WEIGHTS}
 * @param createdAt when it was published
 * @param files by path in the release folder, each an {@link ObjectKey}; always with {@link #WEIGHTS}, never with the
 *     manifest itself or its signature
 * @param provenance where the weights come from
 */
public record Manifest(
        int formatVersion,
        String name,
        Version version,
        Instant createdAt,
        SortedMap<String, FileDigest> files,
        Provenance provenance) {
    public static final int FORMAT = 1;
    /**
     * The same with a config.json that programs which know {@link #FORMAT} alone would misread without a word; they
     * refuse it by this number.
     */
    public static final int LATEST_FORMAT = 2;
    /** The key of config.json for the format that its readers must know; without it, {@link #FORMAT}. */
    public static final String NEEDED_FORMAT = "release_format";
    public static final String FILE = "manifest.json";
    public static final String SIGNATURE = "manifest.sig";
    public static final String WEIGHTS = "model.safetensors";

    public Manifest {
        if (formatVersion < FORMAT || formatVersion > LATEST_FORMAT) {
            throw new IllegalArgumentException(
                    Text.format(
                            "formatVersion is %s, this program reads %s to %s; use the program that wrote it, or a"
                                    + " newer one",
                            formatVersion, FORMAT, LATEST_FORMAT));
        }
        ReleaseName.require(name);
        if (version == null || createdAt == null || files == null || provenance == null) {
            throw new IllegalArgumentException("version, createdAt, files or provenance is missing");
        }
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        files.keySet().forEach(Manifest::requirePath);
        if (!files.containsKey(WEIGHTS) || !version.names(files.get(WEIGHTS))) {
            throw new IllegalArgumentException(Text.format("version %s does not fit the digest of %s",
                    version, WEIGHTS));
        }
    }

    /**
     * Reads a manifest's bytes.
     *
     * @param source names them in errors
     * @throws CorruptReleaseException if they are not a manifest of a known format
     */
    static Manifest parse(byte[] json, String source) throws CorruptReleaseException {
        try {
            return Json.read(json, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new CorruptReleaseException(Text.format("%s is not a manifest: %s", source, Json.explain(e)), e);
        }
    }

    /**
     * The manifest of a folder's files, which makes them a version published at this time.
     *
     * @throws ReleaseException if the folder is not fit to be a release
     */
    static Manifest describe(Path folder, String name, Instant publishedAt, Provenance provenance)
            throws IOException {
        SortedMap<String, FileDigest> files = new TreeMap<>();
        for (String path : FileTree.paths(folder)) {
            files.put(path, FileDigest.of(folder.resolve(path)));
        }
        if (!files.containsKey(WEIGHTS)) {
            throw new ReleaseException(Text.format("%s has no %s; nothing was published", folder, WEIGHTS));
        }
        try {
            Version version = Version.of(publishedAt, files.get(WEIGHTS));
            return new Manifest(neededFormat(folder), name, version, version.publishedAt(), files, provenance);
        } catch (IllegalArgumentException e) {
            throw new ReleaseException(Text.format("%s cannot be published: %s", folder, e.getMessage()), e);
        }
    }

    private static int neededFormat(Path folder) throws IOException {
        Path config = folder.resolve("config.json");
        if (!Files.exists(config)) {
            return FORMAT;
        }
        try {
            return Json.MAPPER.readTree(Files.readAllBytes(config)).path(NEEDED_FORMAT).asInt(FORMAT);
        } catch (JsonProcessingException e) {
            throw new ReleaseException(Text.format("%s is no JSON; nothing was published", config), e);
        }
    }

    /**
     * Reads the manifest of a finished release that is not published yet.
     *
     * @throws ReleaseException if the folder has none
     */
    public static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ReleaseException(
                    Text.format("%s holds no finished release: it has no %s; name the folder that the job kept",
                            folder, FILE));
        }
        return parse(Files.readAllBytes(file), file.toString());
    }

    /** The manifest's JSON; equal manifests have equal bytes. */
    byte[] toBytes() {
        return Json.write(this);
    }

    /** The paths of the network's weights: {@link #WEIGHTS}, and {@code model.*.safetensors} in fewer bits. */
    public List<String> weights() {
        return files.keySet().stream()
                .filter(path -> path.startsWith("model.") && path.endsWith(".safetensors"))
                .toList();
    }

    /** The size of all files together in bytes; {@link Long#MAX_VALUE} if it is larger. */
    public long totalBytes() {
        return bytes(files.keySet());
    }

    /** The size of these files together in bytes; {@link Long#MAX_VALUE} if it is larger. */
    long bytes(Collection<String> paths) {
        long total = 0;
        for (String path : paths) {
            total += Math.min(files.get(path).size(), Long.MAX_VALUE - total);
        }
        return total;
    }

    /**
     * Compares every file's size and digest.
     *
     * @throws CorruptReleaseException if one is missing or differs; the message names it, expected and found
     */
    void verify(Path folder) throws IOException {
        for (String path : files.keySet()) {
            verify(folder.resolve(path), path);
        }
    }

    /** Compares a file's size and digest with what the manifest says of {@code path}. */
    void verify(Path file, String path) throws IOException {
        try {
            long size = Files.size(file);
            if (size != files.get(path).size()) {
                throw sizeDiffers(path, size);
            }
            verify(FileDigest.of(file), path);
        } catch (NoSuchFileException e) {
            throw lacks(path);
        }
    }

    /** Compares a size and digest with what the manifest says of {@code path}. */
    void verify(FileDigest found, String path) throws CorruptReleaseException {
        FileDigest expected = files.get(path);
        if (found.size() != expected.size()) {
            throw sizeDiffers(path, found.size());
        }
        if (!found.equals(expected)) {
            throw new CorruptReleaseException(Text.format("%s of %s %s has SHA-256 %s, its manifest says %s",
                    path, name, version, found.sha256(), expected.sha256()));
        }
    }

    CorruptReleaseException lacks(String path) {
        return new CorruptReleaseException(Text.format("%s %s lacks %s, which its manifest lists",
                name, version, path));
    }

    CorruptReleaseException sizeDiffers(String path, long found) {
        return new CorruptReleaseException(Text.format("%s of %s %s has %s bytes, its manifest says %s",
                path, name, version, found, files.get(path).size()));
    }

    private static void requirePath(String path) {
        new ObjectKey(path);
        if (path.equals(FILE) || path.equals(SIGNATURE)) {
            throw new IllegalArgumentException("a manifest cannot list " + path);
        }
    }
}
