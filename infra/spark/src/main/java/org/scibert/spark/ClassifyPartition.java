package org.scibert.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.scibert.classifier.Classifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * (digest, text) to {@link Answers}, a partition's share. A text that the model fails on is left out, and its digest
 * logged: the next run asks again. What stops every text, such as a release that can't be opened, fails the task.
 */
final class ClassifyPartition implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ClassifyPartition.class);
    /** Texts held at a time: sorting by length within so many makes batches nearly free of padding. */
    private static final int CHUNK = 512;

    private final ModelAddress model;

    ClassifyPartition(ModelAddress model) {
        this.model = model;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> texts) {
        return new Iterator<>() {
            private Iterator<Row> chunk = List.<Row>of().iterator();

            @Override
            public boolean hasNext() {
                while (!chunk.hasNext() && texts.hasNext()) {
                    List<Row> next = new ArrayList<>(CHUNK);
                    while (next.size() < CHUNK && texts.hasNext()) {
                        next.add(texts.next());
                    }
                    chunk = answers(ExecutorModels.get(model), next).iterator();
                }
                return chunk.hasNext();
            }

            @Override
            public Row next() {
                hasNext();
                return chunk.next();
            }
        };
    }

    private static List<Row> answers(Classifier classifier, List<Row> texts) {
        try {
            return Answers.of(classifier, texts);
        } catch (RuntimeException e) {
            if (texts.size() == 1) {
                LOG.warn("the text with digest {} is not classified: {}",
                        texts.get(0).<String>getAs("digest"), e.getClass().getName());
                return List.of();
            }
            return texts.stream().flatMap(text -> answers(classifier, List.of(text)).stream()).toList();
        }
    }
}
