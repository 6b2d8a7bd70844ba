package org.scibert.training.job;

import java.util.Arrays;
import java.util.List;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * The weights of labels in the loss: pos_weight for binary and multi-label, class weights for multi-class.
 *
 * @param title {@code auto}: negatives / positives of each label, and 1 for each class of multi-class;
 *     {@code balanced}: the same, but N / (C × rows of the class) for multi-class, so that all classes weigh the same
 *     in the loss; {@code sqrt}: the square roots of those of {@code balanced}; otherwise the numbers as they were
 *     given
 * @param numbers above 0: one for binary, else one a label; a single number holds for all labels. Empty: counted from
 *     the training rows
 */
public record LabelWeights(String title, List<Float> numbers) {
    public static final LabelWeights AUTO = new LabelWeights("auto", List.of());
    public static final LabelWeights BALANCED = new LabelWeights("balanced", List.of());
    public static final LabelWeights SQRT = new LabelWeights("sqrt", List.of());

    private static final List<LabelWeights> COUNTED = List.of(AUTO, BALANCED, SQRT);

    /** Whether a text names a way to count the weights, and is no number. */
    public static boolean isCounted(String text) {
        return COUNTED.stream().anyMatch(counted -> counted.title.equals(text));
    }

    /** @param text {@code auto}, {@code balanced}, {@code sqrt}, or numbers with commas between them */
    public static LabelWeights parse(String text) {
        return COUNTED.stream()
                .filter(counted -> counted.title.equals(text))
                .findFirst()
                .orElseGet(() -> new LabelWeights(
                        text, Arrays.stream(text.split(",", -1)).map(String::strip).map(LabelWeights::number)
                                .toList()));
    }

    private static float number(String text) {
        float number;
        try {
            number = Float.parseFloat(text);
        } catch (NumberFormatException e) {
            throw new UsageException(
                    Text.format("pos-weight \"%s\" is neither auto nor balanced nor sqrt nor a number", text));
        }
        if (!(number > 0 && Float.isFinite(number))) {
            throw new UsageException(Text.format("pos-weight must be above 0, is \"%s\"", text));
        }
        return number;
    }

    /**
     * Returns the weights for the training rows.
     *
     * @return (C)
     * @throws UsageException if there are not as many numbers as outputs
     */
    float[] on(LabelSet labels, Rows training) throws DataException {
        int outputs = labels.task().outputs(labels.labels().size());
        float[] weights = new float[outputs];
        if (!numbers.isEmpty()) {
            if (numbers.size() != 1 && numbers.size() != outputs) {
                throw new UsageException(
                        Text.format("pos-weight \"%s\" has %s numbers, the model has %s outputs; give one or %s, or"
                                        + " \"%s\" to try each",
                                title, numbers.size(), outputs, outputs, title.replace(',', ';')));
            }
            for (int c = 0; c < outputs; c++) {
                weights[c] = numbers.get(numbers.size() == 1 ? 0 : c);
            }
            return weights;
        }
        if (equals(SQRT)) {
            float[] balanced = BALANCED.on(labels, training);
            for (int c = 0; c < outputs; c++) {
                weights[c] = (float) Math.sqrt(balanced[c]);
            }
            return weights;
        }
        if (labels.task() != Task.MULTI_CLASS) {
            return labels.positiveWeights(training);
        }
        if (equals(BALANCED)) {
            return labels.balancedWeights(training);
        }
        Arrays.fill(weights, 1);
        return weights;
    }
}
