package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scibert.training.datacheck.RowSets.check;
import static org.scibert.training.datacheck.RowSets.findings;
import static org.scibert.training.datacheck.RowSets.lines;
import static org.scibert.training.datacheck.RowSets.rows;
import static org.scibert.training.datacheck.RowSets.splits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scibert.training.datacheck.ClassBalance.LabelCount;
import org.scibert.training.datacheck.Finding.Example;
import org.scibert.training.datacheck.Finding.Place;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;

class DataCheckTest {
    private static final Splits<Rows> LEAKY = splits(
            rows("train", "cells divide", "0", "the method", "1", "Cells  divide", "0", "results", "0"),
            rows("dev", "a new text", "1", "THE METHOD", "1"),
            rows("test", "cells divide", "0", "another text", "1", "cells divide ", "0", "a new text", "1"));

    @Test
    void textsInTwoSplitsAreLeaksWithTheRowsOfBoth() throws Exception {
        List<Finding> leaks = findings(LEAKY, Finding.Kind.LEAK);
        assertThat(leaks).extracting(Finding::splits).containsExactly(
                List.of(Split.TRAIN, Split.DEV), List.of(Split.TRAIN, Split.TEST), List.of(Split.DEV, Split.TEST));
        assertThat(leaks).extracting(Finding::severity).containsOnly(Severity.ERROR);
        assertThat(leaks).extracting(Finding::count).containsExactly(1, 2, 1);
        assertThat(leaks.get(1).what()).isEqualTo("2 of 4 test rows stand in train too: 1 text, in 2 train rows");
        assertThat(leaks.get(1).examples()).containsExactly(new Example(
                List.of(place(Split.TEST, 1, "0"), place(Split.TEST, 3, "0"),
                        place(Split.TRAIN, 1, "0"), place(Split.TRAIN, 3, "0")),
                0, null));
    }

    @Test
    void droppingLeaksLeavesOutExactlyTheTrainingRowsThatStandInDevOrTest() throws Exception {
        DataCheck checked = DataCheck.of(
                splits(rows("train", "cells divide", "0", "the method", "1", "Cells  divide", "0", "results", "0",
                        "the method!", "1"), LEAKY.dev(), LEAKY.test().get()),
                true, Optional.empty(), Optional.empty());
        assertThat(checked.rows().train().rows()).extracting(Row::line).containsExactly(4, 5);
        assertThat(checked.rows().dev()).isEqualTo(LEAKY.dev());
        assertThat(checked.rows().test()).isEqualTo(LEAKY.test());
        assertThat(checked.report().droppedRows()).isEqualTo(3);
        assertThat(checked.report().splits().get(0).rows()).isEqualTo(2);
        assertThat(checked.report().balance().labels().get(0).rows()).containsEntry(Split.TRAIN, 1);

        List<Finding> found = checked.report().findings();
        assertThat(found).filteredOn(f -> f.kind() == Finding.Kind.LEAK).extracting(Finding::splits)
                .containsExactly(List.of(Split.DEV, Split.TEST));
        assertThat(found).filteredOn(f -> f.kind() == Finding.Kind.DROPPED_LEAK).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.NOTE);
            assertThat(lines(f)).containsExactly(List.of(1), List.of(2), List.of(3));
        });
    }

    @Test
    void droppingWhereNothingLeaksChangesNothing() throws Exception {
        Splits<Rows> clean = splits(rows("train", "a text", "0", "the method", "1"), rows("dev", "b", "0", "c", "1"));
        DataCheck checked = DataCheck.of(clean, true, Optional.empty(), Optional.empty());
        assertThat(checked.rows()).isEqualTo(clean);
        assertThat(checked.report()).isEqualTo(check(clean).report());
    }

    @Test
    void aTrainingFileThatIsAllLeaksIsRefused() {
        Rows rows = rows("train.jsonl", "a", "0", "b", "1");
        assertThatThrownBy(() -> DataCheck.of(splits(rows, rows), true, Optional.empty(), Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessage("train.jsonl: each of its 2 rows stands in dev or test too; split again");
    }

    @Test
    void aStrictJobRefusesErrorsAndNothingElse() throws Exception {
        DataCheck leaky = check(LEAKY);
        assertThatThrownBy(leaky::refuseErrors)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 of 4 test rows stand in train too")
                .hasMessageContaining("go on without --strict");
        DataCheck warned = check(splits(rows("train", "a", "0", "a", "1"), rows("dev", "b", "0", "b", "1")));
        assertThat(warned.report().count(Severity.WARNING)).isPositive();
        warned.refuseErrors();
    }

    @Test
    void rowsThatRepeatAnEarlierTextOfTheirSplitAreCounted() throws Exception {
        List<Finding> duplicates = findings(
                splits(rows("train", "a", "0", "b", "1", "A", "0", "c", "1", "a ", "0", "b", "1"),
                        rows("dev", "d", "0", "e", "1")),
                Finding.Kind.DUPLICATE);
        assertThat(duplicates).singleElement().satisfies(f -> {
            assertThat(f.splits()).containsExactly(Split.TRAIN);
            assertThat(f.count()).isEqualTo(3);
            assertThat(f.what()).isEqualTo("3 of 6 train rows repeat the text of an earlier one: 2 texts");
            assertThat(lines(f)).containsExactly(List.of(1, 3, 5), List.of(2, 6));
        });
    }

    @Test
    void theSameTextWithDifferentLabelsIsAConflictAlsoAcrossSplits() throws Exception {
        List<Finding> conflicts = findings(
                splits(rows("train", "a", "0", "b", "1", "A", "1", "c", "0", "c", "0"),
                        rows("dev", "b", "0", "d", "1")),
                Finding.Kind.CONFLICT);
        assertThat(conflicts).singleElement().satisfies(f -> {
            assertThat(f.count()).isEqualTo(2);
            assertThat(f.splits()).containsExactly(Split.TRAIN, Split.DEV);
            assertThat(lines(f)).containsExactly(List.of(1, 3), List.of(2, 1));
        });
    }

    @Test
    void theOrderOfAListOfLabelsIsNoConflict() throws Exception {
        List<Row> rows = List.of(
                new Row(1, "1", "a", List.of("x", "y")),
                new Row(2, "2", "a", List.of("y", "x")),
                new Row(3, "3", "b", List.of()));
        Rows train = new Rows(Path.of("train"), "0".repeat(64), true, rows);
        Rows dev = new Rows(Path.of("dev"), "0".repeat(64), true, List.of(new Row(1, "1", "c", List.of("x"))));
        assertThat(findings(splits(train, dev), Finding.Kind.CONFLICT)).isEmpty();
    }

    @Test
    void nearDuplicatesAreFoundBesideLeaksAndNotAmongThem() throws Exception {
        String text = "we trained a network of six layers on abstracts of many fields and measured how often it errs";
        Splits<Rows> rows = splits(
                rows("train", text, "0", text, "0", "something else entirely", "1"),
                rows("dev", text, "0", text + ".", "0", text + ".", "0", "quite another matter", "1"));
        List<Finding> near = findings(rows, Finding.Kind.NEAR_DUPLICATE);
        assertThat(near).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.WARNING);
            assertThat(f.splits()).containsExactly(Split.TRAIN, Split.DEV);
            assertThat(f.count()).isEqualTo(2);
            assertThat(lines(f)).containsExactly(List.of(2, 1));
            // The full stop adds one shingle to those of the text.
            int shingles = text.length() - Shingles.LENGTH + 1;
            assertThat(f.examples().get(0).similarity()).isEqualTo(shingles / (shingles + 1.0));
        });
        assertThat(findings(rows, Finding.Kind.LEAK)).extracting(Finding::count).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"text,label", "Sentence,class", "ABSTRACT,included", "Title,rare"})
    void aHeaderReadAsARowIsAnErrorAndNoLabel(String text, String label) throws Exception {
        Splits<Rows> rows = splits(
                rows("train", text, label, "a", "0", "b", "1", "c", "0"), rows("dev", "d", "0", "e", "1"));
        assertThat(findings(rows, Finding.Kind.HEADER_ROW)).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.ERROR);
            assertThat(lines(f)).containsExactly(List.of(1));
        });
        ClassBalance balance = check(rows).report().balance();
        assertThat(balance.task()).isEqualTo("binary");
        assertThat(balance.labels()).extracting(LabelCount::posWeight).containsExactly(null, 2f);
    }

    @Test
    void aHeadingWithACommonLabelIsNoHeader() throws Exception {
        assertThat(findings(
                        splits(rows("train", "Abstract", "0", "a", "0", "b", "1"), rows("dev", "c", "0", "d", "1")),
                        Finding.Kind.HEADER_ROW))
                .isEmpty();
    }

    @Test
    void aLabelThatNoTrainingRowHasIsAnError() throws Exception {
        List<Finding> unknown = findings(
                splits(rows("train", "a", "0", "b", "1"), rows("dev", "c", "0", "d", "2", "e", "1")),
                Finding.Kind.UNKNOWN_LABEL);
        assertThat(unknown).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.ERROR);
            assertThat(lines(f)).containsExactly(List.of(2));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "\u200B", "NaN", "n/a", "[No abstract available].", "—"})
    void aTextThatSaysNothingIsFound(String text) throws Exception {
        assertThat(findings(
                        splits(rows("train", "a", "0", text, "1"), rows("dev", "c", "0", "d", "1")),
                        Finding.Kind.EMPTY_TEXT))
                .singleElement().satisfies(f -> assertThat(lines(f)).containsExactly(List.of(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "é", "no", "None of the patients died."})
    void aShortTextIsNotEmpty(String text) {
        assertThat(RowChecks.isEmpty(text)).isFalse();
    }

    @Test
    void labelsOfFewerThanTenRowsAreFoundWithTheirCounts() throws Exception {
        List<String> train = new ArrayList<>();
        for (int i = 0; i < 19; i++) {
            train.addAll(List.of("text " + i, i < 10 ? "many" : "few"));
        }
        List<Finding> rare = findings(
                splits(rows("train", train.toArray(String[]::new)), rows("dev", "a", "many", "b", "many")),
                Finding.Kind.RARE_LABEL);
        assertThat(rare).extracting(Finding::what).containsExactly(
                "labels with fewer than 10 train rows: \"few\" (9)",
                "labels with fewer than 10 dev rows: \"many\" (2), \"few\" (0)");
    }

    @Test
    void theBalanceSaysWhatAPositiveMustCount() throws Exception {
        ClassBalance binary = check(splits(
                        rows("train", "a", "0", "b", "1", "c", "0", "d", "0"), rows("dev", "e", "0", "f", "1")))
                .report().balance();
        assertThat(binary.labels()).extracting(LabelCount::label).containsExactly("0", "1");
        assertThat(binary.labels()).extracting(LabelCount::posWeight).containsExactly(null, 3f);
        assertThat(binary.labels().get(0).rows().toString()).isEqualTo("{train=3, dev=1}");

        ClassBalance classes = check(splits(
                        rows("train", "a", "x", "b", "y", "c", "z"), rows("dev", "e", "x", "f", "y")))
                .report().balance();
        assertThat(classes.task()).isEqualTo("multi-class");
        assertThat(classes.labels()).extracting(LabelCount::posWeight).containsOnlyNulls();
    }

    @Test
    void aFindingShowsFiveCasesAndAnExampleFiveRows() throws Exception {
        List<String> train = new ArrayList<>();
        for (int i = 0; i < 42; i++) {
            train.addAll(List.of("text " + i % 6, Integer.toString(i % 2)));
        }
        Splits<Rows> rows =
                splits(rows("train", train.toArray(String[]::new)), rows("dev", "text 0", "0", "text 1", "1"));
        Finding duplicates = findings(rows, Finding.Kind.DUPLICATE).get(0);
        assertThat(duplicates.count()).isEqualTo(36);
        assertThat(duplicates.examples()).hasSize(5);
        assertThat(lines(duplicates).get(0)).containsExactly(1, 7, 13, 19, 25);
        assertThat(duplicates.examples().get(0).more()).isEqualTo(2);
        Example leak = findings(rows, Finding.Kind.LEAK).get(0).examples().get(0);
        assertThat(leak.rows()).extracting(Place::split)
                .containsExactly(Split.DEV, Split.TRAIN, Split.TRAIN, Split.TRAIN, Split.TRAIN);
        assertThat(leak.more()).isEqualTo(3);
    }

    private static Place place(Split split, int line, String label) {
        return new Place(split, line, Integer.toString(line), List.of(label));
    }
}
