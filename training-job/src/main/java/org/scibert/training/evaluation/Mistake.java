package org.scibert.training.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.scibert.decision.DecisionRule;
import org.scibert.decision.Probabilities;
import org.scibert.decision.Task;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;

/**
 * A row whose predicted labels are not its own. The worst ones show where labels are wrong, or the task is hard.
 *
 * @param line of its file, counted from 1
 * @param id as in the file, or the line number
 * @param text of the row
 * @param gold labels that it has, by the names that the model shows
 * @param predicted labels, likewise
 * @param probability that the model gives what the row has: its label; for multi-label, the one it is most wrong about
 * @param loss of the row, in nats
 */
public record Mistake(
        int line, String id, String text, List<String> gold, List<String> predicted, double probability, double loss) {
    public Mistake {
        gold = List.copyOf(gold);
        predicted = List.copyOf(predicted);
    }

    /**
     * The mistakes of a rule, highest loss first, rows of equal loss as they stand in their file.
     *
     * @param logits (N, C), row-major, finite
     * @param most of them
     */
    public static List<Mistake> worst(DecisionRule rule, LabelSet labels, Rows rows, float[] logits, int most) {
        int outputs = rule.outputs();
        List<Mistake> mistakes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            float[] z = Arrays.copyOfRange(logits, i * outputs, (i + 1) * outputs); // (C)
            Row row = rows.rows().get(i);
            List<String> gold = shown(row, labels, rule);
            List<String> predicted = rule.decide(z).chosen();
            if (!gold.equals(predicted)) {
                mistakes.add(of(row, gold, predicted, rule, rule.calibration().apply(z)));
            }
        }
        mistakes.sort(Comparator.comparingDouble(Mistake::loss).reversed());
        return List.copyOf(mistakes.subList(0, Math.min(most, mistakes.size())));
    }

    /** The row's labels in the order of the rule's. */
    private static List<String> shown(Row row, LabelSet labels, DecisionRule rule) {
        return IntStream.range(0, labels.labels().size())
                .filter(c -> row.labels().contains(labels.labels().get(c)))
                .mapToObj(rule.labels()::get)
                .toList();
    }

    /** @param z (C), calibrated */
    private static Mistake of(Row row, List<String> gold, List<String> predicted, DecisionRule rule, double[] z) {
        double loss;
        double probability;
        if (rule.task() == Task.MULTI_CLASS) {
            int own = rule.labels().indexOf(gold.get(0));
            loss = LogLoss.crossEntropy(z, own);
            probability = Probabilities.softmax(z)[own];
        } else {
            int first = rule.labels().size() - z.length; // binary has no logit for its negative label
            double sum = 0;
            double least = 1;
            for (int c = 0; c < z.length; c++) {
                boolean has = gold.contains(rule.labels().get(first + c));
                sum += LogLoss.binary(z[c], has);
                least = Math.min(least, Probabilities.sigmoid(has ? z[c] : -z[c]));
            }
            loss = sum / z.length;
            probability = least;
        }
        return new Mistake(row.line(), row.id(), row.text(), gold, predicted, probability, loss);
    }
}
