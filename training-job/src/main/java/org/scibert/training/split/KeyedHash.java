package org.scibert.training.split;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.scibert.io.Text;
import org.scibert.training.datacheck.Normalisation;
import org.scibert.training.rows.Row;

/**
 * HMAC-SHA-256 of texts with a key of this program: the same on every machine, and unrelated to any order in which a
 * database or a reference manager keeps records. The key is no secret.
 */
final class KeyedHash {
    private static final byte[] KEY = "grouped-hash-1".getBytes(StandardCharsets.UTF_8);

    private KeyedHash() {}

    /** The place of a row's work in [0, 1), evenly spread: by its DOI, else PMID, else title, else text. */
    static double place(Row row) {
        return (of(row.keys().isEmpty() ? Normalisation.of(row.text()) : row.keys().get(0)) >>> 11) * 0x1.0p-53;
    }

    /** The hash of a row's text after {@link Normalisation} in 16 hexadecimal digits, from which no text is read. */
    static String ofText(Row row) {
        return Text.format("%016x", of(Normalisation.of(row.text())));
    }

    private static long of(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << Byte.SIZE | hash[i] & 0xFF;
            }
            return bits;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256; this is a bug", e);
        }
    }
}
