package org.scibert.training.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.scibert.io.Json;
import org.scibert.io.Text;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.training.study.SuccessiveHalving.Result;

/**
 * The results of a study's trials in the store, a small object each, so that a study that was interrupted goes on with
 * what it knew.
 *
 * @param store stays the caller's to close
 * @param folder of the study
 * @param warnings hears of objects that can't be read
 */
record StoredResults(ObjectStore store, ObjectKey folder, Consumer<String> warnings) {

    /** Those that are there; one that can't be read counts as missing, and the trial's checkpoint gives it again. */
    List<Result> read() throws IOException {
        List<Result> results = new ArrayList<>();
        for (ObjectKey key : store.list(folder)) {
            try {
                results.add(Json.read(store.read(key).value(), Result.class));
            } catch (JsonProcessingException e) {
                warnings.accept(
                        Text.format("the study's %s can't be read and is made again: %s", key.path(), Json.explain(e)));
            }
        }
        return results;
    }

    void add(Result result) throws IOException {
        ObjectKey key = folder.resolve(Text.format("%04d-%d.json", result.trial(), result.rung()));
        store.delete(key);
        store.create(key, Json.MAPPER.writeValueAsBytes(result));
    }

    void clear() throws IOException {
        for (ObjectKey key : store.list(folder)) {
            store.delete(key);
        }
    }
}
