package org.scibert.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.explain.Neighbours;
import org.scibert.release.Manifest;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.signing.Signatures;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;

/** A store with a published tiny model, for the function under test to start with. */
public class TinyStore implements QuarkusTestResourceLifecycleManager {
    public static final String NAME = "tiny";

    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("tiny-store");
            String store = "file:" + folder.resolve("store");
            Path release =
                    TinyRelease.write(folder.resolve("release"), Task.BINARY, List.of("other", "objective"), 1);
            writeRowsAndExamples(release);
            complete(release);
            publish(store, release, Signatures.NONE);
            return Map.of("model.store", store, "model.name", NAME, "model.cache", folder.resolve("cache").toString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds to the release what a store of another kind has besides. */
    protected void complete(Path release) throws IOException {}

    /** Adds labelled rows that explanations can name, and texts for the page. */
    public static void writeRowsAndExamples(Path release) throws IOException {
        try (Classifier classifier = Classifier.open(release)) {
            Neighbours.write(
                    release,
                    List.of(new Neighbours.Row("r1", "other", null, "the method"),
                            new Neighbours.Row("r2", "objective", null, "we study")),
                    classifier.clsVectors(classifier.encode(List.of("the method", "we study")), () -> { }));
        }
        Files.writeString(release.resolve("examples.json"), "[{\"text\":\"we study\",\"label\":\"objective\"}]");
    }

    /** Publishes a tiny model and puts it in service. */
    public static Manifest publish(String uri, Path files, Task task, List<String> labels, long seed) throws Exception {
        return publish(uri, TinyRelease.write(files, task, labels, seed), Signatures.NONE);
    }

    /** The same, signed. */
    public static Manifest publish(
            String uri, Path files, Task task, List<String> labels, long seed, Signatures signatures) throws Exception {
        return publish(uri, TinyRelease.write(files, task, labels, seed), signatures);
    }

    /** Publishes a release's files and puts them in service. */
    public static Manifest publish(String uri, Path files, Signatures signatures) throws Exception {
        Provenance provenance = new Provenance(Map.of(), "tiny", "0".repeat(64), 1,
                JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        try (ObjectStore store = ObjectStores.open(uri, Map.of())) {
            Releases releases = new Releases(store, NAME, Clock.systemUTC(), signatures);
            Manifest manifest = releases.publish(files, provenance);
            releases.promote(manifest.version());
            return manifest;
        }
    }

    @Override
    public void stop() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
