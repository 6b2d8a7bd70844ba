package org.scibert.training.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.training.records.DataException;

class RowReaderTest {
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    private Path folder;

    @Test
    void jsonLinesGiveIdTextAndLabel() throws IOException {
        Rows rows = RowReader.read(file("a.jsonl", """
                {"id": "x-1", "text": "Mice.", "label": "include", "year": 2019}
                
                {"text": "Rats.", "label": "exclude"}
                """), ALL);
        assertThat(rows.rows()).containsExactly(
                new Row(1, "x-1", "Mice.", List.of("include")),
                new Row(3, "3", "Rats.", List.of("exclude")));
        assertThat(rows.labelLists()).isFalse();
        assertThat(rows.texts()).containsExactly("Mice.", "Rats.");
    }

    @Test
    void keywordsFollowTitleAndAbstractByChoice() throws IOException {
        Path ris = file("a.ris", """
                TY  - JOUR
                TI  - Mice sleep
                AB  - They do.
                KW  - mice
                KW  - sleep
                N1  - ASReview_relevant
                ER  -
                """);
        assertThat(RowReader.read(ris, ALL).texts()).containsExactly("Mice sleep. They do.");
        ReadOptions keywords = new ReadOptions(List.of(), true, List.of(), "", "", "");
        Rows rows = new RowReader(keywords, false, ALL).read(ris);
        assertThat(rows.texts()).containsExactly("Mice sleep. They do. mice; sleep");
        assertThat(rows.readings().get(0).how())
                .isEqualTo("RIS, UTF-8, text from TI and AB and KW, label from notes (N1)");

        Path json = file("a.json", "[{\"key\":\"k\",\"title\":\"Mice\",\"keywords\":[\"a\",\"b\"],\"label\":1}]");
        Rows list = new RowReader(keywords, false, ALL).read(json);
        assertThat(list.texts()).containsExactly("Mice. a; b");
        assertThat(list.readings().get(0).how())
                .endsWith("text from title and keywords, label from label, id from key");
        assertThatThrownBy(() -> new ReadOptions(List.of("title"), true, List.of(), "", "", ""))
                .hasMessageStartingWith("--keywords adds them to title and abstract");
    }

    @Test
    void numbersAndBooleansAreLabelsToo() throws IOException {
        Rows rows = RowReader.read(file("a.txt", """
                {"text": "a", "label": 1}
                {"text": "a", "label": 1.0}
                {"text": "a", "label": true}
                {"text": "a", "label": " 1 "}
                {"text": "a", "label": 0}
                {"text": "a", "label": false}
                {"text": "a", "label": 100}
                {"text": "a", "label": 2.5}
                """), ALL);
        assertThat(rows.rows().stream().map(r -> r.labels().get(0)))
                .containsExactly("1", "1", "1", "1", "0", "0", "100", "2.5");
    }

    @Test
    void listsOfLabelsAreKept() throws IOException {
        Rows rows = RowReader.read(file("a.json", """
                {"text": "a", "labels": ["x", 2, "x"]}
                {"text": "b", "labels": []}
                """), ALL);
        assertThat(rows.labelLists()).isTrue();
        assertThat(rows.rows().stream().map(Row::labels)).containsExactly(List.of("x", "2"), List.of());
    }

    @Test
    void csvHasQuotesAndLineEndsInFields() throws IOException {
        Path file = file("a.csv", "\n,label,text\r\n7,1,\"said \"\"no\"\", then\nleft\"\r\n\r\n\r\n8,0,b\r\n");
        Rows rows = RowReader.read(file, ALL);
        assertThat(rows.rows()).containsExactly(
                new Row(3, "3", "said \"no\", then\nleft", List.of("1")),
                new Row(7, "7", "b", List.of("0")));
    }

    @Test
    void tsvIsDelimitedByTabs() throws IOException {
        Rows rows = RowReader.read(file("A.TSV", "text\tid\tlabel\na, b\tx\tyes\n"), ALL);
        assertThat(rows.rows()).containsExactly(new Row(2, "x", "a, b", List.of("yes")));
    }

    @Test
    void textsToClassifyNeedNoLabel() throws IOException {
        assertThat(RowReader.texts(file("a.jsonl", "{\"id\": 7, \"text\": \"a\", \"label\": null}")))
                .containsExactly("a");
        assertThat(RowReader.texts(file("a.csv", "text\na\n"))).containsExactly("a");
    }

    @Test
    void recordsWithoutATextOrALabelAreLeftOutAndCounted() throws IOException {
        Rows rows = RowReader.read(file("a.csv", "id,text,label\n1,a,1\n2, ,0\n3,c,NA\n4,d,0\n5,e,\n6,f,-1\n"), ALL);
        assertThat(rows.rows()).extracting(Row::id).containsExactly("1", "4");
        assertThat(rows.readings()).singleElement().extracting(Reading::lines).asInstanceOf(LIST).containsExactly(
                folder.resolve("a.csv") + ": a table delimited by commas, UTF-8, text from text, label from label, id"
                        + " from id; 6 records",
                folder.resolve("a.csv") + ": 3 records without a label left out, the first in line 4: blank (1),"
                        + " \"-1\" (1), \"NA\" (1)",
                folder.resolve("a.csv") + ": 1 record without a text left out, the first in line 3");
        assertThatThrownBy(() -> new RowReader(ReadOptions.DEFAULT, true, ALL).read(folder.resolve("a.csv")))
                .hasMessage(folder.resolve("a.csv") + " line 3: it has no text; add one, or leave --strict out to go on"
                        + " without it");
        assertRefused(file("a.csv", "text,label\na,NA\n"), "no label in 1 record (a table delimited by"
                + " commas, UTF-8, text from text, label from label): \"NA\" (1); name the column that holds it with"
                + " --label-column", 0);
    }

    @Test
    void minusOneIsALabelBesidePlusOneAndNoneBesideZero() throws IOException {
        assertThat(RowReader.read(file("a.csv", "text,label\na,-1\nb,+1\n"), ALL).rows())
                .extracting(row -> row.labels().get(0)).containsExactly("-1", "1");
        assertThat(RowReader.read(file("a.csv", "text,label\na,-1\nb,1\nc,0\n"), ALL).rows())
                .extracting(row -> row.labels().get(0)).containsExactly("1", "0");
    }

    @Test
    void rowsAfterTheLimitAreNotLookedAt() throws IOException {
        Path file = file("a.jsonl", "{\"text\": \"a\", \"label\": 1}\nnot JSON\n");
        assertThat(RowReader.read(file, 1).size()).isEqualTo(1);
        assertThat(RowReader.read(file("a.csv", "text,label\na,1\n\"open"), 1).size()).isEqualTo(1);
        assertThatThrownBy(() -> RowReader.read(folder, 0)).hasMessage("maxRows must be at least 1, is 0");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        assertThat(RowReader.read(file("a.csv", "\uFEFFtext,label\na,1\n"), ALL).size()).isEqualTo(1);
        assertThat(RowReader.read(file("a.jsonl", "\uFEFF{\"text\": \"a\", \"label\": 1}"), ALL).size()).isEqualTo(1);
    }

    @Test
    void theDigestIsThatOfTheFile() throws IOException {
        // printf '{"text":"a","label":1}' | sha256sum
        assertThat(RowReader.read(file("a.jsonl", "{\"text\":\"a\",\"label\":1}"), ALL).sha256())
                .isEqualTo("268429cfd52829439b90f128dde28c6e6ea06ed8c1eb7fbd30b9b71a4dfe5354");
    }

    @Test
    void badJsonLinesAreRefusedWithFileLineAndReason() throws IOException {
        assertRefused("", "it is empty; export the records again");
        assertRefused("\n \n", "there are no rows in it; export the records again");
        assertRefusedAt2("{\"text\"}",
                "it is not JSON (Unexpected character ('}' (code 125)): was expecting a colon to "
                + "separate field name and value); write one object a line");
        assertRefusedAt2("{\"text\": \"a\", \"label\": 1",
                "it is not JSON (Unexpected end-of-input: expected close marker for Object); write one object a line");
        assertRefusedAt2("[1]", "it is not a JSON object; write one object a line");
        assertRefusedAt2("{\"text\": [5], \"label\": 1}", "\"text\" must be a text, is 5");
        assertRefusedAt2("{\"text\": \"a\", \"label\": [1]}",
                "it has a list of labels, the rows before it one label; use one of them throughout");
        assertRefusedAt2("{\"text\": \"a\", \"label\": {\"a\": 1}}",
                "a label must be a text, a number, a boolean or a list of these, is {\"a\":1}");
        assertRefusedAt2("{\"text\": \"a\", \"label\": 1e999999999}",
                "the label 1e999999999 is a number of more than 30 digits; write a class's name or a short number");
        assertRefusedAt2("{\"text\": \"a\", \"label\": \"\\ud800\"}",
                "the label holds half a surrogate pair, which no file can hold; correct it");
        assertRefusedAt2("{\"text\": \"a\", \"id\": {\"a\": 1}, \"label\": 1}",
                "an id must be a text or a number, is {\"a\":1}; choose another column with --id-column");
        assertRefusedAt2("{\"text\": \"a\", \"label\": 1, \"labels\": [1]}",
                "it has both \"label\" and \"labels\"; keep one", "{\"text\": \"a\", \"labels\": [1]}");
        assertRefusedAt2("{\"text\": \"a\", \"labels\": 1}",
                "\"labels\" must be a list, is 1; one label is given as \"label\"",
                "{\"text\": \"a\", \"labels\": [1]}");
        assertRefusedAt2("{\"text\": \"a\", \"labels\": [1]}",
                "it has a list of labels, the rows before it one label; use one of them throughout");
    }

    @Test
    void badColumnsAreRefusedWithFileLineAndReason() throws IOException {
        assertRefused(file("a.csv", ""), "it is empty; export the records again", 0);
        assertRefused(file("a.csv", "text,label\n"), "there are no rows in it; export the records again", 0);
        assertRefused(file("a.csv", "txt,label\na,1\n"),
                "it has no column \"text\", nor \"title\" or \"abstract\"; its columns are txt, label; name those that"
                        + " make the text with --text-columns", 0);
        assertRefused(file("a.csv", "text,klass\na,1\n"), "it has no column \"label\", nor another known one; its"
                + " columns are text, klass; name the one that holds the label with --label-column", 0);
        assertRefused(file("a.csv", "text,label\na,1\nb, c,0\n"),
                "it has 3 fields, the header 2; put fields that hold delimiters in quotes", 3);
        assertRefused(file("a.csv", "text,text\na,b\n"),
                "it has the column \"text\" 2 times; rename or delete all but one", 0);
        assertRefused(file("a.csv", "text,label\n\"a,1\n"), "a quote that opens a field in line 2 is never closed;"
                + " close it, or double each quote inside the field", 2);
        assertRefused(file("a.csv", "text,label\n\"a\" b,1\n"), "there is text after the quote that closes a field"
                + " in line 2; double each quote inside the field, or close the one before", 2);
    }

    @Test
    void aFileThatIsNotUtf8IsReadAsWindows1252WithANotice() throws IOException {
        Path file = folder.resolve("a.csv");
        Files.write(file, "text,label\na,1\ncafé,0\n".getBytes(Charset.forName("windows-1252")));
        Rows rows = RowReader.read(file, ALL);
        assertThat(rows.texts()).containsExactly("a", "café");
        assertThat(rows.readings().get(0).notices()).containsExactly("line 3 is not UTF-8 (byte 0xE9), so the file is"
                + " read as Windows-1252; if characters look wrong, save it as UTF-8");
    }

    @Test
    void utf8WithABrokenByteIsRefused() throws IOException {
        Path file = folder.resolve("a.csv");
        byte[] bytes = "text,label\nééééééééééé,1\nx,0\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 4] = (byte) 0xE9;
        Files.write(file, bytes);
        assertRefused(file, "byte 0xE9 is not UTF-8, and the rest of the file is; correct this line, or save the file"
                + " as UTF-8 again", 3);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertRefused(folder.resolve("none.csv"), "there is no such file", 0);
    }

    private void assertRefused(String content, String reason) throws IOException {
        assertRefused(file("a.jsonl", content), reason, 0);
    }

    private void assertRefusedAt2(String row, String reason) throws IOException {
        assertRefusedAt2(row, reason, "{\"text\": \"a\", \"label\": 1}");
    }

    private void assertRefusedAt2(String row, String reason, String before) throws IOException {
        assertRefused(file("a.jsonl", before + "\n" + row + "\n"), reason, 2);
    }

    private static void assertRefused(Path file, String reason, int line) {
        assertThatThrownBy(() -> RowReader.read(file, ALL)).isInstanceOf(DataException.class)
                .hasMessage(file + (line == 0 ? "" : " line " + line) + ": " + reason);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
