package org.scibert.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.io.FileDigest;
import org.scibert.io.Text;
import org.scibert.training.encoder.LocalHub.Request;
import org.scibert.weights.Safetensors;
import org.scibert.weights.Tensor;

class HubRepositoryTest {
    private static final String SPEC = "hf:org/tiny";
    private static final String PINNED = SPEC + "@" + LocalHub.COMMIT;

    @TempDir
    private Path cache;

    private LocalHub hub;
    private URI endpoint;
    private String token;
    private EncoderOptions.Pause pause;

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void serve(@TempDir Path origin) throws IOException {
        TinyEncoder.writeSafetensors(origin, TinyEncoder.weights().values());
        hub = new LocalHub();
        for (String name : List.of("config.json", "vocab.txt", "model.safetensors")) {
            hub.files.put(name, Files.readAllBytes(origin.resolve(name)));
        }
        endpoint = hub.endpoint();
        pause = pauses::add;
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private Encoder open(String spec) throws IOException {
        EncoderOptions.Listener listener = new EncoderOptions.Listener() {
            @Override
            public void progress(String file, long bytes, long total) {
                progress.add(Text.format("%s %d/%d", file, bytes, total));
            }

            @Override
            public void message(String text) {
                messages.add(text);
            }
        };
        return Encoder.open(spec, new EncoderOptions(cache, endpoint, token, listener, pause));
    }

    private Path folder() {
        return cache.resolve("hub/org--tiny").resolve(LocalHub.COMMIT);
    }

    private int size() {
        return hub.files.get("model.safetensors").length;
    }

    private void assertRefused(String spec, String... parts) {
        assertThatThrownBy(() -> open(spec)).isInstanceOf(EncoderException.class).hasMessageContainingAll(parts);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void anEncoderIsFetchedAtTheCommitThatItsBranchStandsFor() throws IOException {
        Encoder encoder = open(SPEC);
        EncoderFolderTest.assertIsTiny(encoder);
        assertThat(encoder.spec()).isEqualTo(SPEC);
        assertThat(encoder.revision()).isEqualTo(LocalHub.COMMIT);
        assertThat(encoder.tokenizerFolder()).isEqualTo(folder());
        assertThat(hub.requests.get(0).path()).isEqualTo("/org/tiny/resolve/main/config.json");
        assertThat(hub.requests).filteredOn(r -> r.path().startsWith("/org/") && r.method().equals("GET"))
                .extracting(Request::path)
                .containsExactly(
                        "/org/tiny/resolve/" + LocalHub.COMMIT + "/config.json",
                        "/org/tiny/resolve/" + LocalHub.COMMIT + "/vocab.txt",
                        "/org/tiny/resolve/" + LocalHub.COMMIT + "/model.safetensors");
        assertThat(progress).contains("model.safetensors 0/" + size())
                .endsWith(Text.format("model.safetensors %d/%d", size(), size()));
        try (var files = Files.list(folder())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", "vocab.txt", "model.safetensors");
        }
    }

    @Test
    void otherFormsOfWeightsAndVocabularyAreTakenWhereTheFirstIsMissing() throws IOException {
        hub.files.remove("model.safetensors");
        Path file = cache.resolve("weights");
        TorchFiles.writeLegacy(file, TorchFiles.Content.of(TinyEncoder.weights().values()));
        hub.files.put("pytorch_model.bin", Files.readAllBytes(file));
        hub.files.put("tokenizer.json", "{}".getBytes());
        hub.files.put("tokenizer_config.json", "{}".getBytes());
        EncoderFolderTest.assertIsTiny(open(SPEC));
        try (var files = Files.list(folder())) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(
                    "config.json", "tokenizer.json", "tokenizer_config.json", "pytorch_model.bin");
        }
    }

    @Test
    void shardsAreFetchedWithTheirIndex() throws IOException {
        List<Tensor> tensors = new ArrayList<>(TinyEncoder.weights().values());
        StringBuilder map = new StringBuilder();
        for (int shard = 0; shard < 2; shard++) {
            String name = "model-%s-of-2.safetensors".formatted(shard + 1);
            List<Tensor> half = shard == 0 ? tensors.subList(0, 5) : tensors.subList(5, tensors.size());
            Path file = cache.resolve("shard");
            Safetensors.write(file, half, Map.of("format", "pt"));
            hub.files.put(name, Files.readAllBytes(file));
            half.forEach(t -> map.append(map.isEmpty() ? "" : ",")
                    .append("\"%s\":\"%s\"".formatted(t.name(), name)));
        }
        hub.files.remove("model.safetensors");
        hub.files.put("model.safetensors.index.json", "{\"weight_map\":{%s}}".formatted(map).getBytes());
        EncoderFolderTest.assertIsTiny(open(SPEC));
        try (var files = Files.list(folder())) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(
                    "config.json", "vocab.txt", "model.safetensors.index.json", "model-1-of-2.safetensors",
                    "model-2-of-2.safetensors");
        }
    }

    @Test
    void anIndexCanNotNameAFileOutsideItsFolder() {
        hub.files.remove("model.safetensors");
        hub.files.put("model.safetensors.index.json", "{\"weight_map\":{\"a\":\"../../evil\"}}".getBytes());
        assertThatThrownBy(() -> open(SPEC)).hasMessageContaining("which is no name of a file beside it");
    }

    @Test
    void theTokenGoesToTheHubAndNotToTheHostItPointsTo() throws IOException {
        token = "hf_secret";
        open(SPEC);
        assertThat(hub.ofStore()).isNotEmpty().allMatch(r -> r.authorization() == null);
        assertThat(hub.requests).filteredOn(r -> !r.store())
                .isNotEmpty().allMatch(r -> r.authorization().equals("Bearer hf_secret"));
    }

    @Test
    void aLostConnectionIsTakenUpWhereItBroke() throws IOException {
        hub.storeCuts.addAll(List.of(1000, 500));
        EncoderFolderTest.assertIsTiny(open(SPEC));
        assertThat(hub.ofStore()).extracting(Request::range).containsExactly(null, "bytes=1000-", "bytes=1500-");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(messages).hasSize(2).allMatch(m -> m.startsWith("fetching model.safetensors: "));
    }

    @Test
    void anotherProcessTakesUpWhatTheFirstLeft() throws IOException {
        hub.storeCuts.addAll(List.of(1000, 0, 0, 0));
        assertRefused(SPEC, "fetching model.safetensors: " + endpoint + " gave no usable answer 4 times in a row",
                "use a folder or \"embedded\"");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        hub.requests.clear();
        EncoderFolderTest.assertIsTiny(open(SPEC));
        assertThat(hub.ofStore()).extracting(Request::range).containsExactly("bytes=1000-");
        assertThat(hub.requests).filteredOn(r -> r.method().equals("GET") && !r.store())
                .extracting(Request::path)
                .containsExactly("/org/tiny/resolve/" + LocalHub.COMMIT + "/model.safetensors");
    }

    @Test
    void aStoreThatKnowsNoRangesSendsAllAgain() throws IOException {
        hub.ranges = false;
        hub.storeCuts.add(1000);
        EncoderFolderTest.assertIsTiny(open(SPEC));
        assertThat(hub.ofStore()).extracting(Request::range).containsExactly(null, "bytes=1000-");
    }

    @Test
    void aRangeThatWasNotAskedForIsRefused() {
        hub.rangeError = 1;
        hub.storeCuts.add(1000);
        assertRefused(SPEC, "bytes from 1000 on were asked for, \"bytes 1001-", "delete ", ".part and try again");
    }

    @Test
    void aPartOfOtherContentIsNotContinued() throws IOException {
        Path partial = Files.createDirectories(cache.resolve("hub/org--tiny/" + LocalHub.COMMIT + ".partial"));
        Files.writeString(partial.resolve("model.safetensors." + "a".repeat(64) + ".part"), "something else");
        EncoderFolderTest.assertIsTiny(open(SPEC));
        assertThat(hub.ofStore()).extracting(Request::range).containsOnlyNulls();
    }

    @Test
    void withoutADigestNothingIsContinued() throws IOException {
        hub.linkedEtag = "../../no-digest";
        hub.storeCuts.add(1000);
        EncoderFolderTest.assertIsTiny(open(SPEC));
        assertThat(cache.resolve("hub/org--tiny")).isDirectoryNotContaining("glob:**no-digest**");
    }

    @Test
    void contentThatIsNotWhatTheHubAnnouncedIsRefusedAndDeleted() throws IOException {
        hub.linkedEtag = "b".repeat(64);
        assertRefused(SPEC, "model.safetensors: the hub announced SHA-256 " + "b".repeat(64),
                FileDigest.of(hub.files.get("model.safetensors")).sha256());
        hub.linkedEtag = null;
        EncoderFolderTest.assertIsTiny(open(SPEC));
        assertThat(hub.ofStore()).extracting(Request::range).containsOnlyNulls();
    }

    @Test
    void moreBytesThanAnnouncedAreRefused() {
        hub.linkedSize = 1000L;
        assertRefused(SPEC, "model.safetensors: the hub announced 1000 bytes and sends more");
    }

    @Test
    void answersThatSayLaterAreAskedForAgain() throws IOException {
        hub.hubFaults.addAll(List.of(503, 429, 500));
        EncoderFolderTest.assertIsTiny(open(SPEC));
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(messages).contains(
                "looking for config.json of hf:org/tiny@main: HTTP 503 from 127.0.0.1; trying again in 1 s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "401|RepoNotFound|     |does not exist, is private or is gated (HTTP 401 RepoNotFound|set HF_TOKEN",
        "401|GatedRepo   |     |does not exist, is private or is gated (HTTP 401 GatedRepo|set HF_TOKEN",
        "401|            |hf_no|HF_TOKEN is not accepted (HTTP 401 from|valid token",
        "403|GatedRepo   |hf_no|is gated or not yours (HTTP 403 GatedRepo|accept its conditions",
        "404|RepoNotFound|     |no such repository or no such revision (HTTP 404 RepoNotFound|org/tiny and main",
        "404|RevisionNotFound| |no such repository or no such revision (HTTP 404 RevisionNotFound|org/tiny and main",
        "404|EntryNotFound|    |has no config.json|check owner, name and revision",
        "404|            |     |has no config.json|check owner, name and revision",
        "418|            |     |HTTP 418|hf:org/tiny@main"})
    void refusalsSayWhatToDoAndAreNotRepeated(int status, String code, String token, String says, String advises) {
        hub.hubFaults.add(status);
        hub.errorCode = code;
        this.token = token;
        assertRefused(SPEC, says, advises);
        assertThat(hub.requests).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aRepositoryWithoutWeightsForPyTorchIsRefused() {
        hub.files.remove("model.safetensors");
        assertRefused(SPEC, "hf:org/tiny@main has no model.safetensors", "or pytorch_model.bin");
    }

    @Test
    void aCommitThatIsThereNeedsNoNetwork() throws IOException {
        open(SPEC);
        hub.requests.clear();
        EncoderFolderTest.assertIsTiny(open(PINNED));
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void aBranchThatStandsStillIsAskedForOnce() throws IOException {
        open(SPEC);
        hub.requests.clear();
        EncoderFolderTest.assertIsTiny(open(SPEC));
        assertThat(hub.requests).extracting(Request::method).containsOnly("HEAD");
        assertThat(hub.requests).filteredOn(r -> r.path().startsWith("/org/")).hasSize(1);
    }

    @Test
    void aHubThatCannotBeReachedLeavesTheCopyThatIsThere() throws IOException {
        open(SPEC);
        hub.close();
        EncoderFolderTest.assertIsTiny(open(SPEC));
        assertThat(messages)
                .anyMatch(m -> m.contains("the hub can't be reached, the copy of commit " + LocalHub.COMMIT));
    }

    @Test
    void aHubThatCannotBeReachedIsNamedWithTheWaysAround() {
        hub.close();
        assertRefused(SPEC, endpoint + " gave no usable answer 4 times in a row", "HF_ENDPOINT",
                "use a folder or \"embedded\"");
    }

    @Test
    void whatIsHalfThereIsNotTakenWhenTheHubCannotBeReached() {
        hub.storeCuts.addAll(List.of(1000, 0, 0, 0));
        assertRefused(SPEC, "fetching model.safetensors");
        hub.close();
        assertRefused(SPEC, "looking for config.json");
        assertRefused(PINNED, "looking for config.json");
    }

    @Test
    void aRepositoryThatMovedIsFollowed() throws IOException {
        EncoderFolderTest.assertIsTiny(open("hf:old/name"));
    }

    @Test
    void redirectsInCirclesEnd() {
        assertRefused("hf:circle/x", "redirects config.json of hf:circle/x@main without end");
        assertThat(hub.requests).hasSize(11);
    }

    @Test
    void aServerThatNamesNoCommitIsNoHub() {
        hub.commit = null;
        assertRefused(SPEC, "with commit none", "is HF_ENDPOINT a hub?");
        hub.commit = "../../../etc";
        assertRefused(SPEC, "with commit none", "is HF_ENDPOINT a hub?");
    }

    @Test
    void aPinnedCommitIsNotExchangedForAnother() {
        hub.commit = "f".repeat(40);
        assertRefused(PINNED, "with commit " + "f".repeat(40));
    }

    @Test
    void anInterruptionEndsTheWaiting() {
        hub.hubFaults.add(503);
        pause = duration -> {
            throw new InterruptedException();
        };
        assertThatThrownBy(() -> open(SPEC)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
