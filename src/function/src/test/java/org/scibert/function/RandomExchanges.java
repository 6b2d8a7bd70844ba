package org.scibert.function;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.scibert.signing.ApiKey;

/** Requests to the functions with whatever body and key, the same each time. */
final class RandomExchanges {
    private static final long SEED = 20261125;
    private static final int COUNT = 100;
    private static final List<String> PARTS =
            List.of("{", "}", "[", "]", ":", ",", "\"", "\"text\"", "\"texts\"", "\\u0000",
            "\\ud800", "\u00E9", "\uD83D\uDE80", "null", "1e400", "a cell", " ", "\"onTooLong\"", "\"window\"",
            "\"method\"");

    private RandomExchanges() {}

    /** For parameterized tests: a third of them have a right key. */
    static List<Exchange> some() {
        Random random = new Random(SEED);
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String path = List.of("/classify", "/tokenize", "/explain").get(random.nextInt(3));
            Exchange exchange = Exchange.post(path + " " + i, path, body(random));
            String shown = authorization(random);
            exchanges.add(shown == null ? exchange : exchange.with("Authorization", shown));
        }
        return exchanges;
    }

    private static byte[] body(Random random) {
        StringBuilder inner = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            inner.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        byte[] bytes = switch (random.nextInt(3)) {
            case 0 -> inner.toString().getBytes(StandardCharsets.UTF_8);
            case 1 -> ("{\"text\": \"" + inner.toString().replace("\"", "\\\"") + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            default -> ("{\"texts\": [\"a\", \"" + inner.toString().replace("\"", "") + "\"]}")
                    .getBytes(StandardCharsets.UTF_8);
        };
        if (bytes.length > 0 && random.nextInt(8) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Null for none. What a client may put into a header: visible characters, and spaces between them. */
    private static String authorization(Random random) {
        String right = "Bearer " + ApiKey.PREFIX + "1".repeat(64);
        if (random.nextInt(3) == 0) {
            return right;
        }
        StringBuilder shown = new StringBuilder(random.nextBoolean() ? right : "Basic YTpi");
        for (int i = random.nextInt(4); i > 0; i--) {
            shown.insert(1 + random.nextInt(shown.length() - 1), (char) ('!' + random.nextInt('~' - '!')));
        }
        return random.nextInt(4) == 0 ? null : shown.toString();
    }
}
