package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.scibert.classifier.Classification;
import org.scibert.decision.Task;
import org.scibert.io.Json;
import org.scibert.training.cli.RecordClassifier.Classified;

/** Writes a JSON object in a line for each record: its id, and what the model says of it or why it says nothing. */
final class AnswerLines implements Closeable {
    private final Writer lines;
    private final Task task;
    private final boolean inWindows;

    /**
     * @param out closed with this
     * @param inWindows whether each line says how many windows were read
     */
    AnswerLines(OutputStream out, Task task, boolean inWindows) {
        this.lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.task = task;
        this.inWindows = inWindows;
    }

    void write(Classified classified) throws IOException {
        ObjectNode line = JsonLine.empty().put("id", classified.id());
        if (classified.found().isEmpty()) {
            line.put("line", classified.record().line()).put("error", classified.error());
        } else {
            answer(line, classified.found().get());
            if (inWindows) {
                line.put("windows", classified.windows());
            }
        }
        lines.write(line.toString());
        lines.write('\n');
    }

    private void answer(ObjectNode line, Classification found) {
        line.set("logits", Json.MAPPER.valueToTree(found.logits()));
        line.set("probabilities", Json.MAPPER.valueToTree(found.decision().probabilities()));
        if (task == Task.MULTI_LABEL) {
            line.set("labels", Json.MAPPER.valueToTree(found.decision().chosen()));
        } else {
            line.put("label", found.decision().chosen().get(0));
        }
        found.decision().verdict().ifPresent(verdict -> line.put("decision", verdict.title()));
        line.put("truncated", found.truncated());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
