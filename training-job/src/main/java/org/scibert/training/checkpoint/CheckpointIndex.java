package org.scibert.training.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scibert.io.Json;
import org.scibert.io.Sha256;
import org.scibert.io.Text;
import org.scibert.training.finetune.RunState;

/**
 * The index of a checkpoint: its files with their digests. It stays small however long the run is. It is named
 * {@code STEP-EPOCHS-DIGEST.json}, which sorts in the order of writing; DIGEST is the start of the content's SHA-256.
 *
 * @param format {@link #FORMAT}
 * @param state of the loop, as {@link ProgressFiles} writes it
 * @param history of the steps done, as {@link ProgressFiles} writes it
 * @param network weights and moments; null if the run is finished
 * @param best the best epoch's weights; null before the first epoch has ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CheckpointIndex(int format, StoredFile state, StoredFile history, StoredFile network, StoredFile best) {
    static final int FORMAT = 3;
    private static final int DIGITS = 16;
    private static final Pattern NAME = Pattern.compile("[0-9]{8}-[0-9]{4}-([0-9a-f]{16})\\.json");

    CheckpointIndex {
        if (format != FORMAT) {
            throw new IllegalArgumentException(Text.format("format is %s, this program reads %s", format, FORMAT));
        }
        if (state == null || history == null) {
            throw new IllegalArgumentException("it lacks the state of the loop or the history of its steps");
        }
    }

    /** Whether a file under the run's folder is an index, by its name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The name of an index of this state with this content. */
    static String name(RunState state, byte[] content) {
        return Text.format("%08d-%04d-%s.json", state.step(), state.epochs().size(), digest(content));
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
     * @throws CorruptCheckpointException if the content is not what the name says
     */
    static CheckpointIndex parse(String name, byte[] content) throws CorruptCheckpointException {
        Matcher named = NAME.matcher(name);
        if (!named.matches() || !named.group(1).equals(digest(content))) {
            throw new CorruptCheckpointException(
                    Text.format("%s holds content with SHA-256 %s…", name, digest(content)), null);
        }
        try {
            return Json.read(content, CheckpointIndex.class);
        } catch (JsonProcessingException e) {
            throw new CorruptCheckpointException(
                    Text.format("%s is not a checkpoint's index: %s", name, Json.explain(e)), e);
        }
    }

    /** The checkpoint's files. */
    List<StoredFile> files() {
        return Stream.of(state, history, network, best).filter(Objects::nonNull).toList();
    }

    private static String digest(byte[] content) {
        return Sha256.hex(content).substring(0, DIGITS);
    }
}
