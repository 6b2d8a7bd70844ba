package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scibert.training.datacheck.RowSets.check;
import static org.scibert.training.datacheck.RowSets.findings;
import static org.scibert.training.datacheck.RowSets.rows;
import static org.scibert.training.datacheck.RowSets.splits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scibert.text.Encoding;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.LabelInference;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

class LabelChecksTest {
    @Test
    void decisionsThatDifferInCaseAreOneLabelWithAWarning() throws Exception {
        Splits<Rows> rows = splits(
                rows("train", "a", "Include", "b", "include", "c", "include", "d", "exclude", "e", "EXCLUDE", "f",
                        "exclude"),
                rows("dev", "g", "INCLUDE", "h", "exclude"));
        DataCheck checked = check(rows);
        assertThat(checked.report().balance().labels()).extracting(ClassBalance.LabelCount::label)
                .containsExactly("exclude", "include");
        assertThat(checked.rows().dev().rows()).extracting(Row::labels)
                .containsExactly(List.of("include"), List.of("exclude"));
        assertThat(findings(rows, Finding.Kind.JOINED_LABELS)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.what()).isEqualTo("labels that differ in case only are read as one: \"EXCLUDE\" (1),"
                    + " \"INCLUDE\" (1), \"Include\" (1) as \"exclude\" and \"include\"");
        });
    }

    @Test
    void wordsAndNumbersOfOneDecisionAreOneLabel() throws Exception {
        DataCheck checked = check(splits(
                rows("train", "a", "1", "b", "1", "c", "yes", "d", "0", "e", "0", "f", "no"),
                rows("dev", "g", "relevant", "h", "0")));
        assertThat(checked.rows().train().rows()).extracting(row -> row.labels().get(0))
                .containsExactly("1", "1", "1", "0", "0", "0");
        assertThat(checked.rows().dev().rows()).extracting(row -> row.labels().get(0)).containsExactly("1", "0");
    }

    @Test
    void labelsOfOneSpellingStayAsTheyAre() throws Exception {
        Splits<Rows> rows = splits(rows("train", "a", "Yes", "b", "No"), rows("dev", "c", "Yes", "d", "No"));
        assertThat(check(rows).rows()).isEqualTo(rows);
        assertThat(findings(rows, Finding.Kind.JOINED_LABELS)).isEmpty();
    }

    @Test
    void otherLabelsThatLookAlikeAreAWarning() throws Exception {
        assertThat(findings(
                        splits(rows("train", "a", "Methods", "b", "methods", "c", "results"),
                                rows("dev", "d", "results")),
                        Finding.Kind.LOOK_ALIKE_LABELS))
                .singleElement().extracting(Finding::what).isEqualTo("labels that differ in case or spacing only are"
                        + " different classes: \"Methods\" (1), \"methods\" (1)");
    }

    @Test
    void labelsThatLookLikeListsAreAWarning() throws Exception {
        assertThat(findings(
                        splits(rows("train", "a", "x;y", "b", "x", "c", "y"), rows("dev", "d", "x", "e", "y")),
                        Finding.Kind.LABEL_LISTS))
                .singleElement().satisfies(finding -> {
                    assertThat(finding.what()).endsWith("are classes of their own: \"x;y\" (1)");
                    assertThat(finding.next()).contains("--label-separator \";\"");
                });
        assertThat(findings(
                        splits(rows("train", "a", "n/a yet", "b", "x", "c", "y"), rows("dev", "d", "x", "e", "y")),
                        Finding.Kind.LABEL_LISTS)).isEmpty();
    }

    @Test
    void tenThousandLabelsAreOneShortFindingAndNotTrained() throws Exception {
        List<String> train = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            train.addAll(List.of("text number " + i, "L" + i));
        }
        Splits<Rows> rows = splits(rows("train", train.toArray(String[]::new)), rows("dev", "a", "L1", "b", "L2"));
        assertThat(findings(rows, Finding.Kind.TOO_MANY_LABELS)).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo(
                    "10000 train rows have 10000 different labels, 10000 of them in one row only");
            assertThat(finding.next()).startsWith("is the label column an id or a text?");
        });
        assertThat(findings(rows, Finding.Kind.RARE_LABEL)).allSatisfy(finding ->
                assertThat(finding.what()).hasSizeLessThan(400));
        assertThatThrownBy(() -> LabelInference.infer(rows, Optional.empty(), Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessage("train: its 10000 rows have 10000 different labels: the column holds ids or texts; choose"
                        + " the right one with --label-column");
    }

    @Test
    void repeatedIdsAreAWarning() throws Exception {
        Rows train = rows("train", "a", "0", "b", "1", "c", "0");
        Rows repeated = train.with(train.rows().stream()
                .map(row -> new Row(row.line(), row.line() < 3 ? "7" : "8", row.text(), row.labels()))
                .toList());
        assertThat(findings(splits(repeated, rows("dev", "d", "0", "e", "1")), Finding.Kind.REPEATED_ID))
                .singleElement().extracting(Finding::what)
                .isEqualTo("2 of 3 train rows share their id with another row: \"7\" (2)");
    }

    @Test
    void textsThatTheTokenizerDropsAreEmpty() throws Exception {
        Splits<Rows> rows = splits(rows("train", "\uE000\uE001", "0", "b", "1"), rows("dev", "c", "0", "d", "1"));
        Encoding dropped = new Encoding(new int[] {2, 3}, 2);
        Encoding read = new Encoding(new int[] {2, 5, 3}, 3);
        DataCheck checked = check(rows).tokenized(
                new Splits<>(List.of(dropped, read), List.of(read, read)), "embedded", 8);
        assertThat(checked.report().findings()).filteredOn(f -> f.what().contains("tokenizer drops")).singleElement()
                .extracting(Finding::what)
                .isEqualTo("1 of 2 train rows have only characters that the tokenizer drops, such as private-use ones");
    }
}
