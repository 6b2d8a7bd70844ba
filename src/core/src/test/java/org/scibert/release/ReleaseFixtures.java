package org.scibert.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;

/** Folders to publish, with made-up content. */
public final class ReleaseFixtures {
    private ReleaseFixtures() {}

    /** The files that the training job publishes; the seed decides the weights. */
    public static Path folder(Path folder, long seed, int weightBytes) throws IOException {
        Files.createDirectories(folder);
        byte[] weights = new byte[weightBytes];
        new Random(seed).nextBytes(weights);
        Files.write(folder.resolve(Manifest.WEIGHTS), weights);
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\":\"seed %s\"}".formatted(seed));
        Files.writeString(folder.resolve("config.json"), "{\"num_hidden_layers\":2}");
        Files.writeString(folder.resolve("metrics.json"), "{\"f1\":0.5}");
        Files.writeString(folder.resolve("MODEL_CARD.md"), "# Seed " + seed);
        return folder;
    }

    public static Provenance provenance() {
        String digest = "ab".repeat(32);
        return new Provenance(
                Map.of("train", digest, "dev", "cd".repeat(32)),
                "embedded",
                digest,
                42,
                JsonNodeFactory.instance.objectNode().put("epochs", 3).put("batchSize", 32),
                Map.of("java", "17.0.9", "pytorch", "2.7.1"),
                "c2e2664");
    }

    /** A clock that is a minute further each time it is asked. */
    public static Clock clock(Instant start) {
        return new Clock() {
            private Instant next = start;

            @Override
            public synchronized Instant instant() {
                Instant now = next;
                next = next.plusSeconds(60);
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("nobody asks for another zone");
            }
        };
    }
}
