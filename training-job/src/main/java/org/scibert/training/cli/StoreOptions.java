package org.scibert.training.cli;

import java.time.Clock;
import org.scibert.release.Releases;
import org.scibert.signing.Signatures;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import picocli.CommandLine.Option;

/** Where releases live. */
final class StoreOptions {
    @Option(
            names = "--store",
            required = true,
            defaultValue = "${env:MODEL_STORE}",
            paramLabel = "URI",
            description = "file:PATH or s3://BUCKET/PREFIX; S3_ENDPOINT names a server other than AWS. [MODEL_STORE]")
    String store;

    @Option(
            names = "--name",
            required = true,
            defaultValue = "${env:MODEL_NAME}",
            paramLabel = "NAME",
            description = "The model's name in the store; each release of it is a version. [MODEL_NAME]")
    String name;

    /**
     * Opens the store; where MODEL_PUBLIC_KEY is set, what is not signed by it is refused.
     *
     * @throws IllegalArgumentException if the address, the name or the key is none
     */
    OpenStore open() {
        Signatures signatures = Signatures.toRead(System.getenv());
        ObjectStore objects = ObjectStores.open(store, System.getenv());
        return new OpenStore(objects, name, new Releases(objects, name, Clock.systemUTC(), signatures));
    }
}
