package org.scibert.training.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A file of rows before it is parsed.
 *
 * @param sha256 digest of its bytes, in hexadecimal
 * @param content its text, without a byte order mark
 * @param name what its rows without an id are called by, before their line; empty for the only file
 */
record Source(Path file, String sha256, String content, String name) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    static Source open(Path file) throws IOException {
        return open(file, "");
    }

    static Source open(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file, "there is no such file");
        }
        byte[] bytes = Files.readAllBytes(file);
        return new Source(file, sha256(bytes), decode(file, bytes), name);
    }

    Rows rows(boolean labelLists, List<Row> rows) throws DataException {
        if (rows.isEmpty()) {
            throw new DataException(file, "there are no rows in it");
        }
        return new Rows(file, sha256, labelLists, rows);
    }

    /** What a row is called that has no id. */
    String id(int line) {
        return name.isEmpty() ? Integer.toString(line) : name + ":" + line;
    }

    /** A row whose text and labels have been checked. */
    Row row(int line, String id, String text, List<String> labels) throws DataException {
        if (text.isBlank()) {
            throw bad(line, "\"text\" is blank; leave the row out");
        }
        if (labels.stream().anyMatch(String::isBlank)) {
            throw bad(line, "the label is blank; label the row or leave it out");
        }
        return new Row(line, id, text, labels.stream().map(String::strip).distinct().toList());
    }

    DataException bad(int line, String reason) {
        return new DataException(file, line, reason);
    }

    private static String decode(Path file, byte[] bytes) throws DataException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        out.flip();
        if (result.isError()) {
            int line = 1 + (int) out.chars().filter(c -> c == '\n').count();
            throw new DataException(file, line, "byte 0x%02X is not UTF-8; save the file as UTF-8"
                    .formatted(bytes[in.position()]));
        }
        boolean marked = out.hasRemaining() && out.get(0) == BYTE_ORDER_MARK;
        return out.subSequence(marked ? 1 : 0, out.length()).toString();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256; this is a bug", e);
        }
    }
}
