package org.scibert.training.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

class GroupedSplitTest {
    @Test
    void sharesAreSixtyTwentyTwenty() throws DataException {
        FileSplit split = GroupedSplit.of(rows(random(new Random(1), 2000)), Optional.empty());
        Splits<Rows> splits = split.rows();
        assertThat(splits.train().size()).isBetween(1140, 1260);
        assertThat(splits.dev().size()).isBetween(340, 460);
        assertThat(splits.test().orElseThrow().size()).isBetween(340, 460);
        assertThat(split.lines()).singleElement().asString()
                .startsWith("split by a hash of each record").endsWith(" test");
        assertThat(split.record().csv().lines()).hasSize(2001).startsWith("split,id,hash");
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
        Map<String, Split> split = byId(GroupedSplit.of(rows(rows), Optional.empty()).rows());
        for (int i = 0; i < 60; i++) {
            assertThat(List.of(split.get("text" + i), split.get("near" + i), split.get("doi" + i)))
                    .containsOnly(split.get("row" + i));
        }
    }

    /** Rows that nothing else resembles don't depend on the order of the file. */
    @Test
    void theOrderOfTheFileDoesNotMatter() throws DataException {
        List<Row> rows = random(new Random(4), 200);
        Map<String, Split> split = byId(GroupedSplit.of(rows(rows), Optional.empty()).rows());
        Collections.shuffle(rows, new Random(5));
        assertThat(byId(GroupedSplit.of(rows(rows), Optional.empty()).rows())).isEqualTo(split);
    }

    @Test
    void tooFewRowsAreRefused() {
        assertThatThrownBy(() -> GroupedSplit.of(rows(random(new Random(6), 2)), Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("all.ris: its 2 labelled records are too few to split: none falls into ");
    }

    /** A row about two works of different splits belongs to neither, and stays out for good. */
    @Test
    void aRowThatJoinsTwoSplitsIsLeftOut() throws DataException {
        List<Row> rows = random(new Random(2), 60);
        FileSplit before = GroupedSplit.of(rows(rows), Optional.empty());
        Row train = before.rows().train().rows().get(0);
        Row test = before.rows().test().orElseThrow().rows().get(0);
        rows.add(new Row(
                99, "both", "one text for two", List.of("0"), List.of(train.keys().get(0), test.keys().get(0))));
        FileSplit split = GroupedSplit.of(rows(rows), Optional.empty());
        assertThat(split.leftOut()).extracting(Row::id).containsExactly("both");
        assertThat(split.lines()).contains(
                "1 record left out, as they are about works of two splits; the first is both in line 99");
        assertThat(split.record().csv()).endsWith("left out,\"both\"," + KeyedHash.ofText(rows.get(60)) + "\n");
        Collections.shuffle(rows, new Random(3));
        assertThat(byId(GroupedSplit.of(rows(rows), Optional.of(split.record())).rows()))
                .isEqualTo(byId(before.rows()));
    }

    /** 40 positives of 200 rows grow to 80 of 400: by hash alone test has as many as chance gives it. */
    @Test
    void newRowsMakeUpForWhatChanceDidToALabel() throws DataException {
        List<Integer> filled = new ArrayList<>();
        List<Integer> hashed = new ArrayList<>();
        for (int file = 0; file < 6; file++) {
            List<Row> rows = random(new Random(file), 400, 5);
            FileSplit before = GroupedSplit.of(rows(rows.subList(0, 200)), Optional.empty());
            filled.add(positives(GroupedSplit.of(rows(rows), Optional.of(before.record()))));
            hashed.add(positives(GroupedSplit.of(rows(rows), Optional.empty())));
        }
        assertThat(filled).allSatisfy(positives -> assertThat(positives).isBetween(15, 17));
        assertThat(hashed).anySatisfy(positives -> assertThat(Math.abs(positives - 16)).isGreaterThan(2));
    }

    private static int positives(FileSplit split) {
        return (int) split.rows().test().orElseThrow().rows().stream().filter(row -> row.labels().contains("1"))
                .count();
    }

    @Test
    void anEarlierReleasesFileIsReadAgain(@TempDir Path folder) throws IOException {
        List<Row> rows = random(new Random(4), 100);
        SplitRecord record = GroupedSplit.of(rows(rows), Optional.empty()).record();
        Path file = Files.writeString(folder.resolve("split.csv"), record.csv());
        assertThat(SplitRecord.read(file).csv()).isEqualTo(record.csv());

        Files.writeString(file, "split,id\ntrain,\"3\"\ntest,\"row4\"\n"); // as the first releases wrote it
        assertThat(SplitRecord.read(file).splitOf(new Row(3, "3", "text", List.of()))).contains(Split.TRAIN);

        Files.writeString(file, "split,id,hash\ntrain,\"3\",0123456789abcdef\ntest,\"row4\",0123456789abcdff\n");
        SplitRecord withHashes = SplitRecord.read(file);
        assertThat(withHashes.splitOf(new Row(3, "3", "text", List.of()))).as("a line names no record").isEmpty();
        assertThat(withHashes.splitOf(new Row(3, "row4", "text", List.of()))).contains(Split.TEST);

        Files.writeString(file, "id,label\n3,1\n");
        assertThatThrownBy(() -> SplitRecord.read(file)).isInstanceOf(DataException.class)
                .hasMessageContaining("this is no line of a release's split.csv");
    }

    @Test
    void fewPositivesAreOfferedACrossValidation() {
        List<Row> rows = random(new Random(4), 60, 20);
        assertThatThrownBy(() -> GroupedSplit.of(rows(rows), Optional.empty())).isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        "all.ris: 3 records with the label \"1\" are too few to split: none falls into ")
                .hasMessageEndingWith("; label more, or cross-validate with --folds 3");
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
        return random(random, rows, 4);
    }

    /** Rows of which each {@code nth} is positive. */
    static List<Row> random(Random random, int rows, int nth) {
        List<Row> made = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            String text = text(random);
            made.add(new Row(
                    i + 1, "row" + i, text, List.of(i % nth == 0 ? "1" : "0"),
                    List.of("doi:10.1000/" + text.hashCode())));
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
