package org.scibert.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A store of named objects that are written whole or not at all.
 *
 * <p>Every write is conditional, on the object's absence or on the tag it was read with; there is no plain overwrite.
 * Implementations are safe for use by several threads. Methods throw the {@link StoreException} that their
 * documentation names, {@link StoreUnavailableException} when the store cannot be reached for now,
 * {@link StoreRefusedException} when it refuses, and a plain {@link IOException} for trouble with local files.
 */
public interface ObjectStore extends AutoCloseable {
    /** The most that {@link #read} takes into memory, 8 MiB: manifests and pointers have a few kilobytes. */
    int READ_LIMIT = 8 << 20;

    /** The address that opens this store, for messages; never holds credentials. */
    String uri();

    /**
     * Reads a small object.
     *
     * @throws ObjectNotFoundException if there is none
     * @throws ObjectTooLargeException if it has more than {@link #READ_LIMIT} bytes
     */
    Tagged<byte[]> read(ObjectKey key) throws IOException;

    /**
     * Reads a small object unless it still has this tag.
     *
     * @return empty if it has
     * @throws ObjectNotFoundException if there is none
     * @throws ObjectTooLargeException if it has more than {@link #READ_LIMIT} bytes
     */
    Optional<Tagged<byte[]>> readIfChanged(ObjectKey key, String tag) throws IOException;

    /**
     * Copies an object of any size into a file; {@code target} is replaced in one step when all bytes are there.
     *
     * @param target in an existing folder
     * @param limit bytes; a larger object is refused before its content is fetched
     * @throws ObjectNotFoundException if there is none
     * @throws ObjectTooLargeException if it is larger than {@code limit}
     * @throws ObjectChangedException if it is replaced meanwhile
     */
    void download(ObjectKey key, Path target, long limit) throws IOException;

    /**
     * Writes a small object that must not exist.
     *
     * @throws ObjectExistsException if it does; its content is untouched
     */
    void create(ObjectKey key, byte[] content) throws IOException;

    /**
     * Writes a file of any size as an object that must not exist.
     *
     * @throws ObjectExistsException if it does; its content is untouched
     */
    void create(ObjectKey key, Path file) throws IOException;

    /**
     * Compare and swap: replaces a small object if nobody else has since it was read.
     *
     * @param expected the tag it was read with, or empty if it was absent
     * @throws ObjectChangedException if its state is another; its content is untouched
     */
    void swap(ObjectKey key, byte[] content, Optional<String> expected) throws IOException;

    /**
     * The keys under {@code folder + "/"}, at any depth, in order. Objects that no {@link ObjectKey} names are not
     * shown.
     */
    List<ObjectKey> list(ObjectKey folder) throws IOException;

    /** Deletes an object; an absent one is no error. */
    void delete(ObjectKey key) throws IOException;

    /**
     * Checks, before hours are spent on what is to be stored, that the store can be written: creates an object in the
     * way that large files are created, checks that it can be neither overwritten nor replaced under a wrong tag, and
     * deletes it.
     *
     * @param folder that the caller may write to and delete from
     * @param bytes that are to be stored; known to be too many only where the store is a folder
     * @throws StoreRefusedException if one of the steps is refused, or a condition is not honoured
     */
    void probe(ObjectKey folder, long bytes) throws IOException;

    @Override
    void close();
}
