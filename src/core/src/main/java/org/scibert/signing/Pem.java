package org.scibert.signing;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scibert.io.Text;

/**
 * A block of PEM: its label, and the bytes between its BEGIN and END lines.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
record Pem(String label, byte[] der) {
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String PUBLIC_KEY = "PUBLIC KEY";

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final int LINE = 64;

    /**
     * The blocks of a text, in its order; none if it has none.
     *
     * @throws IllegalArgumentException if a block is not base64; the message does not hold it
     */
    static List<Pem> blocks(String text) {
        List<Pem> blocks = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            blocks.add(new Pem(block.group(1), base64(block.group(2))));
        }
        return blocks;
    }

    /**
     * Decodes base64 that may hold white space.
     *
     * @throws IllegalArgumentException if the text is not base64; the message does not hold the text
     */
    static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    }

    @Override
    public String toString() {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return Text.format("-----BEGIN %s-----\n%s\n-----END %s-----\n", label, body, label);
    }
}
