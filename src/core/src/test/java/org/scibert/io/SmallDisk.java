package org.scibert.io;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk in memory that is full after so many bytes, in blocks of {@value #BLOCK}. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 64;

    private final FileSystem disk;

    public SmallDisk(long bytes) {
        disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(BLOCK)
                .setMaxSize(bytes)
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build());
    }

    /** A folder on the disk; created. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(disk.getPath("/work", name));
    }

    /** The bytes that are left. */
    public long free() throws IOException {
        return Files.getFileStore(disk.getPath("/")).getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
