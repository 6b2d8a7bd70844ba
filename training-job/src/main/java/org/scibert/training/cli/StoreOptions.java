package org.scibert.training.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.release.ReleaseNotFoundException;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.signing.Signatures;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the releases of a model are. */
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

    /** A store with the releases of one model in it. */
    record Opened(ObjectStore objects, String name, Releases releases) implements AutoCloseable {
        @Override
        public void close() {
            objects.close();
        }
    }

    /**
     * Opens the store; where MODEL_PUBLIC_KEY is set, releases that it has not signed are refused.
     *
     * @throws UsageException if the address, the name or the key is malformed
     */
    Opened open() {
        return open(Signatures::toRead);
    }

    /** Opens the store to publish to; where SIGNING_KEY is set, releases are signed. */
    Opened openToPublish() {
        return open(Signatures::toPublish);
    }

    private Opened open(Function<Map<String, String>, Signatures> setting) {
        return UsageException.checked(() -> {
            Signatures signatures = setting.apply(Variables.ofProcess());
            ObjectStore objects = ObjectStores.open(store, Variables.ofProcess());
            return new Opened(objects, name, new Releases(objects, name, Clock.systemUTC(), signatures));
        });
    }

    /** The store, and a version of the model as a command's argument. */
    static final class WithVersion {
        @Mixin
        private StoreOptions store;

        /** Null for the version in service. */
        @Parameters(arity = "0..1", paramLabel = "VERSION", description = "Default: the one in service.")
        Version version;

        Opened open() {
            return store.open();
        }

        /**
         * Returns the version that was named, or the one in service.
         *
         * @throws ReleaseNotFoundException if no version was named and none is in service
         */
        Version chosen(Opened opened) throws IOException {
            return version != null
                    ? version
                    : opened.releases().current()
                            .orElseThrow(() -> new ReleaseNotFoundException(
                                    Text.format("%s has no version in service; name one", opened.name()), null))
                            .value()
                            .version();
        }
    }
}
