package org.scibert.training.datacheck;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.scibert.io.Text;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

/**
 * Train, dev and test made of one file, by a keyed hash: about 60, 20 and 20 of a hundred rows.
 *
 * <p>Rows about one work form a group and stand in one split: a row with the DOI, the PMID or the text of an earlier one,
 * or nearly its text, goes where that one went. A group's split depends on its first row alone, so that no row changes
 * its split when rows are added after it, and the versions trained on a growing file are compared fairly.
 */
public final class GroupedSplit {
    /** The name of this rule, for provenance. Another key, other shares or other groups are another rule. */
    public static final String RULE = "grouped-hash-1";

    private static final byte[] KEY = RULE.getBytes(StandardCharsets.UTF_8);
    private static final double TEST = 0.2;
    private static final double DEV = 0.4; // upper end, after test

    private GroupedSplit() {}

    /**
     * Splits rows.
     *
     * @throws DataException if a split would have no rows
     */
    public static Splits<Rows> of(Rows rows) throws DataException {
        int[] first = firstRows(rows.rows());
        Map<Split, List<Row>> splits = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            splits.put(split, new ArrayList<>());
        }
        for (int i = 0; i < first.length; i++) {
            splits.get(split(rows.rows().get(first[i]))).add(rows.rows().get(i));
        }
        for (Split split : Split.values()) {
            if (splits.get(split).isEmpty()) {
                throw new DataException(rows.file(), Text.format(
                        "its %s labelled records are too few to split: none falls into %s;",
                        rows.size(), split) + " label some dozens more, or give --train, --dev and --test");
            }
        }
        return new Splits<>(
                rows.with(splits.get(Split.TRAIN)),
                new Rows(rows.file(), rows.sha256(), rows.labelLists(), splits.get(Split.DEV)),
                new Rows(rows.file(), rows.sha256(), rows.labelLists(), splits.get(Split.TEST)));
    }

    /** What a split of one file is, in words. */
    public static String title(Splits<Rows> splits) {
        return Text.format(
                "split by a hash of each record, those about one work together: %s rows to train, %s dev, %s test",
                splits.train().size(), splits.dev().size(), splits.test().map(Rows::size).orElse(0));
    }

    /** The split of each row as CSV: the split and the row's id. */
    public static String csv(Splits<Rows> splits) {
        StringBuilder csv = new StringBuilder("split,id\n");
        splits.bySplit().forEach((split, rows) -> rows.rows().forEach(row -> csv.append(split).append(",\"")
                .append(row.id().replace("\"", "\"\"")).append("\"\n")));
        return csv.toString();
    }

    /** The first row of each row's group, (N). */
    private static int[] firstRows(List<Row> rows) {
        Map<String, Integer> numbers = new LinkedHashMap<>(); // of the different texts
        int[] texts = new int[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            String text = Normalisation.of(rows.get(i).text());
            numbers.putIfAbsent(text, numbers.size());
            texts[i] = numbers.get(text);
        }
        int[] similar = new NearDuplicateSearch(NearDuplicateRule.DEFAULT, List.copyOf(numbers.keySet())).earlier();
        Map<String, Integer> groups = new HashMap<>();
        int[] ofText = new int[similar.length];
        int[] first = new int[texts.length];
        int seen = 0;
        for (int i = 0; i < first.length; i++) {
            int group = i;
            for (String key : rows.get(i).keys()) {
                group = Math.min(group, groups.getOrDefault(key, group));
            }
            if (texts[i] < seen) {
                group = Math.min(group, ofText[texts[i]]);
            } else {
                group = similar[texts[i]] < 0 ? group : Math.min(group, ofText[similar[texts[i]]]);
                ofText[seen++] = group;
            }
            first[i] = group;
            for (String key : rows.get(i).keys()) {
                groups.putIfAbsent(key, group);
            }
        }
        return first;
    }

    private static Split split(Row row) {
        double place = hash(row.keys().isEmpty() ? Normalisation.of(row.text()) : row.keys().get(0));
        return place < TEST ? Split.TEST : place < DEV ? Split.DEV : Split.TRAIN;
    }

    /** A number in [0, 1), evenly spread. */
    private static double hash(String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            byte[] hash = mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << Byte.SIZE | hash[i] & 0xFF;
            }
            return (bits >>> 11) * 0x1.0p-53;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256; this is a bug", e);
        }
    }
}
