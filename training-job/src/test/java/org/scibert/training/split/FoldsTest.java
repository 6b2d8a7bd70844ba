package org.scibert.training.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scibert.training.split.GroupedSplitTest.random;
import static org.scibert.training.split.GroupedSplitTest.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;

class FoldsTest {
    @Test
    void eachLabelIsDealtEvenly() throws DataException {
        List<Row> rows = random(new Random(1), 203);
        Folds folds = Folds.of(rows(rows), 5);
        for (int fold = 0; fold < 5; fold++) {
            List<Row> heldOut = folds.heldOut(fold, rows);
            // 51 of 203
            assertThat(heldOut.stream().filter(row -> row.labels().contains("1")).count()).isBetween(10L, 11L);
            assertThat(heldOut).hasSizeBetween(40, 41);
            assertThat(folds.training(fold, rows)).hasSize(203 - heldOut.size()).doesNotContainAnyElementsOf(heldOut);
        }
    }

    @Test
    void relatedRowsStandInOneFold() throws DataException {
        List<Row> rows = new ArrayList<>(random(new Random(2), 100));
        for (int i = 0; i < 30; i++) {
            Row row = rows.get(i);
            rows.add(new Row(200 + i, "near" + i, row.text() + " and", row.labels(), List.of()));
        }
        Folds folds = Folds.of(rows(rows), 4);
        for (int i = 0; i < 30; i++) {
            assertThat(folds.of(100 + i)).isEqualTo(folds.of(i));
        }
    }

    /** Each row's answer is its number, and a hundred times it: as if the fold's model had said so. */
    @Test
    void answersComeBackInTheRowsOrder() throws DataException {
        List<Row> rows = random(new Random(3), 50);
        Folds folds = Folds.of(rows(rows), 3);
        List<Integer> numbers = IntStream.range(0, 50).boxed().toList();
        List<float[]> ofFolds = new ArrayList<>();
        for (int fold = 0; fold < 3; fold++) {
            List<Integer> heldOut = folds.heldOut(fold, numbers);
            float[] logits = new float[2 * heldOut.size()];
            for (int i = 0; i < heldOut.size(); i++) {
                logits[2 * i] = heldOut.get(i);
                logits[2 * i + 1] = 100 * heldOut.get(i);
            }
            ofFolds.add(logits);
        }
        OutOfFold answers = OutOfFold.of(folds, ofFolds, 2);
        assertThat(answers.outputs()).isEqualTo(2);
        for (int i = 0; i < 50; i++) {
            assertThat(answers.logits()[2 * i]).isEqualTo(i);
            assertThat(answers.logits()[2 * i + 1]).isEqualTo(100 * i);
        }
    }

    @Test
    void aChoiceBetweenRegressionsGetsFoldsOfFewToo() throws DataException {
        List<Row> few = new ArrayList<>(random(new Random(4), 40, 14));
        few.add(new Row(50, "near", few.get(0).text() + " and", few.get(0).labels(), List.of()));
        Folds folds = Folds.ofFew(rows(few), 5);
        assertThat(folds.of(40)).isEqualTo(folds.of(0));

        List<Row> many = random(new Random(1), 203);
        assertThat(Folds.ofFew(rows(many), 5)).isEqualTo(Folds.of(rows(many), 5));
    }

    @Test
    void tooFewOfALabelAreRefused() {
        List<Row> rows = random(new Random(4), 40, 14);
        assertThatThrownBy(() -> Folds.of(rows(rows), 5)).isInstanceOf(DataException.class).hasMessage(
                "all.ris: 3 records with the label \"1\" can't be in each of 5 folds; label more, or give fewer"
                        + " --folds");
        assertThatThrownBy(() -> Folds.of(rows(rows), 1)).hasMessage("folds must be 2 to 20, are 1; 5 is usual");
    }
}
