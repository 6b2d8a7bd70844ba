package org.scibert.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scibert.network.EncoderConfig;
import org.scibert.network.TinyEncoder;
import org.scibert.release.Provenance;

class RunKeyTest {
    private static final EncoderConfig ENCODER = TinyEncoder.config();

    @Test
    void theSameJobHasTheSameKeyAndEachDifferenceMakesAnother() {
        String key = RunKey.of(provenance("a", 1, 16, "r"), ENCODER, "{}");
        assertThat(key).matches("[0-9a-f]{32}").isEqualTo(RunKey.of(provenance("a", 1, 16, "r"), ENCODER, "{}"));
        assertThat(Set.of(
                        key,
                        RunKey.of(provenance("b", 1, 16, "r"), ENCODER, "{}"),
                        RunKey.of(provenance("a", 2, 16, "r"), ENCODER, "{}"),
                        RunKey.of(provenance("a", 1, 32, "r"), ENCODER, "{}"),
                        RunKey.of(provenance("a", 1, 16, "s"), ENCODER, "{}"),
                        RunKey.of(provenance("a", 1, 16, "r"), TinyEncoder.config(0.1), "{}"),
                        RunKey.of(provenance("a", 1, 16, "r"), ENCODER, "{\"a\":1}")))
                .hasSize(7);
    }

    /** @param rows a hexadecimal digit, for the rows' digest */
    private static Provenance provenance(String rows, long seed, int batchSize, String revision) {
        return new Provenance(
                Map.of("train", rows.repeat(64)),
                "embedded",
                "0".repeat(64),
                seed,
                new ObjectMapper().createObjectNode().put("batchSize", batchSize),
                Map.of("java", "17"),
                revision);
    }
}
