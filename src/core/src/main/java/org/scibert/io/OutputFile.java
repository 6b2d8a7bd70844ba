package org.scibert.io;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a person asked for, checked before the work whose result they get. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Returns the file if it can be written as far as can be told without writing it.
     *
     * @param what names the file in messages: {@code --report}
     * @throws UsageException if it is a folder, or its own folder is missing or closed to this user
     */
    public static Path requireWritable(String what, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new UsageException(Text.format("%s %s is a folder; name a file in it", what, file));
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageException(Text.format("%s %s can't be written: there is no folder %s; make it first",
                    what, file, folder));
        }
        if (!Files.isWritable(folder)) {
            throw new UsageException(Text.format(
                    "%s %s can't be written: nothing may be written to the folder %s; name another",
                    what, file, folder));
        }
        return file;
    }
}
