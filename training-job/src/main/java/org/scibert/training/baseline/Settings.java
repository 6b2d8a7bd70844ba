package org.scibert.training.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What cross-validation on the training rows chooses for a regression.
 *
 * @param c inverse strength of the L2 penalty
 * @param balanced whether positives and negatives of a label weigh the same in the loss
 */
public record Settings(double c, boolean balanced) {
    /** Each penalty with and without balanced classes; the first of equally good ones is taken. */
    static List<Settings> of(double... penalties) {
        return Arrays.stream(penalties)
                .boxed()
                .flatMap(c -> Stream.of(new Settings(c, false), new Settings(c, true)))
                .toList();
    }
}
