package org.scibert.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store that forwards every call to another; tests override the calls that are to go otherwise. */
public class ForwardingStore implements ObjectStore {
    private final ObjectStore store;

    public ForwardingStore(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String uri() {
        return store.uri();
    }

    @Override
    public Tagged<byte[]> read(ObjectKey key) throws IOException {
        return store.read(key);
    }

    @Override
    public Optional<Tagged<byte[]>> readIfChanged(ObjectKey key, String tag) throws IOException {
        return store.readIfChanged(key, tag);
    }

    @Override
    public void download(ObjectKey key, Path target, long limit) throws IOException {
        store.download(key, target, limit);
    }

    @Override
    public void create(ObjectKey key, byte[] content) throws IOException {
        store.create(key, content);
    }

    @Override
    public void create(ObjectKey key, Path file) throws IOException {
        store.create(key, file);
    }

    @Override
    public void swap(ObjectKey key, byte[] content, Optional<String> expected) throws IOException {
        store.swap(key, content, expected);
    }

    @Override
    public List<ObjectKey> list(ObjectKey folder) throws IOException {
        return store.list(folder);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        store.delete(key);
    }

    @Override
    public void probe(ObjectKey folder, long bytes) throws IOException {
        store.probe(folder, bytes);
    }

    @Override
    public void close() {
        store.close();
    }
}
