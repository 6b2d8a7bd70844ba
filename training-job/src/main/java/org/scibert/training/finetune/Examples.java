package org.scibert.training.finetune;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scibert.classifier.Windows;
import org.scibert.decision.Task;
import org.scibert.network.Targets;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * Labelled rows in the form that the network takes. Shapes: N examples, C logits.
 *
 * @param windows the texts' windows; one each where texts are cut, (N)
 * @param targets the labels as numbers, (N) or (N, C)
 * @param padId input id of [PAD]
 */
public record Examples(Windows windows, Targets targets, long padId) {

    /** Texts that are read in one window each. */
    Examples(List<Encoding> encodings, Targets targets, long padId) {
        this(Windows.single(encodings), targets, padId);
    }

    /** @param windows of the rows' texts, in the rows' order */
    public static Examples of(Rows rows, LabelSet labels, Windows windows, long padId) {
        return new Examples(windows, targets(rows, labels), padId);
    }

    private static Targets targets(Rows rows, LabelSet labels) {
        if (labels.task() == Task.MULTI_LABEL) {
            boolean[] flags = labels.flags(rows);
            float[] numbers = new float[flags.length];
            for (int i = 0; i < flags.length; i++) {
                numbers[i] = flags[i] ? 1 : 0;
            }
            return new Targets.Flags(numbers, labels.labels().size());
        }
        int[] classes = labels.classes(rows);
        if (labels.task() == Task.MULTI_CLASS) {
            return new Targets.Classes(Arrays.stream(classes).asLongStream().toArray());
        }
        float[] positive = new float[classes.length];
        for (int i = 0; i < classes.length; i++) {
            positive[i] = classes[i];
        }
        return new Targets.Flags(positive, 1);
    }

    public int size() {
        return windows.texts();
    }

    /** The tokens of each example's longest window, (N). */
    int[] lengths() {
        return IntStream.range(0, size())
                .map(row -> windows.of(row).stream().mapToInt(Encoding::used).max().orElseThrow())
                .toArray();
    }

    /** The number of windows of each of some examples. */
    int[] counts(int[] rows) {
        return Arrays.stream(rows).map(windows::count).toArray();
    }

    /** A batch of the windows of some examples, one row's after the other's, padded to the longest of them. */
    Batch batch(int[] rows) {
        return Batch.of(Arrays.stream(rows).boxed().flatMap(row -> windows.of(row).stream()).toList(), padId);
    }
}
