package org.scibert.training.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scibert.decision.Task;
import org.scibert.io.FileDigest;
import org.scibert.io.Json;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.finetune.RunState;
import org.scibert.training.finetune.TrainingHistory;

/**
 * The index of a checkpoint: its state and its files. It is named {@code STEP-EPOCHS-DIGEST.json}, which sorts in the
 * order of writing; DIGEST is the start of the content's SHA-256.
 *
 * @param format {@link #FORMAT}
 * @param state of the loop
 * @param history of the steps done
 * @param network of the network; null if the run is finished
 * @param best the best epoch's weights; null before the first epoch has ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CheckpointIndex(int format, RunState state, TrainingHistory history, StoredFile network, StoredFile best) {
    static final int FORMAT = 2;
    private static final int DIGITS = 16;
    private static final Pattern NAME = Pattern.compile("\\d{8}-\\d{4}-([0-9a-f]{16})\\.json");

    CheckpointIndex {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format is %d, this program reads %d".formatted(format, FORMAT));
        }
        if (state == null || history == null) {
            throw new IllegalArgumentException("it lacks the state of the loop or the history of its steps");
        }
    }

    /** Whether a file under the run's folder is an index, by its name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The name of an index with this content. */
    String name(byte[] content) {
        return "%08d-%04d-%s.json".formatted(state.step(), state.epochs().size(), digest(content));
    }

    byte[] toBytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is a bug: a checkpoint's index has no JSON", e);
        }
    }

    /**
     * Reads an index.
     *
     * @param task of the run, which tells what kind of metrics its epochs have
     * @throws CorruptCheckpointException if the content is not what the name says
     */
    static CheckpointIndex parse(String name, byte[] content, Task task) throws CorruptCheckpointException {
        Matcher named = NAME.matcher(name);
        if (!named.matches() || !named.group(1).equals(digest(content))) {
            throw new CorruptCheckpointException(
                    "%s holds content with SHA-256 %s…".formatted(name, digest(content)), null);
        }
        Class<? extends Metrics> metrics = switch (task) {
            case BINARY -> Metrics.Binary.class;
            case MULTI_CLASS -> Metrics.MultiClass.class;
            case MULTI_LABEL -> Metrics.MultiLabel.class;
        };
        try {
            return Json.MAPPER.copy()
                    .registerModule(new SimpleModule().addAbstractTypeMapping(Metrics.class, metrics))
                    .readValue(content, CheckpointIndex.class);
        } catch (IOException e) {
            throw new CorruptCheckpointException(
                    "%s is not a checkpoint's index: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** The names of the checkpoint's files. */
    List<String> files() {
        return Stream.of(network, best).filter(Objects::nonNull).map(StoredFile::name).toList();
    }

    private static String digest(byte[] content) {
        return FileDigest.of(content).sha256().substring(0, DIGITS);
    }
}
