package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.network.TinyEncoder;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The command line as a user or a scheduler meets it. */
class TrainingJobTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Run trained;

    private record Run(int status, String out, String err) {
        JsonNode lastLine() throws IOException {
            List<String> lines = out.lines().toList();
            return JSON.readTree(lines.get(lines.size() - 1));
        }
    }

    @BeforeAll
    static void train() throws IOException {
        TinyEncoder.write(folder.resolve("encoder"), 1);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add("{\"text\":\"we study cell %s\",\"label\":1}".formatted(i));
            rows.add("{\"text\":\"the method %s\",\"label\":0}".formatted(i));
        }
        Files.write(folder.resolve("rows.jsonl"), rows);
        trained = run(
                "fine-tune", "--train", file("rows.jsonl"), "--dev", file("rows.jsonl"), "--test", file("rows.jsonl"),
                "--encoder", file("encoder"), "--store", "file:" + file("store"), "--name", "tiny", "--epochs", "2",
                "--batch-size", "8", "--max-tokens", "24", "--label-names", "0=other,1=objective", "--device", "cpu",
                "--report", file("report.html"), "--tensorboard", file("runs"), "--explanations", "5",
                "--neighbours", "ids");
    }

    @Test
    void theReportIsAFileOfTheReleaseAndIsCopiedWithoutTexts() throws IOException {
        Path release = folder.resolve("store/tiny/releases").resolve(trained.lastLine().path("version").asText());
        assertThat(folder.resolve("report.html")).hasSameBinaryContentAs(release.resolve("report.html"));
        assertThat(folder.resolve("report.html")).content().contains("<h1>tiny</h1>").doesNotContain("we study cell");
        assertThat(release.resolve("history.csv")).content().startsWith("step,rows,loss,learning_rate\n1,8,");
        assertThat(Files.readAllLines(release.resolve("history.csv"))).hasSize(1 + 2 * 5);
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            assertThat(files.map(file -> file.getFileName().toString())).anyMatch(name -> name.contains("tfevents"));
        }
    }

    @Test
    void fineTuneEndsWithOneJsonObjectOfTheAgreedKeys() throws IOException {
        assertThat(trained.status()).as(trained.err()).isZero();
        JsonNode last = trained.lastLine();
        assertThat(last.fieldNames()).toIterable()
                .containsExactly("name", "version", "dev", "test", "promoted", "reason");
        assertThat(last.path("promoted").asBoolean()).isTrue();
        assertThat(last.path("reason").asText()).isEqualTo("none was in service");
        assertThat(trained.err()).contains(last.path("version").asText() + " is in service: none was in service");
        assertThat(last.path("test").fieldNames()).toIterable().containsExactly(
                "rows", "positives", "loss", "accuracy", "precision", "recall", "f1", "macroF1", "rocAuc", "prAuc");
        assertThat(last.path("test").path("positives").asInt()).isEqualTo(20);
    }

    @Test
    void benchEndsWithRatesPaddingAndLatencies() throws IOException {
        Run run = run(
                "bench", "--encoder", file("encoder"), "--batch-size", "2", "--tokens", "8", "--rounds", "1",
                "--encode-rows", "200", "--data", file("rows.jsonl"), "--device", "cpu");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode last = run.lastLine();
        assertThat(last.path("training").path("steps")).isNotEmpty().allSatisfy(step ->
                assertThat(step.path("shareOfBest").path("wall").asDouble()).isPositive()
                        .isLessThanOrEqualTo(step.path("share").path("wall").asDouble()));
        assertThat(last.path("training").path("attainable").path("kernels").fieldNames()).toIterable()
                .containsExactly("FP32", "ONEDNN", "BF16");
        assertThat(last.path("training").path("attainable").path("products").fieldNames()).toIterable()
                .anyMatch(name -> name.endsWith("16×8×8"))
                .anyMatch(name -> name.endsWith("16×8×16"))
                .anyMatch(name -> name.endsWith("16×16×8"));
        assertThat(last.path("encoding").path("rows").asInt()).isEqualTo(200);
        assertThat(last.path("encoding").path("seconds").asDouble()).isPositive();
        assertThat(last.path("padding").path(file("rows.jsonl")).asDouble()).isBetween(0., 0.5);
        assertThat(last.path("serving").path("precisions").fieldNames()).toIterable()
                .containsExactly("fp32", "fp16", "bf16", "int8");
        assertThat(run("bench", "--encoder", file("encoder"), "--tokens", "33").status()).isEqualTo(2);
    }

    @Test
    void benchRefusesAFileThatIsNotThereBeforeItTimesAnything() {
        Run run = run("bench", "--encoder", file("encoder"), "--tokens", "8", "--data", file("absent.jsonl"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("absent.jsonl: there is no such file");
    }

    @Test
    void evaluateOfTheTestRowsGivesWhatTrainingReported() throws IOException {
        Run run = run("evaluate", "--store", "file:" + file("store"), "--name", "tiny", "--data", file("rows.jsonl"),
                "--precision", "fp32");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.lastLine().path("data")).isEqualTo(trained.lastLine().path("test"));
        assertThat(run.lastLine().path("version")).isEqualTo(trained.lastLine().path("version"));
    }

    @Test
    void replayOfTheReleaseGivesTheSameWeights() throws IOException {
        Run run = run(
                "replay", trained.lastLine().path("version").asText(), "--store", "file:" + file("store"), "--name",
                "tiny",
                "--train", file("rows.jsonl"), "--dev", file("rows.jsonl"), "--test", file("rows.jsonl"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.lastLine().path("identical").asBoolean()).isTrue();
    }

    @Test
    void classifyWritesALineForEachRowInItsOrder() throws IOException {
        Path texts = Files.writeString(
                folder.resolve("texts.csv"),
                "id,text\nb,\"we study, cell\"\na,the method\nlong," + "cell ".repeat(40) + "\n");
        Run run = run(
                "classify", "--store", "file:" + file("store"), "--name", "tiny",
                "--version", trained.lastLine().path("version").asText(),
                "--data", texts.toString(), "--output", file("answers.jsonl"));
        assertThat(run.status()).as(run.err()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("answers.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines).extracting(l -> l.path("id").asText()).containsExactly("b", "a", "long");
        assertThat(lines).extracting(l -> l.path("truncated").asBoolean()).containsExactly(false, false, true);
        assertThat(lines.get(0).path("logits")).hasSize(1);
        assertThat(lines.get(0).path("probabilities").fieldNames()).toIterable().containsExactly("other", "objective");
        assertThat(lines.get(0).path("label").asText()).isIn("other", "objective");
        assertThat(folder.resolve("answers.jsonl.part")).doesNotExist();
    }

    @Test
    void explainAnswersOneTextAsTheFunctionDoes() throws IOException {
        String version = trained.lastLine().path("version").asText();
        Run run = run(
                "explain", "--store", "file:" + file("store"), "--name", "tiny", "--version", version,
                "--text", "We study the cell.", "--label", "other", "--neighbours", "2");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("{\"results\":[{\"label\":\"other\",\"logit\":")
                .endsWith("}],\"model\":{\"name\":\"tiny\",\"version\":\"" + version + "\"}}\n");
        JsonNode result = run.lastLine().at("/results/0");
        assertThat(result.path("words")).hasSize(4);
        assertThat(result.path("neighbours")).hasSize(2).allSatisfy(row ->
                assertThat(row.fieldNames()).toIterable().containsExactly("id", "label", "similarity"));
    }

    @Test
    void explainWritesALineForEachRecord() throws IOException {
        Path texts = Files.writeString(
                folder.resolve("unexplained.csv"), "id,text\nb,\"we study, cell\"\nnone,\nr,too,many\na,the method\n");
        Run run = run(
                "explain", "--store", "file:" + file("store"), "--name", "tiny", "--method", "integrated-gradients",
                "--version", trained.lastLine().path("version").asText(),
                "--data", texts.toString(), "--output", file("explained.jsonl"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.lastLine().path("withoutText").asInt()).isEqualTo(1);
        assertThat(run.lastLine().path("unreadable").asInt()).isEqualTo(1);
        List<String> lines = Files.readAllLines(folder.resolve("explained.jsonl"));
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEqualTo("{\"id\":\"none\",\"line\":3,\"error\":\"no text\"}");
        assertThat(lines.get(2)).startsWith("{\"id\":\"4\",\"line\":4,\"error\":\"");
        assertThat(JSON.readTree(lines.get(3)).fieldNames()).toIterable().containsExactly(
                "id", "label", "logit", "method", "words", "sentences", "passes", "error", "tokens");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--method|lime|--method must be one of leave-one-out, occlusion, integrated-gradients, is \"lime\"",
        "--label|perhaps|--label must be one of the model's labels [other, objective], is \"perhaps\"",
        "--neighbours|21|--neighbours must be 0 to 20, is 21",
        "--data|rows.jsonl|give --text with one text, or --data with a file and --output",
        "--output|o.jsonl|give --text with one text, or --data with a file and --output",
    })
    void explainRefusesWhatItCannotDo(String option, String value, String message) {
        Run run = run(
                "explain", "--store", "file:" + file("store"), "--name", "tiny", "--text", "the cell", option, value);
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void benchExplanationsMeasuresEveryMethod() throws IOException {
        Run run = run(
                "bench-explanations", "--store", "file:" + file("store"), "--name", "tiny", "--rows", "2",
                "--version", trained.lastLine().path("version").asText(), "--data", file("rows.jsonl"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.lastLine().fieldNames()).toIterable().containsExactly(
                "name", "version", "processor", "precision", "leave-one-out", "occlusion", "integrated-gradients");
        assertThat(run.lastLine().at("/occlusion/faithfulness/rows").asInt()).isEqualTo(2);
        assertThat(run.err()).contains("labelled as the model labels them", "occlusion: words taken out");
    }

    @Test
    void oneFileIsSplitTrainedOnAndReplayed() throws IOException {
        StringBuilder ris = new StringBuilder();
        Random random = new Random(7); // nearly equal titles would be one group
        for (int i = 0; i < 120; i++) {
            String words =
                    Long.toString(random.nextLong(1L << 60), 36) + " " + Long.toString(random.nextLong(1L << 60), 36);
            ris.append("TY  - JOUR\nTI  - %s %s\nN1  - ASReview_%s\nER  - \n".formatted(
                    i % 2 == 0 ? "we study cell" : "the method", words, i % 2 == 0 ? "relevant" : "irrelevant"));
        }
        Path file = Files.writeString(folder.resolve("labelled.ris"), ris);
        Run job = run(
                "fine-tune", "--data", file.toString(), "--encoder", file("encoder"), "--epochs", "1",
                "--max-tokens", "24", "--store", "file:" + file("store"), "--name", "one");
        assertThat(job.status()).as(job.err()).isZero();
        assertThat(job.lastLine().path("test").path("rows").asInt()).isPositive();
        Run replay = run(
                "replay", job.lastLine().path("version").asText(), "--store", "file:" + file("store"), "--name", "one",
                "--data", file.toString());
        assertThat(replay.status()).as(replay.err()).isZero();
        assertThat(replay.lastLine().path("identical").asBoolean()).isTrue();

        Run both = run("check-data", "--data", file.toString(), "--train", file.toString());
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.err()).contains("give --data with one file that is to be split, or --train and --dev (and"
                + " --test) with a file each; got --data, --train");
    }

    @Test
    void classifyWritesReferencesAgainInTheOrderOfTheirRank() throws IOException {
        String ris = "1. \nTY  - JOUR\nTI  - we study\nAB  - cell\nER  - \n\n2. \nTY  - JOUR\nAU  - Doe\nER  - \n\n"
                + "3. \nTY  - JOUR\nTI  - the method\nAB  - NA\nER  - \n";
        Path refs = Files.writeString(folder.resolve("refs.ris"), ris);
        Run run = run(
                "classify", "--store", "file:" + file("store"), "--name", "tiny", "--order", "rank",
                "--version", trained.lastLine().path("version").asText(),
                "--data", refs.toString(), "--output", file("ranked.ris"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.lastLine().path("withoutText").asInt()).isEqualTo(1);
        List<String> lines = Files.readAllLines(folder.resolve("ranked.ris"));
        assertThat(lines).filteredOn(line -> line.startsWith("N1  - SciBERT_rank"))
                .containsExactly("N1  - SciBERT_rank: 1", "N1  - SciBERT_rank: 2");
        assertThat(lines).contains("N1  - SciBERT_error: line 8: no text");
        assertThat(lines).filteredOn(line -> !line.contains("SciBERT_")).containsExactlyInAnyOrderElementsOf(
                ris.lines().toList());

        Path screened = Files.writeString(folder.resolve("screened.ris"), String.join("\n", lines)
                .replaceFirst("ER {2}- ", "N1  - ASReview_relevant\nER  - ")); // the one at the top
        Run report = run("screen-report", "--data", screened.toString());
        assertThat(report.status()).as(report.err()).isZero();
        JsonNode numbers = report.lastLine();
        assertThat(List.of(
                numbers.path("records").asInt(), numbers.path("screened").asInt(), numbers.path("found").asInt(),
                numbers.path("withoutProbability").asInt())).containsExactly(3, 1, 1, 1);
        assertThat(numbers.path("expectedRemaining").asDouble()).isBetween(0.001, 0.999);
    }

    @Test
    void exportWritesAFolderOnceAndNeverOverIt() throws IOException {
        String[] export = {
            "export", "--format", "hf", "--store", "file:" + file("store"), "--name", "tiny", "--to", file("exported")};
        Run run = run(export);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.lastLine().path("version")).isEqualTo(trained.lastLine().path("version"));
        assertThat(folder.resolve("exported").toFile().list())
                .contains("model.safetensors", "README.md", "MODEL_CARD.md");

        Run again = run(export);
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("exported is there already; name a folder that is new or empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--margin|-1|margin must be points of the score in [0, 1], is -1.0; 0.02 is 2 points of 100",
        "--promote|perhaps|perhaps",
        "--epochs|0|epochs must be 1 to 10000, is 0",
        "--learning-rate|3|learning rate must be above 0 and at most 0.1, is 3.0; 2e-5 is usual",
        "--max-tokens|64|max_tokens must be from 3 to the encoder's 32 positions, is 64",
        "--dropout|1|the head's dropout must be in [0, 1), is 1.0",
        "--pos-weight|many|pos-weight \"many\" is neither auto nor balanced nor sqrt nor a number",
        "--label-names|2=x|a name is given for the label \"2\", and the labels are [0, 1]",
        "--store|gs://b|\"gs://b\" is not the address of a store; use file:PATH or s3://BUCKET/PREFIX",
        "--encoder|hf:nobody|hf:nobody",
        "--precision-tolerance|-1|the precision tolerance must be in [0, 1], is -1.0; 0.002 is a fifth of a point",
        "--task|ranking|no task is named \"ranking\"; use binary, multi-class or multi-label",
        "--device|tpu|tpu",
        "--accumulate|0|batches a step must be 1 to 1048576, is 0",
        "--accumulate|2147483647|batches a step must be 1 to 1048576, is 2147483647",
        "--accumulate|1048576|batch size × batches a step must be at most 1048576 rows, is 16 × 1048576",
        "--batch-size|99999999999|\"99999999999\" is not a whole number up to 2147483647",
        "--warm-up|0,1|\"0,1\" is not a number such as 0.05 or 2e-5",
        "--max-rows|0|the most rows of a file must be at least 1, are 0",
        "--progress-seconds|-1|--progress-seconds must be 0 to 86400, is -1",
        "--patience|-1|patience must be 0 to 10000, is -1",
        "--schedule|cosine|slanted-triangular] (case-insensitive) but was 'cosine'",
        "--seeds|4,5,4|seeds must be different numbers, at least one, are [4, 5, 4]",
        "--checkpoint-steps|-1|checkpoint steps must be at least 0, is -1",
        "--baselines|no|--baselines must be on or off, is \"no\"",
        "--head-init|zero|--head-init must be random or regression, is \"zero\"",
        "--lexical|no|--lexical must be auto, on or off, is \"no\"",
        "--explanations|201|explanations are measured on 1 to 200 rows, or off (0), not on 201",
        "--explanations|some|--explanations must be off or a number of rows, is \"some\"",
        "--neighbours|some|'some'",
        "--examples|21|a release holds 0 to 20 examples, not 21",
        "--report|nowhere/report.html|there is no folder",
        "--card-license|a b|the model card's license must be a code such as apache-2.0, is \"a b\"",
    })
    void aBadValueEndsWithStatusTwoAndTheValue(String option, String value, String message) {
        List<String> arguments = new ArrayList<>(List.of(
                "fine-tune", "--train", file("rows.jsonl"), "--dev", file("rows.jsonl"),
                "--encoder", file("encoder"), "--store", "file:" + file("other"), "--name", "tiny", "--device", "cpu",
                "--max-tokens", "24"));
        int at = arguments.indexOf(option);
        if (at >= 0) {
            arguments.set(at + 1, value);
        } else {
            arguments.addAll(List.of(option, value));
        }
        Run run = run(arguments.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void aBadRowEndsWithStatusTwoFileAndLine() throws IOException {
        Path bad = Files.writeString(
                folder.resolve("bad.jsonl"), "{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\",\"label\":{}}\n");
        Run run = run(
                "fine-tune", "--train", bad.toString(), "--dev", bad.toString(), "--encoder", file("encoder"),
                "--store", "file:" + file("other"), "--name", "tiny");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("bad.jsonl line 2");
    }

    @Test
    void aModelThatIsNotThereEndsWithStatusOne() {
        Run run = run("evaluate", "--store", "file:" + file("store"), "--name", "none", "--data", file("rows.jsonl"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("none").doesNotContain("\tat ");
    }

    @Test
    void everyOptionCanBeSetByAnEnvironmentVariableThatItsHelpNames() {
        for (CommandLine command : TrainingJob.commandLine().getSubcommands().values()) {
            if (command.getCommandName().equals("quickstart")) {
                continue;
            }
            command.getCommandSpec().options().stream().filter(o -> !o.usageHelp() && !o.versionHelp()).forEach(o -> {
                if (o.isMultiValue() && o.splitRegex().isEmpty()) {
                    return; // given once for each value, and a variable holds one
                }
                String help = String.join(" ", o.description());
                assertThat(help).as(o.longestName()).matches("(?s).*\\[[A-Z_]+]$");
                String variable = help.substring(help.lastIndexOf('[') + 1, help.length() - 1);
                assertThat(o.userObject().toString()).isNotEmpty();
                assertThat(annotation(o).defaultValue()).startsWith("${env:" + variable);
            });
        }
    }

    private static Option annotation(CommandLine.Model.OptionSpec option) {
        return ((java.lang.reflect.Field) option.userObject()).getAnnotation(Option.class);
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = TrainingJob.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
