package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.release.Provenance;
import org.scibert.release.Releases;
import org.scibert.release.Version;
import org.scibert.signing.Signatures;
import org.scibert.signing.SigningKey;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;

class ReleasesCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate();
    private final List<String> versions = new ArrayList<>();

    private record Run(int status, String out, String err) {
        JsonNode json() throws IOException {
            List<String> lines = out.lines().toList();
            return JSON.readTree(lines.get(lines.size() - 1));
        }
    }

    /** Four versions, an hour apart, of which the third is signed; the first was in service, the second is. */
    @BeforeEach
    void publish() throws Exception {
        try (ObjectStore store = ObjectStores.open(store(), Map.of())) {
            for (int i = 0; i < 4; i++) {
                Path files = Files.createDirectories(folder.resolve("files"));
                Files.writeString(files.resolve("model.safetensors"), "weights " + i);
                Files.writeString(files.resolve("metrics.json"), "{\"test\":{\"prAuc\":0.%s}}".formatted(5 + i));
                Provenance provenance = new Provenance(
                        Map.of("train", "ab".repeat(32)), "embedded", "0".repeat(64), 7,
                        JsonNodeFactory.instance.objectNode().put("task", "binary"), Map.of("java", "17"), "c2e2664");
                Optional<SigningKey> signing = i == 2 ? Optional.of(key) : Optional.empty();
                Signatures signatures = new Signatures(signing, Optional.empty());
                Clock clock = Clock.fixed(NOON.plus(Duration.ofHours(i)), ZoneOffset.UTC);
                Releases releases = new Releases(store, "tiny", clock, signatures);
                versions.add(releases.publish(files, provenance).version().toString());
                if (i < 2) {
                    releases.promote(Version.parse(versions.get(i)));
                }
            }
        }
    }

    @Test
    void listMarksWhatIsInServiceAndWhatWas() throws Exception {
        Run run = run("list");

        assertThat(run.status()).as(run.err()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(1)).startsWith("- " + versions.get(0)).contains("test prAuc 0.5000", "nobody");
        assertThat(lines.get(2)).startsWith("* " + versions.get(1));
        assertThat(lines.get(3)).startsWith("  " + versions.get(2)).endsWith(key.id().substring(0, 16));
        assertThat(run.json().path("current").asText()).isEqualTo(versions.get(1));
        assertThat(run.json().path("previous").asText()).isEqualTo(versions.get(0));
        assertThat(run.json().path("versions")).hasSize(4);
        assertThat(run.json().path("versions").get(3).path("score").asDouble()).isEqualTo(0.8);
        assertThat(run.json().path("versions").get(0).path("bytes").asInt()).isEqualTo(31);
    }

    @Test
    void aBrokenVersionDoesNotHideTheOthers() throws Exception {
        Files.writeString(object(1, "metrics.json"), "{}");

        Run run = run("list");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains(versions.get(0), versions.get(3), "refused: metrics.json of tiny " + versions.get(1));
    }

    @Test
    void showTellsWhereAVersionComesFrom() throws Exception {
        Run run = run("show");

        assertThat(run.out()).contains(versions.get(1) + ", in service", "embedded, seed 7, code c2e2664", "nobody");
        assertThat(run.json().path("provenance").path("software").path("java").asText()).isEqualTo("17");
        assertThat(run.json().path("files").fieldNames()).toIterable()
                .containsExactly("metrics.json", "model.safetensors");
        assertThat(run("show", versions.get(2)).json().path("signer").asText()).isEqualTo(key.id());
    }

    @Test
    void promoteAndRollbackMoveThePointer() throws Exception {
        Run promoted = run("promote", versions.get(3));
        assertThat(promoted.json().path("version").asText()).isEqualTo(versions.get(3));
        assertThat(promoted.json().path("previous").asText()).isEqualTo(versions.get(1));

        assertThat(run("rollback").json().path("version").asText()).isEqualTo(versions.get(1));
        assertThat(run("show").json().path("version").asText()).isEqualTo(versions.get(1));
    }

    @Test
    void aCandidateIsPutOnTrialListedAndPromoted() throws Exception {
        Run started = run("candidate", versions.get(3), "--share", "0.1");
        assertThat(started.status()).as(started.err()).isZero();
        assertThat(started.json().path("share").asDouble()).isEqualTo(0.1);
        Run list = run("list");
        assertThat(list.out().lines().toList().get(4)).startsWith("? " + versions.get(3));
        assertThat(list.json().at("/candidate/version").asText()).isEqualTo(versions.get(3));
        assertThat(list.json().path("current").asText()).isEqualTo(versions.get(1));
        assertThat(run("prune", "--keep", "1").out()).doesNotContain(versions.get(3));

        assertThat(run("promote").json().path("version").asText()).isEqualTo(versions.get(3));
        assertThat(run("list").json().has("candidate")).isFalse();
        assertThat(run("promote").err()).contains("no version of tiny is on trial; name the one to put in service");
    }

    @Test
    void aCandidateIsWithdrawnAndAnotherTakesItsPlace() throws Exception {
        assertThat(run("candidate", versions.get(2), "--shadow").json().path("share").isNull()).isTrue();
        assertThat(run("candidate", versions.get(3), "--shadow").status()).isZero();
        assertThat(run("list").json().at("/candidate/version").asText()).isEqualTo(versions.get(3));

        Run ended = run("withdraw");
        assertThat(ended.json().path("version").asText()).isEqualTo(versions.get(3));
        assertThat(ended.json().path("endedAt").asText()).isNotEmpty();
        assertThat(run("list").json().has("candidate")).isFalse();
        assertThat(run("withdraw").status()).isEqualTo(1);
        assertThat(run("withdraw").err()).contains("no version of tiny is on trial");
    }

    @Test
    void aTrialThatCannotBeIsRefused() {
        assertThat(run("candidate", versions.get(2)).status()).isEqualTo(2);
        assertThat(run("candidate", versions.get(2), "--share", "0.1", "--shadow").status()).isEqualTo(2);
        Run most = run("candidate", versions.get(2), "--share", "0.6");
        assertThat(most.status()).isEqualTo(2);
        assertThat(most.err()).contains("must be above 0 and at most 0.5, is 0.6");
        assertThat(run("candidate", versions.get(2), "--share", "0").status()).isEqualTo(2);
        assertThat(run("candidate", versions.get(1), "--shadow").err())
                .contains(versions.get(1) + " is in service already");
        assertThat(run("candidate", "20261122T145400Z-1a2b3c4d", "--shadow").status()).isEqualTo(1);
    }

    @Test
    void whatIsNoVersionOrNotPublishedIsRefused() {
        assertThat(run("promote", "latest").status()).isEqualTo(2);
        assertThat(run("promote", "latest").err()).contains("\"latest\" is not a version; one looks like");
        Run absent = run("promote", "20261122T145400Z-1a2b3c4d");
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.err()).contains("holds no version 20261122T145400Z-1a2b3c4d of tiny");
        assertThat(run().status()).isEqualTo(2);
    }

    @Test
    void verifyNamesEachBrokenFile() throws Exception {
        assertThat(run("verify").status()).isZero();
        Files.writeString(object(2, "metrics.json"), "{}");
        Files.delete(object(2, "model.safetensors"));

        Run run = run("verify", "--all");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains(
                versions.get(1) + " is whole",
                versions.get(2) + " is broken",
                "  metrics.json of tiny " + versions.get(2) + " has 2 bytes, its manifest says 22",
                "  tiny " + versions.get(2) + " lacks model.safetensors");
        assertThat(run.json().path("whole").asBoolean()).isFalse();
        assertThat(run.json().path(versions.get(2))).hasSize(2);
        assertThat(run("verify", "--all", versions.get(0)).status()).isEqualTo(2);
    }

    @Test
    void pruneShowsBeforeItDeletesAndKeepsTheWayBack() throws Exception {
        Run shown = run("prune", "--keep", "1");
        assertThat(shown.out()).contains("would delete " + versions.get(2)).doesNotContain("delete " + versions.get(0));
        assertThat(run("list").json().path("versions")).hasSize(4);

        Run done = run("prune", "--keep", "1", "--yes");

        assertThat(done.json().path("deleted")).hasSize(1);
        assertThat(run("list").json().path("versions").findValuesAsText("version"))
                .containsExactly(versions.get(0), versions.get(1), versions.get(3));
        assertThat(run("prune", "--keep", "0").status()).isEqualTo(2);
    }

    @Test
    void keysMakesAPairOnceAndForItsOwnerOnly() throws Exception {
        Path keys = folder.resolve("keys");

        Run run = execute("keys", "signing", keys.toString());

        assertThat(run.status()).as(run.err()).isZero();
        SigningKey read = SigningKey.parse("file:" + keys.resolve("signing-key.pem"));
        assertThat(run.json().path("id").asText()).isEqualTo(read.id());
        assertThat(keys.resolve("public-key.pem")).hasContent(read.publicPem());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("signing-key.pem"))))
                .isEqualTo("rw-------");
        assertThat(run.out() + run.err()).doesNotContain("PRIVATE KEY");
        assertThat(execute("keys", keys.toString()).status()).isEqualTo(2);
        assertThat(SigningKey.parse("file:" + keys.resolve("signing-key.pem")).id()).isEqualTo(read.id());
        assertThat(execute("keys", folder.resolve("as-before").toString()).json().has("signingKey")).isTrue();
    }

    @Test
    void keysNewPrintsACallersKeyWithItsDigest() throws Exception {
        Run run = execute("keys", "new", "alice");

        assertThat(run.status()).as(run.err()).isZero();
        String key = run.json().path("key").asText();
        String digest = HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII)));
        assertThat(key).matches("scibert_[0-9a-f]{64}");
        assertThat(run.json().path("sha256").asText()).isEqualTo(digest);
        assertThat(run.json().path("entry").asText()).isEqualTo("alice:" + digest);
        assertThat(run.err()).doesNotContain(key);
        assertThat(execute("keys", "new", "alice").json().path("key").asText()).isNotEqualTo(key);
    }

    @Test
    void keysForNobodyAreRefused() {
        assertThat(execute("keys", "new", "a b").status()).isEqualTo(2);
        assertThat(execute("keys", "new", "a b").err())
                .contains("the key of \"a b\" has a name that is not 1 to 64 letters");
        assertThat(execute("keys", "new").status()).isEqualTo(2);
        assertThat(execute("keys").status()).isEqualTo(2);
        assertThat(execute("keys").err()).contains("say which keys: keys signing FOLDER, or keys new NAME");
    }

    private Path object(int version, String path) {
        return folder.resolve("store/tiny/releases").resolve(versions.get(version)).resolve(path);
    }

    private String store() {
        return "file:" + folder.resolve("store");
    }

    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("releases"));
        all.addAll(List.of(arguments));
        if (arguments.length > 0) {
            all.addAll(List.of("--store", store(), "--name", "tiny"));
        }
        return execute(all.toArray(String[]::new));
    }

    private static Run execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = TrainingJob.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
