package org.scibert.training.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.io.IoConsumer;
import org.scibert.text.Encoding;
import org.scibert.training.records.SourceRecord;
import org.scibert.training.rows.RowFile;

/** Classifies the records of a file, some hundred at a time, so that memory does not grow with the file. */
final class RecordClassifier {
    /** Records classified at once: sorting by length within so many makes batches nearly free of padding. */
    private static final int CHUNK = 512;

    private final RowFile file;
    private final Classifier classifier;

    RecordClassifier(RowFile file, Classifier classifier) {
        this.file = file;
        this.classifier = classifier;
    }

    /**
     * A record and what the model says of it.
     *
     * @param found empty if the record has no text, or one of which the tokenizer leaves nothing
     */
    record Classified(SourceRecord record, String id, Optional<Classification> found) {}

    /**
     * Classifies all records in the file's order.
     *
     * @param progress gets the number of records that are done, after each chunk
     */
    void run(IoConsumer<Classified> consumer, IntConsumer progress) throws IOException {
        int done = 0;
        for (List<SourceRecord> chunk = next(); !chunk.isEmpty(); chunk = next()) {
            List<Optional<Read>> texts = read(chunk);
            List<Read> present = texts.stream().flatMap(Optional::stream).toList();
            Iterator<Classification> found = classifier.classify(
                            present.stream().map(Read::text).toList(), present.stream().map(Read::encoding).toList())
                    .iterator();
            for (int i = 0; i < chunk.size(); i++) {
                SourceRecord record = chunk.get(i);
                consumer.accept(new Classified(record, file.id(record), texts.get(i).map(text -> found.next())));
            }
            done += chunk.size();
            progress.accept(done);
        }
    }

    private List<SourceRecord> next() throws IOException {
        List<SourceRecord> chunk = new ArrayList<>(CHUNK);
        for (SourceRecord record = null; chunk.size() < CHUNK && (record = file.next()) != null; ) {
            chunk.add(record);
        }
        return chunk;
    }

    /** A text and its tokens. */
    private record Read(String text, Encoding encoding) {}

    private List<Optional<Read>> read(List<SourceRecord> chunk) throws IOException {
        List<Optional<String>> texts = new ArrayList<>(chunk.size());
        for (SourceRecord record : chunk) {
            texts.add(file.text(record));
        }
        Iterator<Encoding> encoded = classifier.encode(texts.stream().flatMap(Optional::stream).toList()).iterator();
        return texts.stream()
                .map(text -> text.map(present -> new Read(present, encoded.next()))
                        .filter(read -> !read.encoding().isBlank()))
                .toList();
    }
}
