package org.scibert.training.records;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.scibert.io.Text;

/**
 * The encoding of a text file: UTF-16 by its byte order mark, else UTF-8 if every byte fits, else Windows-1252.
 *
 * @param markBytes length of the byte order mark; 0 for none
 * @param oddLine the first line that is not UTF-8, counted from 1; 0 for none
 * @param oddByte the first byte that is not UTF-8
 */
record TextEncoding(Charset charset, int markBytes, int oddLine, int oddByte) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Bytes that are looked at to tell what a file with zero bytes is. */
    private static final int HEAD = 1 << 12;

    /** With so many characters of UTF-8 for each byte that is none, the file is damaged UTF-8 and not Windows-1252. */
    private static final int DAMAGED = 10;

    /** @throws DataException if the file is no text, or UTF-8 with a few bytes that are none */
    static TextEncoding of(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.mark(3);
            byte[] mark = in.readNBytes(3);
            in.reset();
            if (starts(mark, 0xFF, 0xFE)) {
                return new TextEncoding(StandardCharsets.UTF_16LE, 2, 0, 0);
            }
            if (starts(mark, 0xFE, 0xFF)) {
                return new TextEncoding(StandardCharsets.UTF_16BE, 2, 0, 0);
            }
            boolean marked = starts(mark, 0xEF, 0xBB, 0xBF);
            Utf8 utf8 = new Utf8();
            long zeros = 0;
            long bytes = 0;
            for (int next = in.read(); next >= 0 && bytes < (zeros == 0 ? Long.MAX_VALUE : HEAD); next = in.read()) {
                utf8.accept(next);
                zeros += next == 0 ? 1 : 0;
                bytes++;
            }
            if (zeros > 0) {
                throw new DataException(file, 4 * zeros > bytes && 4 * zeros < 3 * bytes
                        ? "it holds zero bytes and is no text, or it is UTF-16 without a byte order mark; save it as"
                                + " UTF-8"
                        : "it holds zero bytes and is no text; export the records as CSV, RIS or JSON lines, in UTF-8");
            }
            utf8.end();
            return utf8.encoding(file, marked ? 3 : 0);
        }
    }

    private static boolean starts(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** The encoding's name in messages. */
    String title() {
        return charset.displayName(java.util.Locale.ROOT) + (markBytes == 3 ? " with a byte order mark" : "");
    }

    /** Checks bytes against the table of well-formed sequences of the Unicode standard (table 3-7). */
    private static final class Utf8 {
        private int missing;
        private int low = 0x80;
        private int high = 0xBF;
        private int lead;
        private int line = 1;
        private long characters;
        private long odd;
        private int oddLine;
        private int oddByte;

        void accept(int next) {
            if (missing > 0) {
                if (next >= low && next <= high) {
                    low = 0x80;
                    high = 0xBF;
                    if (--missing == 0) {
                        characters++;
                    }
                    return;
                }
                odd(lead);
            }
            missing = 0;
            low = 0x80;
            high = 0xBF;
            lead = next;
            if (next < 0x80) {
                line += next == '\n' ? 1 : 0;
            } else if (next >= 0xC2 && next <= 0xDF) {
                missing = 1;
            } else if (next >= 0xE0 && next <= 0xEF) {
                missing = 2;
                low = next == 0xE0 ? 0xA0 : 0x80;
                high = next == 0xED ? 0x9F : 0xBF;
            } else if (next >= 0xF0 && next <= 0xF4) {
                missing = 3;
                low = next == 0xF0 ? 0x90 : 0x80;
                high = next == 0xF4 ? 0x8F : 0xBF;
            } else {
                odd(next);
            }
        }

        void end() {
            if (missing > 0) {
                odd(lead);
            }
        }

        private void odd(int found) {
            if (odd++ == 0) {
                oddLine = line;
                oddByte = found;
            }
        }

        TextEncoding encoding(Path file, int markBytes) throws DataException {
            if (odd == 0) {
                return new TextEncoding(StandardCharsets.UTF_8, markBytes, 0, 0);
            }
            if (markBytes > 0 || characters >= DAMAGED * odd) {
                throw new DataException(file, oddLine, Text.format(
                        "byte 0x%02X is not UTF-8, and the rest of the file is; correct",
                        oddByte) + " this line, or save the file as UTF-8 again");
            }
            return new TextEncoding(WINDOWS_1252, 0, oddLine, oddByte);
        }
    }
}
