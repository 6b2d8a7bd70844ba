package org.scibert.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scibert.decision.Task;
import org.scibert.io.AtomicFiles;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.RunState;
import org.scibert.training.finetune.TrainingHistory;

/**
 * Reads and writes the progress of a run: its state as JSON and its history as 20 bytes a step.
 *
 * <p>Object storage can't append, so each checkpoint holds the whole history: 6 MB after 300,000 steps, little beside
 * the network's weights and moments.
 */
final class ProgressFiles {
    /** Rows, loss and learning rate, big endian. */
    private static final int STEP_BYTES = Integer.BYTES + 2 * Double.BYTES;

    private ProgressFiles() {}

    static void write(Path file, RunState state) throws IOException {
        AtomicFiles.write(file, Json.MAPPER.writeValueAsBytes(state));
    }

    /** Reads a state; the task tells which kind of metrics its epochs have. */
    static RunState readState(Path file, Task task) throws IOException {
        Class<? extends Metrics> metrics = switch (task) {
            case BINARY -> Metrics.Binary.class;
            case MULTI_CLASS -> Metrics.MultiClass.class;
            case MULTI_LABEL -> Metrics.MultiLabel.class;
        };
        ObjectMapper json = Json.MAPPER.copy()
                .registerModule(new SimpleModule().addAbstractTypeMapping(Metrics.class, metrics));
        try {
            return json.readValue(Files.readAllBytes(file), RunState.class);
        } catch (JsonProcessingException e) {
            throw new CorruptCheckpointException(
                    Text.format("%s is not the state of a run: %s", file.getFileName(), Json.explain(e)), e);
        }
    }

    static void write(Path file, TrainingHistory history) throws IOException {
        AtomicFiles.write(file, stream -> {
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream));
            for (TrainingHistory.Step step : history.steps()) {
                out.writeInt(step.rows());
                out.writeDouble(step.loss());
                out.writeDouble(step.learningRate());
            }
            out.flush();
        });
    }

    static TrainingHistory readHistory(Path file) throws IOException {
        long steps = Files.size(file) / STEP_BYTES;
        List<TrainingHistory.Step> history = new ArrayList<>((int) steps);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int step = 1; step <= steps; step++) {
                history.add(new TrainingHistory.Step(step, in.readInt(), in.readDouble(), in.readDouble()));
            }
        }
        return new TrainingHistory(history);
    }
}
