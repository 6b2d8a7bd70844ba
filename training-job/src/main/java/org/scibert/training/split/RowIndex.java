package org.scibert.training.split;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.scibert.training.rows.Row;

/**
 * Values of the rows of an earlier file, found again for the rows of another: by id and text, else by text, else by id.
 * An id that is only the row's line in its file says nothing alone, as lines move when a file grows; unless the entries
 * have no hashes, as those of the first releases. What two entries with different values are told by finds neither.
 *
 * @param <T> the value
 */
final class RowIndex<T> {
    private final Map<String, T> byIdAndHash;
    private final Map<String, T> byHash;
    private final Map<String, T> byId;

    /**
     * A row of the earlier file.
     *
     * @param hash of {@link KeyedHash#ofText}; empty if it is not known
     */
    record Entry<T>(String id, String hash, T value) {
        static <T> Entry<T> of(Row row, T value) {
            return new Entry<>(row.id(), KeyedHash.ofText(row), value);
        }
    }

    RowIndex(List<Entry<T>> entries) {
        this.byIdAndHash = values(entries, entry -> entry.id() + ' ' + entry.hash());
        this.byHash = values(entries, Entry::hash);
        this.byId = values(entries, Entry::id);
    }

    private static <T> Map<String, T> values(List<Entry<T>> entries, Function<Entry<T>, String> key) {
        Map<String, T> values = new HashMap<>();
        Set<String> ambiguous = new HashSet<>(Set.of(""));
        for (Entry<T> entry : entries) {
            T other = values.putIfAbsent(key.apply(entry), entry.value());
            if (other != null && !other.equals(entry.value())) {
                ambiguous.add(key.apply(entry));
            }
        }
        values.keySet().removeAll(ambiguous);
        return values;
    }

    Optional<T> of(Row row) {
        String hash = KeyedHash.ofText(row);
        boolean named = !row.id().equals(Integer.toString(row.line())) && !row.id().endsWith(":" + row.line());
        return Optional.ofNullable(byIdAndHash.get(row.id() + ' ' + hash))
                .or(() -> Optional.ofNullable(byHash.get(hash)))
                .or(() -> Optional.ofNullable(named || byHash.isEmpty() ? byId.get(row.id()) : null));
    }
}
