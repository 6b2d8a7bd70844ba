package org.scibert.training.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.classifier.Classification;
import org.scibert.classifier.Classifier;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.io.Json;
import org.scibert.release.LocalRelease;
import org.scibert.release.Releases;
import org.scibert.signing.Signatures;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.training.cli.TrainingJob;

/** Releases that the first revisions published stay usable; the resources' README.md says where this one comes from. */
class FirstReleaseTest {
    @TempDir
    Path folder;

    /** Copied, since a store keeps a lock file. */
    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        URL resources = FirstReleaseTest.class.getResource("store");
        Path source = Path.of(resources.toURI()).getParent();
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(source.relativize(file).toString());
                if (Files.isRegularFile(file)) {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"fp32, 1e-5", "fp16, 1e-4", "int8, 1e-2"})
    void itsSignatureIsVerifiedAndItsAnswersStay(String precision, double tolerance) throws Exception {
        Map<String, String> environment = Map.of("MODEL_PUBLIC_KEY", "file:" + folder.resolve("public-key.pem"));
        List<String> texts = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("test.jsonl"))) {
            texts.add(Json.MAPPER.readTree(line).path("text").asText());
        }
        for (String line : Files.readAllLines(folder.resolve("answers." + precision + ".jsonl"))) {
            expected.add(Json.MAPPER.readTree(line).path("logits").get(0).asDouble());
        }

        try (ObjectStore store = ObjectStores.open(store(), environment)) {
            Releases releases = new Releases(store, "tiny", Clock.systemUTC(), Signatures.toRead(environment));
            PrecisionChoice choice = PrecisionChoice.parse(precision);
            LocalRelease release = releases.open(Optional.empty(), folder.resolve("cache"), choice::weights);
            try (Classifier classifier = Classifier.open(release, choice)) {
                List<Classification> answers = classifier.classify(texts);

                for (int i = 0; i < texts.size(); i++) {
                    assertThat((double) answers.get(i).logits()[0])
                            .as(texts.get(i))
                            .isCloseTo(expected.get(i), Offset.offset(tolerance));
                }
            }
        }
    }

    /** The same bytes on the same kind of machine with as many threads; everywhere the same up to rounding. */
    @Test
    void itIsTrainedAgainFromItsProvenance() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int status = TrainingJob.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("replay", "--store", store(), "--name", "tiny", "--encoder", file("encoder"),
                        "--train", file("train.jsonl"), "--dev", file("dev.jsonl"), "--test", file("test.jsonl"));

        JsonNode last = Json.MAPPER.readTree(out.toString().lines().reduce((a, b) -> b).orElseThrow());
        if (status != 0) {
            assertThat(last.path("difference").asText()).as(err.toString()).startsWith("by at most ");
            double difference = Double.parseDouble(last.path("difference").asText().replace("by at most ", ""));
            assertThat(difference).isLessThan(1e-4);
        }
        assertThat(last.path("version").asText()).isEqualTo("20261125T150000Z-12114289");
    }

    private String store() {
        return "file:" + folder.resolve("store");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
