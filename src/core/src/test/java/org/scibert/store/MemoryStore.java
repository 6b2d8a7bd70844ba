package org.scibert.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.scibert.io.AtomicFiles;
import org.scibert.io.FileDigest;

/** The in-memory twin of a store. */
public final class MemoryStore implements ObjectStore {
    private final ConcurrentNavigableMap<ObjectKey, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public String uri() {
        return "memory:";
    }

    @Override
    public Tagged<byte[]> read(ObjectKey key) throws StoreException {
        byte[] content = find(key, READ_LIMIT);
        return new Tagged<>(content.clone(), tag(content));
    }

    @Override
    public Optional<Tagged<byte[]>> readIfChanged(ObjectKey key, String tag) throws StoreException {
        return Optional.of(read(key)).filter(found -> !found.tag().equals(tag));
    }

    @Override
    public void download(ObjectKey key, Path target, long limit) throws IOException {
        AtomicFiles.write(target, find(key, limit));
    }

    @Override
    public void create(ObjectKey key, byte[] content) throws StoreException {
        if (objects.putIfAbsent(key, content.clone()) != null) {
            throw new ObjectExistsException(uri(), key, null);
        }
    }

    @Override
    public void create(ObjectKey key, Path file) throws IOException {
        create(key, Files.readAllBytes(file));
    }

    @Override
    public void swap(ObjectKey key, byte[] content, Optional<String> expected) throws StoreException {
        byte[] old = objects.get(key);
        boolean asExpected = Optional.ofNullable(old).map(MemoryStore::tag).equals(expected);
        boolean swapped = asExpected
                && (old == null
                        ? objects.putIfAbsent(key, content.clone()) == null
                        : objects.replace(key, old, content.clone()));
        if (!swapped) {
            throw new ObjectChangedException(uri(), key, null);
        }
    }

    @Override
    public List<ObjectKey> list(ObjectKey folder) {
        return objects.keySet().stream()
                .filter(key -> key.path().startsWith(folder + "/"))
                .toList();
    }

    @Override
    public void delete(ObjectKey key) {
        objects.remove(key);
    }

    @Override
    public void probe(ObjectKey folder, long bytes) throws IOException {
        Path content = Files.createTempFile("probe", null);
        try {
            StoreProbe.run(this, folder, content);
        } finally {
            Files.delete(content);
        }
    }

    /** Writes without a condition, as somebody with access to the storage could. */
    public void tamper(ObjectKey key, byte[] content) {
        objects.put(key, content.clone());
    }

    @Override
    public void close() {
        // Holds nothing open.
    }

    private byte[] find(ObjectKey key, long limit) throws StoreException {
        byte[] content = objects.get(key);
        if (content == null) {
            throw new ObjectNotFoundException(uri(), key, null);
        }
        if (content.length > limit) {
            throw new ObjectTooLargeException(uri(), key, content.length, limit);
        }
        return content;
    }

    private static String tag(byte[] content) {
        return FileDigest.of(content).sha256();
    }
}
