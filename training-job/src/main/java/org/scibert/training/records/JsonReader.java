package org.scibert.training.records;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import org.scibert.io.Text;

/**
 * Reads a JSON list of objects, or objects that take more than a line each. An element is found by its brackets and
 * then parsed by itself, so that it keeps its text and a bad one leaves the others readable.
 */
final class JsonReader implements RecordReader {
    private static final String ASK = "write a list of objects, or one a line";

    private final Path file;
    private final Reader in;
    private final char[] buffer = new char[1 << 14];
    private int at;
    private int end;
    /** The line of the next character. */
    private int line = 1;
    private final boolean list;
    private final String head;
    private boolean closed;
    /** What was read since the last record. */
    private StringBuilder raw = new StringBuilder();

    JsonReader(Path file, Reader in) throws IOException {
        this.file = file;
        this.in = in;
        skipBetween();
        this.list = peek() == '[';
        if (list) {
            read();
        }
        this.head = raw.toString();
        raw = new StringBuilder();
    }

    @Override
    public String head() {
        return head;
    }

    @Override
    public SourceRecord next() throws IOException {
        skipBetween();
        if (list && !closed && peek() == ']') {
            read();
            closed = true;
            skipBetween();
        }
        if (peek() < 0) {
            if (list && !closed) {
                throw new DataException(file, line, "the list ends without its ]; the file is cut off, fetch or write"
                        + " it again");
            }
            return null;
        }
        if (closed) {
            throw new DataException(file, line, "there is text after the end of the list; " + ASK);
        }
        int start = line;
        int from = raw.length();
        element(start);
        String text = raw.toString();
        raw = new StringBuilder();
        return JsonFields.record(file, start, text, text.substring(from), ASK);
    }

    /** Reads white space and the commas between elements. */
    private void skipBetween() throws IOException {
        for (int c = peek(); c == ',' || Character.isWhitespace(c); c = peek()) {
            read();
        }
    }

    /** Reads to the bracket that closes the element, or to the end of a text, number or word. */
    private void element(int start) throws IOException {
        int depth = 0;
        boolean quoted = false;
        do {
            int c = read();
            if (c < 0 || raw.length() > MOST_CHARACTERS) {
                throw new DataException(file, start, Text.format("it is not JSON (%s that begins here is never closed);"
                        + " correct it, or fetch the file again", quoted && depth == 0
                                ? "a text"
                                : "an object or list"));
            }
            if (quoted) {
                if (c == '\\') {
                    read();
                } else {
                    quoted = c != '"';
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        } while (depth > 0 || quoted || !isEnd(peek()));
    }

    private static boolean isEnd(int c) {
        return c < 0 || c == ',' || c == ']' || c == '{' || Character.isWhitespace(c);
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
            raw.append((char) c);
            line += c == '\n' ? 1 : 0;
        }
        return c;
    }

    @Override
    public String rest() {
        return raw.toString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
