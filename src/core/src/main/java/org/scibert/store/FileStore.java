package org.scibert.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.scibert.io.AtomicFiles;
import org.scibert.io.FileDigest;
import org.scibert.io.FileErrors;
import org.scibert.io.FileNotWrittenException;
import org.scibert.io.FileTree;
import org.scibert.io.FolderLock;
import org.scibert.io.IoSupplier;
import org.scibert.io.Text;

/**
 * A store in a folder: each object is a file under its key's path.
 *
 * <p>Writes are complete on the disk before they are seen. The folder's file system must have hard links and file
 * locks; ext4, xfs, APFS, NTFS and NFS 4 do, FAT does not. A key is never also the folder of another.
 */
public final class FileStore implements ObjectStore {
    private final Path root;

    /** @param root need not exist; created by the first write */
    public FileStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String uri() {
        return "file:" + root;
    }

    @Override
    public Tagged<byte[]> read(ObjectKey key) throws IOException {
        requireSize(key, READ_LIMIT);
        try (InputStream content = open(key)) {
            byte[] bytes = content.readAllBytes();
            return new Tagged<>(bytes, FileDigest.of(bytes).sha256());
        }
    }

    @Override
    public Optional<Tagged<byte[]>> readIfChanged(ObjectKey key, String tag) throws IOException {
        return Optional.of(read(key)).filter(found -> !found.tag().equals(tag));
    }

    @Override
    public void download(ObjectKey key, Path target, long limit) throws IOException {
        requireSize(key, limit);
        try (InputStream content = open(key)) {
            AtomicFiles.write(target, out -> content.transferTo(out));
        } catch (FileSystemException e) {
            throw e; // of the target: reading the object fails without a path
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    @Override
    public void create(ObjectKey key, byte[] content) throws IOException {
        if (!createFile(key, new ByteArrayInputStream(content))) {
            throw new ObjectExistsException(uri(), key, null);
        }
    }

    @Override
    public void create(ObjectKey key, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            if (!createFile(key, content)) {
                throw new ObjectExistsException(uri(), key, null);
            }
        }
    }

    @Override
    public void swap(ObjectKey key, byte[] content, Optional<String> expected) throws IOException {
        boolean swapped = expected.isEmpty()
                ? createFile(key, new ByteArrayInputStream(content))
                : write(key, () -> FolderLock.holding(root, () -> replaceFile(key, content, expected.get())));
        if (!swapped) {
            throw new ObjectChangedException(uri(), key, null);
        }
    }

    @Override
    public List<ObjectKey> list(ObjectKey folder) throws IOException {
        try {
            return FileTree.paths(file(folder)).stream()
                    .map(path -> folder + "/" + path)
                    .filter(ObjectKey::isValid)
                    .map(ObjectKey::new)
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        write(key, () -> FolderLock.holding(root, () -> Files.deleteIfExists(file(key))));
    }

    @Override
    public void probe(ObjectKey folder, long bytes) throws IOException {
        write(folder, () -> {
            Path parent = Files.createDirectories(file(folder));
            long free = Files.getFileStore(parent).getUsableSpace();
            if (free < bytes) {
                throw new StoreRefusedException(
                        uri(),
                        folder,
                        Text.format("about %s MB are needed and %s MB are free; make room, or name another store",
                                bytes >> 20, free >> 20),
                        null);
            }
            return null;
        });
        Path content = Files.createTempFile("probe", null);
        try {
            StoreProbe.run(this, folder, content);
        } finally {
            Files.delete(content);
        }
    }

    @Override
    public void close() {
        // Holds nothing open.
    }

    private boolean createFile(ObjectKey key, InputStream content) throws IOException {
        return write(key, () -> {
            Path target = file(key);
            Files.createDirectories(target.getParent());
            boolean created = AtomicFiles.create(target, temporary -> fill(temporary, target, content));
            AtomicFiles.forceNames(target.getParent());
            return created;
        });
    }

    private boolean replaceFile(ObjectKey key, byte[] content, String expected) throws IOException {
        try {
            if (!read(key).tag().equals(expected)) {
                return false;
            }
        } catch (ObjectNotFoundException e) {
            return false;
        }
        Path target = file(key);
        AtomicFiles.replace(target, temporary -> fill(temporary, target, new ByteArrayInputStream(content)));
        AtomicFiles.forceNames(target.getParent());
        return true;
    }

    private <T> T write(ObjectKey key, IoSupplier<T> write) throws IOException {
        try {
            return write.get();
        } catch (StoreException e) {
            throw e;
        } catch (FileNotWrittenException e) {
            throw new StoreRefusedException(uri(), key, e.getMessage(), e);
        } catch (IOException e) {
            throw new StoreRefusedException(
                    uri(),
                    key,
                    Text.format("cannot be written (%s); check permissions and that the disk has hard links",
                            FileErrors.describe(e)),
                    e);
        }
    }

    private static void fill(Path temporary, Path target, InputStream content) throws IOException {
        try (OutputStream out = AtomicFiles.output(temporary, target)) {
            content.transferTo(out);
        }
        try {
            AtomicFiles.force(temporary);
        } catch (IOException e) {
            throw new FileNotWrittenException(target, e);
        }
    }

    private void requireSize(ObjectKey key, long limit) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file(key), BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new ObjectNotFoundException(uri(), key, null);
            }
            if (attributes.size() > limit) {
                throw new ObjectTooLargeException(uri(), key, attributes.size(), limit);
            }
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    private InputStream open(ObjectKey key) throws StoreException {
        try {
            return Files.newInputStream(file(key));
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    private Path file(ObjectKey key) {
        return root.resolve(key.path());
    }

    private StoreException unreadable(ObjectKey key, IOException e) {
        return e instanceof NoSuchFileException
                ? new ObjectNotFoundException(uri(), key, e)
                : new StoreRefusedException(
                        uri(), key, Text.format("cannot be read (%s); check its permissions",
                                FileErrors.describe(e)), e);
    }
}
