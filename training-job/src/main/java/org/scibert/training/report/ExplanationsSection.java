package org.scibert.training.report;

import java.util.ArrayList;
import java.util.List;
import org.scibert.io.Text;
import org.scibert.training.assessment.Faithfulness;
import org.scibert.training.assessment.Faithfulness.Erasure;

/** The section on explanations, of the report and the model card: how faithful they are, beside random order. */
final class ExplanationsSection {
    private ExplanationsSection() {}

    static Section of(Faithfulness found) {
        List<List<String>> rows = new ArrayList<>();
        for (int s = 0; s < found.shares().size(); s++) {
            rows.add(row(Text.format("%.0f %%", 100 * found.shares().get(s)), List.of(
                    found.comprehensiveness().byShare().get(s), found.comprehensiveness().randomByShare().get(s),
                    found.sufficiency().byShare().get(s), found.sufficiency().randomByShare().get(s))));
        }
        rows.add(row("Mean (AOPC)", List.of(
                found.comprehensiveness().aopc(), found.comprehensiveness().random(),
                found.sufficiency().aopc(), found.sufficiency().random())));
        return Section.of("explanations", "Explanations",
                Text.format("%s Of %s of dev, words were taken out, or kept alone, in the order of their contribution"
                                + " by %s and in random order (ERASER; DeYoung et al. 2020), and the probability of the"
                                + " text's label was compared with that of the whole text, in %s. Comprehensiveness,"
                                + " its fall without the words, should be high: %s. Sufficiency, its fall with the"
                                + " words alone, should be low: %s.",
                        found.betterThanRandom()
                                ? "The words of an explanation matter more to this model than words in random order."
                                : "Explanations of this model are not shown to be better than random order; the"
                                        + " function says so with each.",
                        Text.count(found.rows(), "text"), found.method().title(), found.precision(),
                        difference(found.comprehensiveness()), difference(found.sufficiency())),
                List.of(Table.numbers("Fall of the label's probability",
                        List.of("Words", "Taken out", "Taken out, random", "Kept alone", "Kept alone, random"), rows)));
    }

    private static String difference(Erasure erasure) {
        return Text.format("%.3f against %.3f, a difference of %+.3f (95 %%: %+.3f to %+.3f)",
                erasure.aopc(), erasure.random(), erasure.difference().mean(),
                erasure.difference().interval().low(), erasure.difference().interval().high());
    }

    private static List<String> row(String head, List<Double> falls) {
        List<String> cells = new ArrayList<>(List.of(head));
        falls.forEach(fall -> cells.add(Text.format("%.3f", fall)));
        return cells;
    }
}
