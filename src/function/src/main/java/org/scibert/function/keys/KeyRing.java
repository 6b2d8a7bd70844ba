package org.scibert.function.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.scibert.io.Sha256;
import org.scibert.io.Text;
import org.scibert.signing.ApiKey;

/** The keys that are taken now, by their digests. */
final class KeyRing {
    /** Each has a label value in the metrics, and each is compared with what every caller shows. */
    private static final int MOST = 1000;

    private final List<String> names;
    private final List<byte[]> digests;
    private final BiPredicate<byte[], byte[]> equal;

    /** @param equal must take the same time whatever the bytes are */
    KeyRing(List<ApiKey> keys, BiPredicate<byte[], byte[]> equal) {
        this.names = keys.stream().map(ApiKey::name).toList();
        this.digests = keys.stream().map(key -> HexFormat.of().parseHex(key.sha256())).toList();
        this.equal = equal;
    }

    /**
     * Reads entries {@code NAME:DIGEST}, with commas or line ends between them; a line that begins with # is a remark.
     * A name may have several keys, while one takes another's place.
     *
     * @throws IllegalArgumentException that names the entry, counted from 1, and repeats nothing of it
     */
    static KeyRing parse(String text) {
        List<String> entries = text.lines()
                .filter(line -> !line.strip().startsWith("#"))
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        if (entries.size() > MOST) {
            throw new IllegalArgumentException(
                    Text.format("holds %d keys, more than the %d that are compared", entries.size(), MOST));
        }
        List<ApiKey> keys = new ArrayList<>();
        Map<String, Integer> byDigest = new HashMap<>();
        for (int i = 1; i <= entries.size(); i++) {
            ApiKey key = parse(entries.get(i - 1), i);
            Integer same = byDigest.put(key.sha256(), i);
            if (same != null) {
                throw new IllegalArgumentException(Text.format("entries %d and %d have the same digest", same, i));
            }
            keys.add(key);
        }
        return new KeyRing(keys, MessageDigest::isEqual);
    }

    private static ApiKey parse(String entry, int number) {
        try {
            return ApiKey.parse(entry);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Text.format("entry %d %s", number, e.getMessage()));
        }
    }

    int size() {
        return names.size();
    }

    /**
     * The name of a key's holder, empty if the key is not taken. Every digest is compared, whether one was found or
     * not, so that the time tells nothing of which keys there are.
     */
    Optional<String> nameOf(String key) {
        byte[] digest = Sha256.bytes(key.getBytes(StandardCharsets.UTF_8));
        Optional<String> found = Optional.empty();
        for (int i = 0; i < digests.size(); i++) {
            if (equal.test(digests.get(i), digest)) {
                found = Optional.of(names.get(i));
            }
        }
        return found;
    }
}
