package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scibert.training.rows.Row;

/**
 * Rows about one work. Two rows are related if they share a DOI, a PMID or a title, have the same text after {@link
 * Normalisation}, or are near duplicates by {@link NearDuplicateRule#DEFAULT}.
 */
public final class RelatedRows {
    private final List<Row> rows;
    private final int[] texts; // (N)
    private final NearDuplicateSearch search;
    private final List<List<Integer>> components;

    public RelatedRows(List<Row> rows) {
        this.rows = rows;
        this.texts = new int[rows.size()];
        Map<String, Integer> numbers = new LinkedHashMap<>(); // of the different texts
        for (int i = 0; i < texts.length; i++) {
            String text = Normalisation.of(rows.get(i).text());
            numbers.putIfAbsent(text, numbers.size());
            texts[i] = numbers.get(text);
        }
        this.search = new NearDuplicateSearch(NearDuplicateRule.DEFAULT, List.copyOf(numbers.keySet()));
        this.components = components(numbers.size());
    }

    /** The rows' numbers in sets, each of rows that are related directly or through others, in the rows' order. */
    public List<List<Integer>> components() {
        return components;
    }

    private List<List<Integer>> components(int differentTexts) {
        DisjointSets sets = new DisjointSets(differentTexts);
        search.join(sets);
        Map<String, Integer> ofKey = new HashMap<>();
        for (int i = 0; i < texts.length; i++) {
            for (String key : rows.get(i).keys()) {
                Integer other = ofKey.putIfAbsent(key, texts[i]);
                if (other != null) {
                    sets.join(texts[i], other);
                }
            }
        }
        Map<Integer, List<Integer>> bySet = new TreeMap<>();
        for (int i = 0; i < texts.length; i++) {
            bySet.computeIfAbsent(sets.root(texts[i]), root -> new ArrayList<>(1)).add(i);
        }
        return List.copyOf(bySet.values());
    }

    /** Whether two rows are related directly; that depends on no other row. */
    public boolean areRelated(int one, int other) {
        return texts[one] == texts[other]
                || rows.get(one).keys().stream().anyMatch(rows.get(other).keys()::contains)
                || search.isMatch(texts[one], texts[other]);
    }
}
