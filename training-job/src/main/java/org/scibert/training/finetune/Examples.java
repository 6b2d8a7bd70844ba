package org.scibert.training.finetune;

import java.util.Arrays;
import java.util.List;
import org.scibert.decision.Task;
import org.scibert.network.Targets;
import org.scibert.text.Batch;
import org.scibert.text.Encoding;
import org.scibert.training.rows.LabelSet;
import org.scibert.training.rows.Rows;

/**
 * Labelled rows in the form that the network takes. Shapes: N examples, C logits.
 *
 * @param encodings the texts, cut to the model's tokens, (N)
 * @param targets the labels as numbers, (N) or (N, C)
 * @param padId input id of [PAD]
 */
public record Examples(List<Encoding> encodings, Targets targets, long padId) {

    /** @param encodings of the rows' texts, in the rows' order */
    public static Examples of(Rows rows, LabelSet labels, List<Encoding> encodings, long padId) {
        return new Examples(encodings, targets(rows, labels), padId);
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
        return encodings.size();
    }

    /** The number of tokens of each example, (N). */
    int[] lengths() {
        return encodings.stream().mapToInt(Encoding::used).toArray();
    }

    /** A batch of some examples, padded to the longest of them. */
    Batch batch(int[] rows) {
        return Batch.of(Arrays.stream(rows).mapToObj(encodings::get).toList(), padId);
    }
}
