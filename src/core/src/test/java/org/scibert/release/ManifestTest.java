package org.scibert.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.io.FileDigest;
import org.scibert.io.Json;

class ManifestTest {
    private static final Version VERSION = Version.parse("20261122T120000Z-1a2b3c4d");
    private static final String WEIGHTS = "1a2b3c4d" + "0".repeat(56);
    private static final String JSON =
            """
            {
              "formatVersion" : 1,
              "name" : "animals",
              "version" : "20261122T120000Z-1a2b3c4d",
              "createdAt" : "2026-11-22T12:00:00Z",
              "files" : {
                "config.json" : {
                  "size" : 3,
                  "sha256" : "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                },
                "model.safetensors" : {
                  "size" : 1000,
                  "sha256" : "1a2b3c4d00000000000000000000000000000000000000000000000000000000"
                }
              },
              "provenance" : {
                "data" : {
                  "dev" : "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
                  "train" : "abababababababababababababababababababababababababababababababab"
                },
                "encoder" : "embedded",
                "encoderSha256" : "abababababababababababababababababababababababababababababababab",
                "seed" : 42,
                "configuration" : {
                  "epochs" : 3,
                  "batchSize" : 32
                },
                "software" : {
                  "java" : "17.0.9",
                  "pytorch" : "2.7.1"
                },
                "revision" : "c2e2664"
              }
            }
            """;

    private static Manifest manifest(SortedMap<String, FileDigest> files) {
        return new Manifest(
                1, "animals", VERSION, Instant.parse("2026-11-22T12:00:00Z"), files, ReleaseFixtures.provenance());
    }

    private static SortedMap<String, FileDigest> files() {
        return new TreeMap<>(Map.of(
                "model.safetensors", new FileDigest(1000, WEIGHTS),
                "config.json", FileDigest.of("abc".getBytes(UTF_8))));
    }

    @Test
    void theSameManifestHasTheSameBytesOnEveryMachine() {
        assertThat(new String(manifest(files()).toBytes(), UTF_8)).isEqualTo(JSON);
    }

    @Test
    void theOrderInWhichMapsWereFilledDoesNotShow() {
        Map<String, String> software = new LinkedHashMap<>();
        software.put("pytorch", "2.7.1");
        software.put("java", "17.0.9");
        Provenance p = ReleaseFixtures.provenance();

        assertThat(new Provenance(
                        p.data(), p.encoder(), p.encoderSha256(), p.seed(), p.configuration(), software, p.revision()))
                .isEqualTo(p)
                .satisfies(q -> assertThat(Json.write(q)).isEqualTo(Json.write(p)));
    }

    @Test
    void aManifestIsReadBackAsItWas() throws Exception {
        assertThat(Manifest.parse(JSON.getBytes(UTF_8), "here")).isEqualTo(manifest(files()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    "formatVersion" : 1  | "formatVersion" : 3      | formatVersion is 3, this program reads 1 to 2
                    "animals"            | "../animals"             | cannot name a release
                    "animals"            | null                     | cannot name a release
                    20261122T120000Z     | 20261322T120000Z         | is not a version
                    2026-11-22T12:00:00Z | yesterday                | yesterday
                    "size" : 3           | "size" : -3              | at least 0, is -3
                    "size" : 3           | "size" : "3"             | in files → config.json → size
                    "size" : 3           | "size" : 3, "size" : 4   | Duplicate field 'size'
                    ba7816bf             | BA7816BF                 | 64 hexadecimal digits
                    "config.json"        | "manifest.json"          | cannot list manifest.json
                    "seed" : 42          | "seed" : 42, "sneed" : 1 | sneed
                    "revision"           | "encoder"                | Duplicate field 'encoder'
                    """)
    void aChangedManifestIsRefused(String part, String other, String reason) {
        assertThat(JSON).contains(part);

        assertThatThrownBy(() -> Manifest.parse(JSON.replace(part, other).getBytes(UTF_8), "here"))
                .isInstanceOf(CorruptReleaseException.class)
                .hasMessageContainingAll("here is not a manifest", reason);
    }

    @Test
    void theTotalIsTheSumOfSizesAndDoesNotOverflow() {
        SortedMap<String, FileDigest> files = files();
        assertThat(manifest(files).bytes(files.keySet())).isEqualTo(1003);

        files.put("a", new FileDigest(Long.MAX_VALUE, WEIGHTS));
        files.put("b", new FileDigest(Long.MAX_VALUE, WEIGHTS));
        assertThat(manifest(files).bytes(files.keySet())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aFilesDigestIsThatOfItsBytes() throws Exception {
        // FIPS 180-4, example of "abc".
        assertThat(FileDigest.of("abc".getBytes(UTF_8)))
                .isEqualTo(new FileDigest(3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void aConfigurationIsAnObjectAndIsCopied() {
        Provenance p = ReleaseFixtures.provenance();
        var configuration = JsonNodeFactory.instance.objectNode().put("epochs", 1);
        Provenance q = new Provenance(
                p.data(), p.encoder(), p.encoderSha256(), 1, configuration, p.software(), p.revision());
        configuration.put("epochs", 2);

        assertThat(q.configuration().get("epochs").asInt()).isEqualTo(1);
        assertThatThrownBy(() -> new Provenance(
                        p.data(),
                        p.encoder(),
                        p.encoderSha256(),
                        1,
                        JsonNodeFactory.instance.arrayNode(),
                        p.software(),
                        p.revision()))
                .hasMessageContaining("must be a JSON object, is []");
    }

    @Test
    void aPointerIsReadBackAsItWas() throws Exception {
        Pointer first = new Pointer("animals", VERSION, WEIGHTS, null, Instant.parse("2026-11-22T12:00:00Z"));

        assertThat(new String(first.toBytes(), UTF_8))
                .isEqualTo(
                        """
                        {
                          "name" : "animals",
                          "version" : "20261122T120000Z-1a2b3c4d",
                          "manifestSha256" : "1a2b3c4d00000000000000000000000000000000000000000000000000000000",
                          "previous" : null,
                          "promotedAt" : "2026-11-22T12:00:00Z"
                        }
                        """);
        assertThat(Pointer.parse(first.toBytes(), "here")).isEqualTo(first);
    }
}
