package org.scibert.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.release.LocalRelease;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.signing.Signatures;
import org.scibert.signing.SigningKey;
import org.scibert.store.FileStore;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.store.S3Server;

/** An S3 server of this process with a model in service, for functions in processes of their own. */
final class ModelBucket implements AutoCloseable {
    private static final String STORE = "s3://models/classifiers";

    private final S3Server server;
    private final String name;
    private final Path release;
    private String publicKey = "";

    private ModelBucket(S3Server server, String name, Path release) {
        this.server = server;
        this.name = name;
        this.release = release;
    }

    /**
     * With a tiny model of random weights, signed; functions are told to take no other.
     *
     * @param folder empty; gets the release's files
     */
    static ModelBucket tiny(Path folder) throws Exception {
        Path release = TinyRelease.write(folder, Task.MULTI_LABEL, List.of("method", "result", "other"), 3);
        TinyStore.writeRowsAndExamples(release);
        Provenance provenance = new Provenance(
                Map.of(), "tiny", "0".repeat(64), 3, JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        ModelBucket bucket = start("tiny", release);
        SigningKey key = SigningKey.generate();
        bucket.publicKey = key.publicPem();
        try (ObjectStore store = bucket.store()) {
            Releases releases = new Releases(store, bucket.name, Clock.systemUTC(),
                    new Signatures(Optional.of(key), Optional.empty()));
            releases.promote(releases.publish(release, provenance).version());
        }
        return bucket;
    }

    /**
     * With what a store in a folder has of a name, but for checkpoints and for weights that are not chosen.
     *
     * @param folder empty; gets the files of the release in service
     */
    static ModelBucket copyOf(FileStore source, String name, PrecisionChoice choice, Path folder) throws Exception {
        LocalRelease release = new Releases(source, name, Clock.systemUTC())
                .open(Optional.empty(), folder, choice::weights);
        List<String> unused = new ArrayList<>(release.manifest().weights());
        unused.removeAll(choice.weights(release));
        ModelBucket bucket = start(name, release.folder());
        try (ObjectStore store = bucket.store()) {
            for (ObjectKey key : source.list(new ObjectKey(name))) {
                if (key.path().startsWith(name + "/checkpoints/")
                        || unused.stream().anyMatch(file -> key.path().endsWith("/" + file))) {
                    continue;
                }
                Path copy = folder.resolve("copy");
                source.download(key, copy, Long.MAX_VALUE);
                store.create(key, copy);
                Files.delete(copy);
            }
        }
        return bucket;
    }

    private static ModelBucket start(String name, Path release) throws Exception {
        // The AWS SDK's default credentials, for this process; others get theirs with environment().
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        ModelBucket bucket = new ModelBucket(S3Server.start(), name, release);
        bucket.server.createBucket("models");
        return bucket;
    }

    private ObjectStore store() {
        return ObjectStores.open(STORE, server.environment());
    }

    String name() {
        return name;
    }

    /** A folder with the files of the release in service, for this process to open. */
    Path release() {
        return release;
    }

    /** With which a function finds the model. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(server.environment());
        environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        environment.put("MODEL_STORE", STORE);
        environment.put("MODEL_NAME", name);
        environment.put("MODEL_PUBLIC_KEY", publicKey);
        return environment;
    }

    @Override
    public void close() {
        server.close();
    }
}
