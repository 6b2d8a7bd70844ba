package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds texts that have a near duplicate among others, by locality-sensitive hashing. N texts, K numbers each. */
final class NearDuplicateSearch {
    private final NearDuplicateRule rule;
    private final List<String> texts;
    private final int[][] signatures; // (N, K)
    /** By text; only those that were compared. */
    private final long[][] shingles;

    /** @param texts normalised, each once */
    NearDuplicateSearch(NearDuplicateRule rule, List<String> texts) {
        this.rule = rule;
        this.texts = texts;
        MinHash hash = new MinHash(rule.bands() * rule.rowsPerBand());
        this.signatures = IntStream.range(0, texts.size())
                .parallel()
                .mapToObj(i -> hash.signature(Shingles.of(texts.get(i))))
                .toArray(int[][]::new);
        this.shingles = new long[texts.size()][];
    }

    /**
     * Two nearly equal texts.
     *
     * @param text its number
     * @param partner the number of one that it nearly equals: the first found, not always the nearest
     * @param similarity at least the rule's threshold
     */
    record Match(int text, int partner, double similarity) {}

    /**
     * Looks for a partner for each text; one is enough, so a thousand texts of one template take no longer than others.
     *
     * @param of numbers of texts
     * @param among numbers of other texts
     * @return at most one match for each text, by its number
     */
    List<Match> find(int[] of, int[] among) {
        Map<Integer, Match> found = new HashMap<>();
        for (int band = 0; band < rule.bands(); band++) {
            Map<Long, List<Integer>> buckets = new HashMap<>();
            for (int other : among) {
                buckets.computeIfAbsent(bandHash(other, band), hash -> new ArrayList<>(1)).add(other);
            }
            for (int text : of) {
                if (!found.containsKey(text)) {
                    partner(text, band, buckets.getOrDefault(bandHash(text, band), List.of()), found);
                }
            }
        }
        return found.values().stream().sorted(Comparator.comparingInt(Match::text)).toList();
    }

    /**
     * Joins texts that are near duplicates. Texts that are joined already, through others, are not compared again, so a
     * thousand texts of one template take no longer than others.
     *
     * @param sets of the texts' numbers
     */
    void join(DisjointSets sets) {
        for (int band = 0; band < rule.bands(); band++) {
            // Of each bucket the texts, those that are joined in one list.
            Map<Long, List<List<Integer>>> buckets = new HashMap<>();
            for (int text = 0; text < texts.size(); text++) {
                join(text, buckets.computeIfAbsent(bandHash(text, band), hash -> new ArrayList<>(1)), sets);
            }
        }
    }

    private void join(int text, List<List<Integer>> bucket, DisjointSets sets) {
        List<Integer> joined = new ArrayList<>(List.of(text));
        for (Iterator<List<Integer>> groups = bucket.iterator(); groups.hasNext(); ) {
            List<Integer> group = groups.next();
            if (!sets.isJoined(text, group.get(0)) && group.stream().anyMatch(other -> isMatch(text, other))) {
                sets.join(text, group.get(0));
            }
            if (sets.isJoined(text, group.get(0))) {
                groups.remove();
                joined.addAll(group);
            }
        }
        bucket.add(joined);
    }

    /**
     * Whether two texts are near duplicates and found to be: as similar as the rule asks, in one bucket of some band.
     */
    boolean isMatch(int one, int other) {
        return firstSharedBand(one, other) < rule.bands() && similarity(one, other) >= rule.threshold();
    }

    private void partner(int text, int band, List<Integer> candidates, Map<Integer, Match> found) {
        for (int other : candidates) {
            if (firstSharedBand(text, other) < band) {
                continue; // compared before
            }
            double similarity = similarity(text, other);
            if (similarity >= rule.threshold()) {
                found.put(text, new Match(text, other, similarity));
                return;
            }
        }
    }

    private double similarity(int one, int other) {
        long[] a = shingles(one);
        long[] b = shingles(other);
        // Sets so different in size can't be similar enough.
        if (Math.min(a.length, b.length) < rule.threshold() * Math.max(a.length, b.length)) {
            return 0;
        }
        return Shingles.jaccard(a, b);
    }

    private long[] shingles(int text) {
        if (shingles[text] == null) {
            shingles[text] = Shingles.setOf(texts.get(text));
        }
        return shingles[text];
    }

    private long bandHash(int text, int band) {
        long hash = 0;
        for (int i = band * rule.rowsPerBand(); i < (band + 1) * rule.rowsPerBand(); i++) {
            hash = Shingles.mix(hash + signatures[text][i]);
        }
        return hash;
    }

    private int firstSharedBand(int one, int other) {
        int rows = rule.rowsPerBand();
        int band = 0;
        while (band < rule.bands() && !Arrays.equals(
                signatures[one], band * rows, (band + 1) * rows, signatures[other], band * rows, (band + 1) * rows)) {
            band++;
        }
        return band;
    }
}
