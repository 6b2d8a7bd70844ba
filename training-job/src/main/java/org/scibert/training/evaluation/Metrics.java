package org.scibert.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.decision.Task;
import org.scibert.io.Json;
import org.scibert.io.Text;

/**
 * The numbers that every epoch is measured by. One record a task, whose components, in their order, are the keys of its
 * JSON; a value that the split does not define is left out.
 */
public sealed interface Metrics {

    /** Rows measured, N. */
    int rows();

    /** Mean loss without weights, in nats. */
    double loss();

    /** The score that the best epoch is chosen by, in [0, 1]; higher is better. */
    double selectionScore();

    /** Whether the split defines {@link #selectionScore()}. */
    default boolean hasSelectionScore() {
        return true;
    }

    /** The numbers of the whole split by their keys of JSON, in its order, for trackers and tables. */
    default Map<String, Double> scalars() {
        Map<String, Double> scalars = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : Json.MAPPER.valueToTree(this).properties()) {
            if (field.getValue().isNumber()) {
                scalars.put(field.getKey(), field.getValue().asDouble());
            }
        }
        return Collections.unmodifiableMap(scalars);
    }

    /** The key of {@link #selectionScore} in the JSON. */
    static String selectionMeasure(Task task) {
        return task == Task.BINARY ? "prAuc" : "macroF1";
    }

    /**
     * The metrics of a binary split; a row is predicted positive where its probability reaches the rule's threshold.
     *
     * @param rows N
     * @param positives rows that are positive
     * @param loss mean log loss, in nats
     * @param accuracy share of rows predicted right
     * @param precision share of the rows predicted positive that are; 0 where none is predicted so
     * @param recall share of the positives predicted so; 0 where there are none
     * @param f1 harmonic mean of precision and recall; 0 where both are
     * @param macroF1 mean of {@code f1} and the negatives' F1
     * @param rocAuc chance that a positive scores above a negative, ties half; null where one of the two is missing
     * @param prAuc average precision; null where there are no positives
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Binary(
            int rows,
            int positives,
            double loss,
            double accuracy,
            double precision,
            double recall,
            double f1,
            double macroF1,
            Double rocAuc,
            Double prAuc)
            implements Metrics {

        /**
         * {@code prAuc}: with few positives, ROC-AUC hardly moves.
         *
         * @throws IllegalStateException if there were no positives
         */
        @Override
        public double selectionScore() {
            if (prAuc == null) {
                throw new IllegalStateException(
                        "none of " + Text.count(rows, "row") + " is positive, so that no epoch can be chosen by them");
            }
            return prAuc;
        }

        @Override
        public boolean hasSelectionScore() {
            return prAuc != null;
        }
    }

    /**
     * The metrics of a multi-class split; a row's predicted class is that of its largest logit, the first of equals.
     *
     * @param rows N
     * @param loss mean cross-entropy, in nats
     * @param accuracy share of rows predicted right
     * @param macroF1 mean F1 of all C classes, 0 for a class that the split lacks
     * @param microF1 F1 of all predictions together; with one class a row it equals {@code accuracy}
     * @param perClass C, in the order of the labels
     */
    record MultiClass(int rows, double loss, double accuracy, double macroF1, double microF1, List<OfClass> perClass)
            implements Metrics {
        public MultiClass {
            perClass = List.copyOf(perClass);
        }

        /** {@code macroF1}: a rare class counts as much as a frequent one. */
        @Override
        public double selectionScore() {
            return macroF1;
        }
    }

    /**
     * The metrics of one class against the others.
     *
     * @param precision share of the rows predicted so that are; 0 where none is predicted so
     * @param recall share of its rows predicted so; 0 where there are none
     * @param f1 harmonic mean of both; 0 where both are
     * @param support rows of this class
     */
    record OfClass(String label, double precision, double recall, double f1, int support) {}

    /**
     * The metrics of a multi-label split; a row is predicted to have each label whose probability reaches the rule's
     * threshold.
     *
     * @param rows N
     * @param loss log loss, the mean over rows and labels, in nats
     * @param microF1 F1 of all predictions together
     * @param macroF1 mean F1 of all C labels, 0 for a label that the split lacks
     * @param perLabel C, in the order of the labels
     */
    record MultiLabel(int rows, double loss, double microF1, double macroF1, List<OfLabel> perLabel)
            implements Metrics {
        public MultiLabel {
            perLabel = List.copyOf(perLabel);
        }

        /** {@code macroF1}: a rare label counts as much as a frequent one. */
        @Override
        public double selectionScore() {
            return macroF1;
        }
    }

    /**
     * The metrics of one label of many.
     *
     * @param precision share of the rows predicted to have it that do; 0 where none is predicted so
     * @param recall share of the rows that have it that are predicted so; 0 where there are none
     * @param f1 harmonic mean of both; 0 where both are
     * @param support rows that have it
     * @param rocAuc chance that a row with it scores above a row without, ties half; null where there is no pair
     * @param prAuc average precision; null where no row has it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfLabel(
            String label, double precision, double recall, double f1, int support, Double rocAuc, Double prAuc) {}
}
