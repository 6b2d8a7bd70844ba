package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scibert.training.datacheck.RowSets.check;
import static org.scibert.training.datacheck.RowSets.rows;
import static org.scibert.training.datacheck.RowSets.splits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.training.datacheck.TokenTable.TokenLengths;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

class DataReportTest {
    private static final TokenTable TOKENS = new TokenTable(
            "embedded", 8, List.of(TokenLengths.of(Split.TRAIN, new int[] {6, 10, 6}, 8)));

    private static Splits<Rows> sample() {
        return splits(
                rows("train", "secret cells", "0", "the method", "1", "Secret cells", "0"),
                rows("dev", "secret cells", "0", "other", "1"));
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws Exception {
        assertThat(check(sample()).report().with(TOKENS, TOKENS.findings()).json())
                .isEqualTo(check(sample()).report().with(TOKENS, TOKENS.findings()).json());
    }

    @Test
    void theJsonHasTheRecordsOwnOrderAndErrorsFirst() throws Exception {
        JsonNode json = new ObjectMapper().readTree(check(sample()).report().with(TOKENS, TOKENS.findings()).json());
        assertThat(json.fieldNames()).toIterable().containsExactly(
                "normalisation", "nearDuplicates", "droppedRows", "splits", "balance", "tokens", "findings");
        assertThat(json.path("balance").toString()).isEqualTo(
                "{\"task\":\"binary\",\"labels\":[{\"label\":\"0\",\"rows\":{\"train\":2,\"dev\":1}},"
                        + "{\"label\":\"1\",\"rows\":{\"train\":1,\"dev\":1},\"posWeight\":2.0}]}");
        assertThat(json.path("findings").get(0).toString()).isEqualTo(
                "{\"kind\":\"leak\",\"severity\":\"error\",\"splits\":[\"train\",\"dev\"],\"count\":1,"
                        + "\"what\":\"1 of 2 dev rows stand in train too: 1 text, in 2 train rows\","
                        + "\"next\":\"leave the train rows out (--drop-leaks does), or split again so that no text"
                        + " stands in two splits\",\"examples\":[{\"rows\":["
                        + "{\"split\":\"dev\",\"line\":1,\"id\":\"1\",\"labels\":[\"0\"]},"
                        + "{\"split\":\"train\",\"line\":1,\"id\":\"1\",\"labels\":[\"0\"]},"
                        + "{\"split\":\"train\",\"line\":3,\"id\":\"3\",\"labels\":[\"0\"]}],\"more\":0}]}");
        assertThat(json.path("findings").findValuesAsText("severity")).containsExactly(
                "error", "warning", "warning", "warning", "note");
        assertThat(json.path("tokens").path("splits").get(0).path("tokensCut").asDouble()).isEqualTo(2 / 22.0);
    }

    @Test
    void noTextIsInTheReport() throws Exception {
        assertThat(check(sample()).report().with(TOKENS, TOKENS.findings()).json())
                .doesNotContainIgnoringCase("secret");
    }

    @Test
    void tokensAreLeftOutUntilTheyAreCounted() throws Exception {
        assertThat(check(sample()).report().json()).doesNotContain("\"tokens\"");
    }
}
