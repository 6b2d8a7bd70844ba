package org.scibert.training.cli;

import org.scibert.classifier.PrecisionChoice;
import picocli.CommandLine.Option;

/** Which precision of a release to open. */
final class PrecisionOption {
    @Option(
            names = "--precision",
            defaultValue = "${env:MODEL_PRECISION:-auto}",
            description = "fp32, fp16 or int8: less is faster and loses a little; auto is what the function serves, as"
                    + " the release names it. Default ${DEFAULT-VALUE}. [MODEL_PRECISION]")
    private String precision;

    /** @throws IllegalArgumentException if there is no such precision */
    PrecisionChoice choice() {
        return PrecisionChoice.parse(precision);
    }
}
