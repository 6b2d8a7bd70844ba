package org.scibert.training.datacheck;

import java.util.stream.IntStream;

/** Numbers from 0 in sets that can be joined, each at first in a set of its own (Galler and Fischer 1964). */
public final class DisjointSets {
    private final int[] parents;

    public DisjointSets(int count) {
        this.parents = IntStream.range(0, count).toArray();
    }

    /** Joins the sets of two numbers; the least number stays the root. */
    public void join(int one, int other) {
        int root = root(one);
        int second = root(other);
        parents[Math.max(root, second)] = Math.min(root, second);
    }

    boolean isJoined(int one, int other) {
        return root(one) == root(other);
    }

    /** The least number of a number's set. */
    public int root(int number) {
        int at = number;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}
