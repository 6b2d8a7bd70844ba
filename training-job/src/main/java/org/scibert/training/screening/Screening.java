package org.scibert.training.screening;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.LabelText;
import org.scibert.training.rows.ScreenedFile;
import org.scibert.training.rows.ScreenedRecord;

/**
 * How far the screening of a file is.
 *
 * @param items all records, in the order in which they were or will be screened
 * @param ranked whether that order is the one of probabilities; else it is the file's
 */
public record Screening(List<Item> items, boolean ranked) {
    /** The value that {@code classify} and the function's page write. */
    public static final String PROBABILITY = "SciBERT_probability";

    public Screening {
        items = List.copyOf(items);
    }

    /**
     * A record.
     *
     * @param decision whether it is relevant; empty if it was not screened
     * @param probability that it is relevant, calibrated; empty if the file has none for it
     */
    public record Item(Optional<Boolean> decision, OptionalDouble probability) {
        boolean isRelevant() {
            return decision.orElse(false);
        }

        /** What is expected of the record: 0 or 1 once it is screened, else its probability. */
        double expected() {
            return decision.map(relevant -> relevant ? 1. : 0.).orElse(probability.orElse(0));
        }
    }

    /**
     * The screening of a file.
     *
     * @param positive the label that means relevant; empty: by its name, such as 1 or include
     * @param fileOrder whether records were screened in the file's order; otherwise by probability, the highest first,
     *     and in the file's order where it has no probabilities
     * @throws DataException if a label is neither clearly relevant nor clearly not, or a probability is none
     */
    public static Screening of(ScreenedFile file, Optional<String> positive, boolean fileOrder) throws DataException {
        List<Item> items = new ArrayList<>();
        for (ScreenedRecord record : file.records()) {
            Optional<Boolean> decision = Optional.empty();
            if (record.label().isPresent()) {
                decision = Optional.of(isRelevant(file, record, positive));
            }
            items.add(new Item(decision, probability(file, record)));
        }
        boolean ranked = !fileOrder && items.stream().anyMatch(item -> item.probability().isPresent());
        if (ranked) {
            items.sort(Comparator.comparingDouble(item -> -item.probability().orElse(-1))); // stable
        }
        return new Screening(items, ranked);
    }

    private static boolean isRelevant(ScreenedFile file, ScreenedRecord record, Optional<String> positive)
            throws DataException {
        String label = record.label().orElseThrow();
        if (positive.isPresent()) {
            String wanted = positive.get();
            return label.equals(wanted) || LabelText.isPositive(label) && LabelText.isPositive(wanted)
                    || LabelText.isNegative(label) && LabelText.isNegative(wanted);
        }
        if (!LabelText.isDecision(label)) {
            throw new DataException(file.path(), record.line(), Text.format(
                    "the label \"%s\" says neither relevant nor irrelevant; name the relevant one with", label)
                    + " --positive-label");
        }
        return LabelText.isPositive(label);
    }

    private static OptionalDouble probability(ScreenedFile file, ScreenedRecord record) throws DataException {
        Optional<String> text = record.value(PROBABILITY);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double probability = Double.parseDouble(text.get());
            if (probability >= 0 && probability <= 1) {
                return OptionalDouble.of(probability);
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new DataException(file.path(), record.line(), Text.format(
                "%s must be a number from 0 to 1, is \"%s\"; rank the file again with classify",
                PROBABILITY, text.get()));
    }

    /** @throws UsageException if a recall is not between 0 and 1 */
    public static double requireRecall(double recall) {
        if (!(recall > 0 && recall < 1)) {
            throw new UsageException(Text.format("--recall must be above 0 and below 1, is %s", recall));
        }
        return recall;
    }

    public int records() {
        return items.size();
    }

    /** Records that were screened. */
    public int screened() {
        return (int) items.stream().filter(item -> item.decision().isPresent()).count();
    }

    /** Relevant ones among those that were screened. */
    public int found() {
        return (int) items.stream().filter(Item::isRelevant).count();
    }

    /** Records that were not screened and have no probability; nothing is expected of them, for want of knowledge. */
    public int unknown() {
        return (int) items.stream()
                .filter(item -> item.decision().isEmpty() && item.probability().isEmpty())
                .count();
    }

    /** Records without a label that stand before the last one with a label. */
    public int skipped() {
        int last = items.size();
        while (last > 0 && items.get(last - 1).decision().isEmpty()) {
            last--;
        }
        return last - screened();
    }

    /** Whether the file has probabilities for what was not screened, or all was screened. */
    public boolean isRemainderKnown() {
        return unknown() < records() - screened() || screened() == records();
    }

    /** Relevant records to be expected among those that were not screened: the sum of their probabilities. */
    public double expectedRemaining() {
        return items.stream()
                .filter(item -> item.decision().isEmpty())
                .mapToDouble(item -> item.probability().orElse(0))
                .sum();
    }

    /** The standard deviation of that number, if probabilities are calibrated and records independent: √Σ p (1 − p). */
    public double remainingDeviation() {
        return Math.sqrt(items.stream()
                .filter(item -> item.decision().isEmpty())
                .mapToDouble(item -> item.probability().orElse(0) * (1 - item.probability().orElse(0)))
                .sum());
    }

    /** Found by found and expected; NaN if nothing is found and nothing expected. */
    public double expectedRecall() {
        return found() / (found() + expectedRemaining());
    }

    /** The p-value of "the recall is below the target"; see {@link RecallHypothesis}. */
    public double pValue(double recall) {
        return RecallHypothesis.pValue(decisions(screened()), records(), recall);
    }

    /** The p-value after the first so many screened records. */
    public double pValueAfter(int screened, double recall) {
        return RecallHypothesis.pValue(decisions(screened), records(), recall);
    }

    private boolean[] decisions(int most) {
        boolean[] decisions = new boolean[most];
        int at = 0;
        for (int i = 0; at < most; i++) {
            if (items.get(i).decision().isPresent()) {
                decisions[at++] = items.get(i).isRelevant();
            }
        }
        return decisions;
    }

    /**
     * Work saved over sampling at a recall (Cohen et al. 2006): the share of the records behind the place in the order
     * at which the recall is reached, less 1 − recall. Where not all is screened, it is expected of the probabilities.
     *
     * @return empty if nothing is found and nothing expected
     */
    public OptionalDouble workSaved(double recall) {
        double all = found() + expectedRemaining();
        if (all == 0) {
            return OptionalDouble.empty();
        }
        double reached = 0;
        int read = 0;
        while (reached < recall * all - 1e-9) {
            reached += items.get(read++).expected();
        }
        return OptionalDouble.of((double) (records() - read) / records() - (1 - recall));
    }

    /** Points of a curve over the order. */
    public List<Point> curve(int most) {
        List<Point> points = new ArrayList<>();
        double expected = 0;
        int found = 0;
        int screened = 0;
        int lastScreened = screened() + skipped();
        for (int i = 0; i <= records(); i++) {
            if (i > 0) {
                Item item = items.get(i - 1);
                expected += item.expected();
                found += item.isRelevant() ? 1 : 0;
                screened += item.decision().isPresent() ? 1 : 0;
            }
            boolean shown = (long) i * most / records() != (long) (i - 1) * most / records();
            if (i == 0 || i == lastScreened || i == records() || shown) {
                points.add(new Point(i, screened, found, expected, i <= lastScreened));
            }
        }
        return points;
    }

    /**
     * A place in the order.
     *
     * @param records before it
     * @param screened of these
     * @param found relevant among those
     * @param expected found and, of those that were not screened, to be expected
     * @param reached whether a record behind it, or the one before it, was screened
     */
    public record Point(int records, int screened, int found, double expected, boolean reached) {}
}
