package org.scibert.training.records;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import org.scibert.io.Text;

/** Reads lines with their ends, which {@link java.io.BufferedReader} drops; an end is CR, LF or both. */
final class LineReader implements Closeable {
    private final Path file;
    private final Reader in;
    private final char[] buffer = new char[1 << 14];
    private int at;
    private int end;
    private int number;

    /** @param file named in messages */
    LineReader(Path file, Reader in) {
        this.file = file;
        this.in = in;
    }

    /**
     * The next line with its end, or null after the last one.
     *
     * @throws DataException if it is longer than any record
     */
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        do {
            c = read();
            if (c >= 0) {
                line.append((char) c);
            }
            if (line.length() > RecordReader.MOST_CHARACTERS) {
                throw new DataException(file, number + 1, Text.format(
                        "the line has more than %s characters, as no record has; is it in the right format?",
                        RecordReader.MOST_CHARACTERS));
            }
        } while (c >= 0 && c != '\n' && c != '\r');
        if (c == '\r' && peek() == '\n') {
            line.append((char) read());
        }
        if (line.isEmpty()) {
            return null;
        }
        number++;
        return line.toString();
    }

    /** The number of the line that {@link #next} gave last, counted from 1. */
    int number() {
        return number;
    }

    static String withoutEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }

    private int peek() throws IOException {
        if (at == end) {
            end = Math.max(0, in.read(buffer));
            at = 0;
        }
        return at < end ? buffer[at] : -1;
    }

    private int read() throws IOException {
        int c = peek();
        if (c >= 0) {
            at++;
        }
        return c;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
