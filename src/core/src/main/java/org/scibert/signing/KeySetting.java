package org.scibert.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scibert.io.FileErrors;
import org.scibert.io.Text;

/**
 * A setting that holds a key: PEM, bare base64 of the same bytes, or {@code file:PATH} of either. In PEM on one line,
 * as some environments demand it, {@code \n} stands for the line's end. No message holds the setting's value.
 *
 * @param name of the setting, for messages
 * @param label what PEM calls such a key
 */
record KeySetting(String name, String label) {
    private static final String FILE = "file:";

    /**
     * The keys' DER bytes; several stand one after the other in PEM, or with commas between them.
     *
     * @throws IllegalArgumentException if the value holds none, or something else
     */
    List<byte[]> read(String value) {
        String text = text(value.strip()).replace("\\n", "\n");
        try {
            return text.contains("-----BEGIN") ? pem(text) : bare(text);
        } catch (NotAKey e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new NotAKey("is neither PEM nor base64; its text is damaged");
        }
    }

    /** An exception that names the setting and says what is wrong with its key, for callers that parse the bytes. */
    IllegalArgumentException refusal(String what) {
        return new NotAKey(what);
    }

    private String text(String value) {
        if (!value.startsWith(FILE)) {
            return value;
        }
        try {
            return Files.readString(Path.of(value.substring(FILE.length()))).strip();
        } catch (IOException e) {
            throw new NotAKey(Text.format("names a file that cannot be read (%s); check the path and its permissions",
                    FileErrors.describe(e)));
        }
    }

    private List<byte[]> pem(String text) {
        List<byte[]> keys = new ArrayList<>();
        for (Pem block : Pem.blocks(text)) {
            if (!block.label().equals(label)) {
                throw new NotAKey(Text.format("holds a block named \"%s\", a \"%s\" is needed", block.label(), label));
            }
            keys.add(block.der());
        }
        if (keys.isEmpty()) {
            throw new NotAKey("has a BEGIN line without its END line; the whole of the PEM text is needed");
        }
        return keys;
    }

    private static List<byte[]> bare(String text) {
        return Arrays.stream(text.split(",")).map(Pem::base64).toList();
    }

    private final class NotAKey extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        NotAKey(String what) {
            super(Text.format(
                    "%s %s. Make a pair: training-job keys signing FOLDER, or openssl genpkey -algorithm ed25519",
                    name, what));
        }
    }
}
