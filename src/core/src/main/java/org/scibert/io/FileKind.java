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

/** Recognises, by its first bytes, a file that is of another kind than its name says. */
public final class FileKind {
    private static final int HEAD = 64;
    /** What downloads leave in place of a file. */
    private static final Map<String, String> STAND_INS = new LinkedHashMap<>();
    private static final Map<String, String> FORMATS = new LinkedHashMap<>();

    static {
        STAND_INS.put(
                "version https://git-lfs", "a Git LFS pointer and not the file itself; fetch it with: git lfs pull");
        STAND_INS.put("<!doctype html", "a web page, perhaps a sign-in or error page; download the file itself");
        STAND_INS.put("<html", "a web page, perhaps a sign-in or error page; download the file itself");
        FORMATS.put("pk\3\4", "a zip archive, as files of torch.save are");
        FORMATS.put("\u001f\u008b", "compressed with gzip; unpack it with: gunzip");
        FORMATS.put("\u0089hdf", "an HDF5 file of TensorFlow or Keras; save the encoder for PyTorch");
        FORMATS.put("\u0080\2", "a Python pickle, as old files of torch.save are");
    }

    private FileKind() {}

    /**
     * Returns what stands in place of a file, as the end of a sentence that begins with "it is": a Git LFS pointer, a
     * web page, nothing. Empty if the file may be what its name says.
     */
    public static Optional<String> standIn(Path file) throws IOException {
        return of(head(file), STAND_INS);
    }

    /**
     * Returns the end of a message about a file that can't be read: "; it is a zip archive, …". An empty text if the
     * first bytes tell nothing.
     */
    public static String hint(Path file) throws IOException {
        byte[] head = head(file);
        return of(head, STAND_INS).or(() -> of(head, FORMATS)).map("; it is "::concat).orElse("");
    }

    private static Optional<String> of(byte[] head, Map<String, String> kinds) {
        if (head.length == 0) {
            return Optional.of("empty; fetch it again");
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return kinds.entrySet().stream()
                .filter(kind -> text.startsWith(kind.getKey()) || text.stripLeading().startsWith(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }
}
