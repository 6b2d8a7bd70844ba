package org.scibert.training.evaluation;

import java.util.List;

/**
 * A row that is decided otherwise than it is labelled.
 *
 * @param line of its file, counted from 1
 * @param id as in the file, or the line number
 * @param text of the row
 * @param gold labels that it has, by the names that the model shows
 * @param called labels that it is given
 * @param probability that the model gives what the row has: its label; for multi-label, the one it is most wrong about
 * @param loss of the row, in nats
 */
public record Mistake(
        int line, String id, String text, List<String> gold, List<String> called, double probability, double loss) {
    public Mistake {
        gold = List.copyOf(gold);
        called = List.copyOf(called);
    }
}
