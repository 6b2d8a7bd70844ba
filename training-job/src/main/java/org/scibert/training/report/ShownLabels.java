package org.scibert.training.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.scibert.classifier.ModelConfig;
import org.scibert.io.Text;
import org.scibert.training.evaluation.LabelCurves;

/**
 * The labels whose curves are drawn, in the model's order: all, or of many those that the most rows have.
 *
 * @param shown at most {@value #TOGETHER}
 * @param all how many there are
 */
record ShownLabels(List<Label> shown, int all) {
    /** As many lines as can be told apart in one picture. */
    static final int TOGETHER = 8;
    /** Labels with pictures of their own. */
    private static final int CLOSELY = 4;

    /**
     * One label.
     *
     * @param name that the model shows
     */
    record Label(String name, LabelCurves curves) {
        int positives() {
            return curves.histogram().positives().stream().mapToInt(n -> n).sum();
        }
    }

    static ShownLabels of(List<LabelCurves> curves, ModelConfig model) {
        List<Label> labels = new ArrayList<>();
        curves.forEach(each -> labels.add(new Label(name(each.label(), model), each)));
        return new ShownLabels(most(labels, TOGETHER), curves.size());
    }

    /** The name that the model shows for a label as rows write it; the label itself if the model does not know it. */
    static String name(String dataLabel, ModelConfig model) {
        int place = model.dataLabels().indexOf(dataLabel);
        return place < 0 ? dataLabel : model.rule().labels().get(place);
    }

    /** The labels that also have charts of their own. */
    List<Label> closely() {
        return most(shown, CLOSELY);
    }

    /** A sentence if some are left out. */
    String omission() {
        return all == shown.size() ? "" : Text.format(" The %s labels with the most rows of %s; metrics.json has all.",
                shown.size(), all);
    }

    private static List<Label> most(List<Label> labels, int count) {
        List<Label> kept = labels.stream()
                .sorted(Comparator.comparingInt(Label::positives).reversed())
                .limit(count)
                .toList();
        return labels.stream().filter(kept::contains).toList();
    }
}
