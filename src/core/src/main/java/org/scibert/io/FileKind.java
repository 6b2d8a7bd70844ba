package org.scibert.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Recognises, by its first bytes, a file that stands where another kind was expected. */
public final class FileKind {
    private static final int HEAD = 64;
    private static final Map<String, String> BY_START = new LinkedHashMap<>();

    static {
        BY_START.put("version https://git-lfs", "a Git LFS pointer and not the file itself; fetch it with: git lfs pull");
        BY_START.put("<!doctype html", "a web page, perhaps a sign-in or error page; download the file itself");
        BY_START.put("<html", "a web page, perhaps a sign-in or error page; download the file itself");
        BY_START.put("pk\3\4", "a zip archive, which files of torch.save are too");
        BY_START.put("\u001f\u008b", "compressed with gzip; unpack it with: gunzip");
        BY_START.put("\u0089hdf", "an HDF5 file of TensorFlow or Keras; save the encoder for PyTorch");
        BY_START.put("\u0080\2", "a Python pickle, which old files of torch.save are too");
        BY_START.put("{", "a text that begins like JSON");
    }

    private FileKind() {}

    /**
     * Returns what a file is, as the end of a sentence that begins with "it is": a Git LFS pointer, a web page, a zip
     * archive, an empty file …; empty if the first bytes don't tell.
     */
    public static Optional<String> of(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(HEAD);
        }
        if (bytes.length == 0) {
            return Optional.of("empty; fetch it again");
        }
        String head = new String(bytes, StandardCharsets.ISO_8859_1).stripLeading().toLowerCase(Locale.ROOT);
        return BY_START.entrySet().stream()
                .filter(kind -> head.startsWith(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** A sentence on what a file is, to be put behind the message of a failure to read it; empty if unknown. */
    public static String sentence(Path file) throws IOException {
        return of(file).map("; it is %s"::formatted).orElse("");
    }
}
