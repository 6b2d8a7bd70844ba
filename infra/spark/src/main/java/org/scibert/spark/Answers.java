package org.scibert.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.decision.Decision;
import org.scibert.decision.Task;
import org.scibert.decision.Verdict;
import scala.jdk.javaapi.CollectionConverters;

/** What the model says of a text, in the function's fields, under the text's SHA-256. */
final class Answers {
    /** label and probability are null where any number of labels may be chosen, labels where it is always one. */
    static final StructType SCHEMA = StructType.fromDDL("""
            digest STRING, label STRING, probability DOUBLE, labels ARRAY<STRING>, decision STRING,
            probabilities MAP<STRING, DOUBLE>, tokens STRUCT<used: INT, total: INT, truncated: BOOLEAN>""");

    private Answers() {}

    /** @param texts with digest and text */
    static List<Row> of(Classifier classifier, List<Row> texts) {
        List<Classification> found =
                classifier.classify(texts.stream().map(text -> text.<String>getAs("text")).toList());
        boolean manyLabels = classifier.config().network().task() == Task.MULTI_LABEL;
        List<Row> answers = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            answers.add(of(texts.get(i).getAs("digest"), found.get(i), manyLabels));
        }
        return answers;
    }

    private static Row of(String digest, Classification found, boolean manyLabels) {
        Decision decision = found.decision();
        String label = manyLabels ? null : decision.chosen().get(0);
        return RowFactory.create(
                digest,
                label,
                manyLabels ? null : decision.probabilities().get(label),
                manyLabels ? decision.chosen().toArray(String[]::new) : null,
                decision.verdict().map(Verdict::title).orElse(null),
                CollectionConverters.asScala(decision.probabilities()),
                RowFactory.create(found.tokensUsed(), found.tokensTotal(), found.truncated()));
    }
}
