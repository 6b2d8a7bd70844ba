package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/** By hand: 0.05^(1/7) = 0.6518, 0.05^(1/38) = 0.9242, 0.05^(1/30) = 0.9050. */
class EvidenceTest {
    @Test
    void fewPositivesAreToldWithWhatTheyCanShow() throws Exception {
        DataReport report = DataCheck.of(
                        new Splits<>(rows("train", 22, 40), rows("dev", 9, 10), rows("test", 7, 10)), false,
                        Optional.empty(), Optional.empty())
                .divided("grouped-hash-2", 0)
                .report();
        assertThat(report.split().sentence()).isEqualTo("38 records with the label \"1\": 22 to learn from, 9 in dev to"
                + " choose the threshold by, 7 in test: if all 7 are found, that shows a recall of 65 % or more"
                + " (confidence 95 %), and each one missed costs 14 points; cross-validation measures on all 38 and"
                + " can show 92 %: --folds 5");
        JsonNode json = new ObjectMapper().readTree(report.json()).path("split");
        assertThat(json.path("rule").asText()).isEqualTo("grouped-hash-2");
        assertThat(json.path("rows").path("test").asInt()).isEqualTo(7);
        assertThat(json.path("recallShown").asDouble()).isCloseTo(0.6518, within(1e-4));
    }

    @Test
    void enoughPositivesNeedNoAdvice() throws Exception {
        assertThat(of(60, 30, 30)).endsWith(
                "30 in test: if all 30 are found, that shows a recall of 90 % or more (confidence 95 %), and each one"
                        + " missed costs 3 points");
        assertThat(of(30, 28, 30)).endsWith("--folds 5");
    }

    @Test
    void withoutPositivesInTestNothingIsShown() throws Exception {
        assertThat(of(2, 1, 0)).isEqualTo("3 records with the label \"1\": 2 to learn from, 1 in dev to choose the"
                + " threshold by, 0 in test: nothing can be shown about it; label more");
    }

    @Test
    void foldsMeasureOnAll() throws Exception {
        DataReport report =
                DataCheck.of(Splits.crossValidated(rows("all", 38, 100)), false, Optional.empty(), Optional.empty())
                .divided("grouped-folds-1", 5)
                .report();
        assertThat(report.split().sentence()).isEqualTo("38 records with the label \"1\", each answered by a model"
                + " that was not trained on it: if all 38 are found, that shows a recall of 92 % or more (confidence"
                + " 95 %), and each one missed costs 3 points");
        assertThat(new ObjectMapper().readTree(report.json()).path("split").path("folds").asInt()).isEqualTo(5);
    }

    private static String of(int train, int dev, int test) throws Exception {
        return DataCheck.of(
                        new Splits<>(rows("train", train, 99), rows("dev", dev, 99), rows("test", test, 99)), false,
                        Optional.empty(), Optional.empty())
                .divided("rule", 0).report().split().sentence();
    }

    private static Rows rows(String split, int positives, int negatives) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < positives + negatives; i++) {
            rows.add(new Row(i + 1, split + i, split + " text " + i, List.of(i < positives ? "1" : "0")));
        }
        return new Rows(Path.of(split), "0".repeat(64), false, rows);
    }
}
