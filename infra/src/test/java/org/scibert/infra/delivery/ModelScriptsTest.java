package org.scibert.infra.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelScriptsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OLD = "20261101T120000Z-11111111";
    private static final String NEW = "20261122T145400Z-22222222";
    private static final String POINTER = "models/scibert/current.json";
    private static final String CANDIDATE = "models/scibert/candidate.json";

    @TempDir
    Path folder;

    private Scripts scripts;

    @BeforeEach
    void cloud() throws IOException {
        scripts = new Scripts(folder).with("STORE_BUCKET", "bucket").with("POLL_SECONDS", "0");
        for (String version : new String[] {OLD, NEW}) {
            scripts.object("models/scibert/releases/" + version + "/manifest.json", manifest("scibert", version));
        }
    }

    @Test
    void aReleaseIsPutInServiceByCompareAndSwap() throws Exception {
        scripts.object(POINTER, pointer(OLD, null));

        Scripts.Run run = scripts.run("point.sh", "promote", NEW);

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.output()).isEqualTo(NEW + "\n");
        JsonNode put = JSON.readTree(scripts.put());
        assertThat(put.fieldNames()).toIterable()
                .containsExactly("name", "version", "manifestSha256", "previous", "promotedAt");
        assertThat(put.get("version").asText()).isEqualTo(NEW);
        assertThat(put.get("previous").asText()).isEqualTo(OLD);
        assertThat(put.get("manifestSha256").asText()).isEqualTo(sha256(manifest("scibert", NEW)));
        assertThat(put.get("promotedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(scripts.calls()).last().asString().contains("--if-match \"tag-of-").contains("--key " + POINTER);
    }

    @Test
    void theFirstReleaseHasNoneBeforeIt() throws Exception {
        assertThat(scripts.run("point.sh", "promote", NEW).exit()).isZero();

        assertThat(JSON.readTree(scripts.put()).get("previous").isNull()).isTrue();
        assertThat(scripts.calls()).last().asString().contains("--if-none-match *");
    }

    @Test
    void rollbackGoesToTheReleaseBefore() throws Exception {
        scripts.object(POINTER, pointer(NEW, OLD));

        assertThat(scripts.run("point.sh", "rollback").output()).isEqualTo(OLD + "\n");
        assertThat(JSON.readTree(scripts.put()).get("version").asText()).isEqualTo(OLD);
        assertThat(JSON.readTree(scripts.put()).get("previous").asText()).isEqualTo(NEW);
    }

    @Test
    void whatIsInServiceStays() throws Exception {
        scripts.object(POINTER, pointer(NEW, OLD));

        assertThat(scripts.run("point.sh", "promote", NEW).output()).isEqualTo(NEW + "\n");
        assertThat(scripts.calls()).noneMatch(c -> c.contains("put-object"));
    }

    @Test
    void nothingMovesWhenItCannot() throws Exception {
        assertThat(scripts.run("point.sh", "rollback").error()).contains("no release in service");
        scripts.object(POINTER, pointer(NEW, null));
        assertThat(scripts.run("point.sh", "rollback").error()).contains("none before it");
        assertThat(scripts.run("point.sh", "promote", "20261122T000000Z-33333333").error())
                .contains("not published to the end");
        scripts.object("models/scibert/releases/" + OLD + "/manifest.json", manifest("other", OLD));
        assertThat(scripts.run("point.sh", "promote", OLD).error()).contains("another release's");
        assertThat(scripts.run("point.sh", "promote").error()).contains("no release of scibert is on trial");
        assertThat(scripts.run("point.sh", "withdraw").error()).contains("no release of scibert is on trial");
        assertThat(scripts.run("point.sh", "rollback", OLD).exit()).isEqualTo(2);
        assertThat(scripts.calls()).noneMatch(c -> c.contains("put-object"));
    }

    @Test
    void aRaceIsLostLoudly() throws Exception {
        scripts.object(POINTER, pointer(OLD, null)).answers("s3api.put-object", "fail (PreconditionFailed)");

        Scripts.Run run = scripts.run("point.sh", "promote", NEW);

        assertThat(run.exit()).isNotZero();
        assertThat(run.output()).isEmpty();
        assertThat(run.error()).contains("PreconditionFailed");
    }

    @Test
    void aReleaseIsPutOnTrialBesideTheOneInService() throws Exception {
        scripts.object(POINTER, pointer(OLD, null));

        assertThat(scripts.run("point.sh", "candidate", NEW, "0.1").output()).isEqualTo(NEW + "\n");
        JsonNode put = JSON.readTree(scripts.put());
        assertThat(put.fieldNames()).toIterable()
                .containsExactly("name", "version", "manifestSha256", "share", "startedAt", "endedAt");
        assertThat(put.get("version").asText()).isEqualTo(NEW);
        assertThat(put.get("share").asDouble()).isEqualTo(0.1);
        assertThat(put.get("endedAt").isNull()).isTrue();
        assertThat(put.get("manifestSha256").asText()).isEqualTo(sha256(manifest("scibert", NEW)));
        assertThat(scripts.calls()).last().asString().contains("--key " + CANDIDATE).contains("--if-none-match *");

        scripts.object(CANDIDATE, candidate(OLD, null));
        assertThat(scripts.run("point.sh", "candidate", NEW, "shadow").exit()).isZero();
        assertThat(JSON.readTree(scripts.put()).get("share").isNull()).isTrue();
        assertThat(scripts.calls()).last().asString().contains("--if-match \"tag-of-");
    }

    @Test
    void aTrialThatMakesNoSenseIsRefused() throws Exception {
        assertThat(scripts.run("point.sh", "candidate", NEW, "shadow").error())
                .contains("null of scibert is in service");
        scripts.object(POINTER, pointer(OLD, null));
        assertThat(scripts.run("point.sh", "candidate", OLD, "shadow").error()).contains("another release beside one");
        for (String share : new String[] {"0.6", "0", "0.0", "1", "half", "0.1x"}) {
            assertThat(scripts.run("point.sh", "candidate", NEW, share).exit()).as(share).isEqualTo(2);
        }
        assertThat(scripts.run("point.sh", "candidate", "20261122T000000Z-33333333", "shadow").error())
                .contains("not published to the end");
        assertThat(scripts.calls()).noneMatch(c -> c.contains("put-object"));
    }

    @Test
    void theCandidateIsPromotedOrWithdrawn() throws Exception {
        scripts.object(POINTER, pointer(OLD, null)).object(CANDIDATE, candidate(NEW, null));

        assertThat(scripts.run("point.sh", "withdraw").output()).isEqualTo(NEW + "\n");
        assertThat(JSON.readTree(scripts.put()).get("endedAt").asText()).isNotEmpty();
        assertThat(scripts.run("point.sh", "promote").output()).isEqualTo(NEW + "\n");
        assertThat(scripts.calls()).filteredOn(c -> c.contains("put-object")).element(1).asString().contains(POINTER);
        assertThat(scripts.calls()).last().asString().contains("put-object").contains(CANDIDATE);

        scripts.object(CANDIDATE, candidate(NEW, "2026-11-25T12:00:00Z"));
        assertThat(scripts.run("point.sh", "promote").exit()).isEqualTo(1);
        assertThat(scripts.run("point.sh", "withdraw").exit()).isEqualTo(1);
    }

    @Test
    void aCandidateThatNothingSpeaksAgainstIsPromoted() throws Exception {
        trial("None", "0.0", "240.0");

        Scripts.Run run = scripts.run("try-candidate.sh", NEW, "shadow", "2", "200");

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.output()).endsWith("In service: " + NEW + ", after 240 texts on trial\n");
        assertThat(scripts.calls()).filteredOn(c -> c.contains("put-object")).hasSize(3)
                .element(1).asString().contains(POINTER);
        assertThat(scripts.calls()).anyMatch(c -> c.contains("get-metric-statistics --namespace scibert")
                && c.contains("Name=Model,Value=scibert"));
    }

    @Test
    void aCandidateThatAFunctionWithdrewIsWithdrawnForAll() throws Exception {
        trial("None", "0.0", "1.0");

        Scripts.Run run = scripts.run("try-candidate.sh", NEW, "0.1", "5", "200");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output()).contains(NEW + " is withdrawn: a function has withdrawn or refused it");
        assertThat(scripts.calls()).last().asString().contains("put-object").contains(CANDIDATE);
        assertThat(JSON.readTree(scripts.put()).get("endedAt").asText()).isNotEmpty();
        assertThat(scripts.calls()).noneMatch(c -> c.contains("put-object") && c.contains(POINTER));
    }

    @Test
    void aCandidateThatTooFewAskedIsWithdrawn() throws Exception {
        trial("0.0", "12.0");

        Scripts.Run run = scripts.run("try-candidate.sh", NEW, "0.1", "1", "200");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output()).contains("it has read 12 texts, fewer than 200");
        assertThat(JSON.readTree(scripts.put()).get("endedAt").asText()).isNotEmpty();
    }

    @Test
    void aTrialThatCannotBeWatchedDoesNotBegin() throws Exception {
        trial("None").answers("cloudformation.describe-stacks", OLD);
        assertThat(scripts.run("try-candidate.sh", NEW, "0.1", "1", "200").error()).contains("is pinned to " + OLD);
        assertThat(scripts.run("try-candidate.sh", NEW, "0.1", "0", "200").exit()).isEqualTo(2);
        assertThat(scripts.calls()).noneMatch(c -> c.contains("put-object"));
    }

    /** @param measured by each look at the functions, and at the texts in the end */
    private Scripts trial(String... measured) throws IOException {
        scripts.object(POINTER, pointer(OLD, null)).object(CANDIDATE, candidate(NEW, null));
        return scripts.with("POLL_SECONDS", "60").answers("cloudwatch.get-metric-statistics", measured)
                .answers("cloudformation.describe-stacks", "current");
    }

    private static String candidate(String version, String endedAt) {
        return "{\"name\":\"scibert\",\"version\":\"%s\",\"share\":null,\"endedAt\":%s}".formatted(
                version, endedAt == null ? "null" : "\"" + endedAt + "\"");
    }

    @Test
    void aJobIsSubmittedWaitedForAndItsResultKept() throws Exception {
        scripts.answers("batch.submit-job", "job-1")
                .answers("batch.describe-jobs", "RUNNABLE", "RUNNING", "RUNNING", "SUCCEEDED", "job/default/stream")
                .answers("logs.get-log-events",
                        "[\"epoch 1\",\"{\\\"x\\\":1}\","
                                + "\"{\\\"version\\\":\\\"v\\\",\\\"test\\\":{\\\"prAuc\\\":0.58}}\"]");

        Scripts.Run run = scripts.run("retrain.sh", "result.json");

        assertThat(run.exit()).as(run.error()).isZero();
        assertThat(run.output()).contains("job job-1", "RUNNABLE", "SUCCEEDED").containsOnlyOnce("RUNNING");
        assertThat(JSON.readTree(scripts.directory().resolve("result.json").toFile()).at("/test/prAuc").asDouble())
                .isEqualTo(0.58);
        assertThat(scripts.calls()).first().asString()
                .contains("--job-queue scibert-training --job-definition scibert-training");
    }

    @Test
    void aFailedJobFailsWithItsReason() throws Exception {
        scripts.answers("batch.submit-job", "job-1")
                .answers("batch.describe-jobs", "FAILED", "Essential container in task exited\t2\tNone");

        Scripts.Run run = scripts.run("retrain.sh", "result.json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.error()).contains("the job failed: Essential container in task exited\t2");
    }

    @Test
    void aLogWithoutAResultFails() throws Exception {
        scripts.answers("batch.submit-job", "job-1").answers("batch.describe-jobs", "SUCCEEDED", "stream")
                .answers("logs.get-log-events", "[\"nothing here\"]");

        assertThat(scripts.run("retrain.sh", "result.json").error()).contains("does not end with its result");
    }

    @Test
    void theGateOpensAtItsMinimumAndClosesBelow() throws Exception {
        Files.writeString(scripts.directory().resolve("r.json"), "{\"version\":\"v\",\"test\":{\"prAuc\":0.58}}");

        assertThat(scripts.run("gate.sh", "r.json", "test", "prAuc", "0.58").exit()).isZero();
        assertThat(scripts.run("gate.sh", "r.json", "test", "prAuc", "0.581").exit()).isEqualTo(1);
        assertThat(scripts.run("gate.sh", "r.json", "test", "macroF1", "0").error()).contains("it has: [\"prAuc\"]");
    }

    @Test
    void theGateTellsWhetherTheReleaseIsInService() throws Exception {
        Files.writeString(scripts.directory().resolve("r.json"), """
                {"version":"v","test":{"prAuc":0.58},"promoted":false,"reason":"it is worse"}""");

        assertThat(scripts.run("gate.sh", "r.json", "test", "prAuc", "0.5").output())
                .startsWith("v is published and not in service: it is worse\n");
    }

    private static String manifest(String name, String version) {
        return "{\"name\":\"%s\",\"version\":\"%s\",\"files\":{}}\n".formatted(name, version);
    }

    private static String pointer(String version, String previous) {
        return "{\"name\":\"scibert\",\"version\":\"%s\",\"previous\":%s}".formatted(
                version, previous == null ? "null" : "\"" + previous + "\"");
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
