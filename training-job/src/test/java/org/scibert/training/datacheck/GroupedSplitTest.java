package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

class GroupedSplitTest {
    @Test
    void sharesAreSixtyTwentyTwenty() throws DataException {
        Splits<Rows> splits = GroupedSplit.of(rows(random(new Random(1), 2000)));
        assertThat(splits.train().size()).isBetween(1140, 1260);
        assertThat(splits.dev().size()).isBetween(340, 460);
        assertThat(splits.test().orElseThrow().size()).isBetween(340, 460);
        assertThat(GroupedSplit.title(splits)).startsWith("split by a hash of each record").endsWith(" test");
        assertThat(GroupedSplit.csv(splits).lines()).hasSize(2001).startsWith("split,id");
    }

    @Test
    void rowsAboutOneWorkStayTogether() throws DataException {
        Random random = new Random(3);
        List<Row> rows = random(random, 200);
        for (int i = 0; i < 60; i++) {
            Row row = rows.get(i);
            rows.add(new Row(300 + i, "text" + i, row.text().toUpperCase(Locale.ROOT), List.of("0"), List.of()));
            rows.add(new Row(400 + i, "near" + i, row.text() + " and", List.of("0"), List.of()));
            rows.add(new Row(500 + i, "doi" + i, text(random), List.of("0"), row.keys()));
        }
        Map<String, Split> split = byId(GroupedSplit.of(rows(rows)));
        for (int i = 0; i < 60; i++) {
            assertThat(List.of(split.get("text" + i), split.get("near" + i), split.get("doi" + i)))
                    .containsOnly(split.get("row" + i));
        }
    }

    /** Rows that nothing else resembles don't depend on the order of the file. */
    @Test
    void theOrderOfTheFileDoesNotMatter() throws DataException {
        List<Row> rows = random(new Random(4), 200);
        Map<String, Split> split = byId(GroupedSplit.of(rows(rows)));
        Collections.shuffle(rows, new Random(5));
        assertThat(byId(GroupedSplit.of(rows(rows)))).isEqualTo(split);
    }

    @Test
    void tooFewRowsAreRefused() {
        assertThatThrownBy(() -> GroupedSplit.of(rows(random(new Random(6), 2))))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("all.ris: its 2 labelled records are too few to split: none falls into ");
    }

    static Map<String, Split> byId(Splits<Rows> splits) {
        Map<String, Split> byId = new HashMap<>();
        splits.bySplit().forEach((split, rows) -> rows.rows().forEach(row -> byId.put(row.id(), split)));
        return byId;
    }

    static Rows rows(List<Row> rows) {
        return new Rows(Path.of("all.ris"), "0".repeat(64), false, rows);
    }

    static List<Row> random(Random random, int rows) {
        List<Row> made = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            made.add(new Row(i + 1, "row" + i, text(random), List.of(i % 4 == 0 ? "1" : "0"), List.of("doi:10.1000/" + i)));
        }
        return made;
    }

    static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append(Long.toString(random.nextLong(1L << 40), 36)).append(' ');
        }
        return text.toString();
    }
}
