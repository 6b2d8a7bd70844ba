package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.training.job.LabelWeights;

/** Lists of hyperparameters at the command line; the data are not there, so that what is refused is refused before. */
class StudyOptionsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--epochs 2,3 --budget soon|a budget is a time such as 30m or 1h30m, or a number of runs such as \"12 runs\";"
                + " got \"soon\"",
        "--epochs 2,3 --budget 1runs|a budget must be at least 2 runs, is 1",
        "--budget 5m|--budget is of a study, and no option lists several values to try",
        "--epochs 2,2|--epochs lists 2 twice",
        "--epochs 2,,3|\"\" is not a whole number",
        "--epochs 2,0|epochs must be 1 to 10000, is 0",
        "--learning-rate 1e-5,2|learning rate must be above 0 and at most 0.1, is 2.0",
        "--head-init random,good|--head-init must be random or regression, is \"good\"",
        "--pos-weight auto,best|pos-weight \"best\" is neither auto nor balanced nor sqrt nor a number",
    })
    void whatIsRefusedIsRefusedBeforeDataAreRead(String options, String message) {
        assertThat(fineTune(List.of("--train", "missing", "--dev", "missing"), options)).contains(message);
    }

    @Test
    void foldsHaveNoRowsToChooseBy() throws Exception {
        assertThat(fineTune(List.of("--data", "missing"), "--folds 5 --learning-rate 1e-5,2e-5 --epochs 1,2"))
                .contains("--folds keeps no rows to choose hyperparameters by; list one value for learning-rate,"
                        + " epochs, or leave --folds out");
    }

    @Test
    void aCommandThatTriesNothingTakesOneValue() throws Exception {
        Path rows = Files.writeString(
                folder.resolve("rows.jsonl"), "{\"text\":\"a b c\",\"label\":1}\n{\"text\":\"d\",\"label\":0}\n");
        StringWriter err = new StringWriter();
        int status = TrainingJob.commandLine(Map.of())
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(new StringWriter()))
                .execute("check-data", "--train", rows.toString(), "--dev", rows.toString(), "--max-tokens", "64,128");
        assertThat(status).isEqualTo(2);
        assertThat(err.toString())
                .contains("--max-tokens 64,128 lists several; fine-tune tries them, this command takes one");
    }

    @Test
    void numbersAloneAreTheLabelsWeightsUnlessSemicolonsPartThem() {
        assertThat(PosWeights.parse("auto").values()).containsExactly(LabelWeights.AUTO);
        assertThat(PosWeights.parse("1,2.5,3").values()).containsExactly(LabelWeights.parse("1,2.5,3"));
        assertThat(PosWeights.parse("auto,sqrt,1").values())
                .containsExactly(LabelWeights.AUTO, LabelWeights.SQRT, LabelWeights.parse("1"));
        assertThat(PosWeights.parse("1;2").values()).containsExactly(LabelWeights.parse("1"), LabelWeights.parse("2"));
        assertThat(PosWeights.parse("balanced; 1,2").values())
                .containsExactly(LabelWeights.BALANCED, LabelWeights.parse("1,2"));
    }

    private String fineTune(List<String> data, String options) {
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("fine-tune"));
        arguments.addAll(data);
        arguments.addAll(List.of("--store", "file:" + folder.resolve("store"), "--name", "tiny"));
        arguments.addAll(List.of(options.split(" ")));
        int status = TrainingJob.commandLine(Map.of())
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(status).as(err.toString()).isEqualTo(2);
        return err.toString();
    }
}
