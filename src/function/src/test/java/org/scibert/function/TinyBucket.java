package org.scibert.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scibert.classifier.TinyRelease;
import org.scibert.network.Task;
import org.scibert.release.ObjectStore;
import org.scibert.release.ObjectStores;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.release.S3Server;

/** An S3 server of this process with a tiny model in service, for functions in processes of their own. */
final class TinyBucket implements AutoCloseable {
    static final String NAME = "tiny";
    private static final String STORE = "s3://models/classifiers";

    private final S3Server server;
    private final Path release;

    private TinyBucket(S3Server server, Path release) {
        this.server = server;
        this.release = release;
    }

    /** @param folder empty; gets the release's files */
    static TinyBucket start(Path folder) throws Exception {
        Path release = TinyRelease.write(folder, Task.MULTI_LABEL, List.of("method", "result", "other"), 3);
        TinyBucket bucket = new TinyBucket(S3Server.start(), release);
        bucket.server.createBucket("models");
        bucket.publish();
        return bucket;
    }

    private void publish() throws Exception {
        // The AWS SDK's default credentials, for this process; others get theirs with environment().
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        Provenance provenance = new Provenance(
                Map.of(), "tiny", "0".repeat(64), 3, JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        try (ObjectStore store = ObjectStores.open(STORE, server.environment())) {
            Releases releases = new Releases(store, NAME, Clock.systemUTC());
            releases.promote(releases.publish(release, provenance).version());
        }
    }

    /** The published files, as they were before. */
    Path release() {
        return release;
    }

    /** With which a function finds the model. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(server.environment());
        environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        environment.put("MODEL_STORE", STORE);
        environment.put("MODEL_NAME", NAME);
        return environment;
    }

    @Override
    public void close() {
        server.close();
    }
}
