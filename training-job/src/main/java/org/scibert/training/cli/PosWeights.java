package org.scibert.training.cli;

import java.util.Arrays;
import java.util.List;
import org.scibert.training.job.LabelWeights;

/**
 * The values of {@code --pos-weight}: one, or several that a study tries.
 *
 * @param values at least one
 */
record PosWeights(List<LabelWeights> values) {

    /**
     * Numbers with commas between them are the weights of several labels, so that only a list with a word in it has its
     * values between commas; semicolons part values in any case.
     *
     * @param text {@code auto}, {@code 3}, {@code 1,2,3}; {@code auto,sqrt,1}, {@code 1;2;4}
     */
    static PosWeights parse(String text) {
        boolean hasWord = Arrays.stream(text.split(",")).anyMatch(part -> LabelWeights.isCounted(part.strip()));
        String separator = text.contains(";") ? ";" : hasWord ? "," : null;
        List<String> parts = separator == null ? List.of(text) : Arrays.asList(text.split(separator, -1));
        return new PosWeights(parts.stream().map(String::strip).map(LabelWeights::parse).toList());
    }
}
